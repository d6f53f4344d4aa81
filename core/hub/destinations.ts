import type { Audit } from "../audit/audit.ts";
import { changeRoute } from "../channels/route-health.ts";
import { type Destination, type HookKind, isChannel } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import type { Clock } from "../ports/clock.ts";
import type { HookPreview, HookValues } from "../ports/destination-hook.ts";
import {
  type DestinationWish,
  type WishTrouble,
  wishTroubles,
  withWish,
} from "./destination-wish.ts";
import {
  createHook,
  type HookAdapters,
  type HookDraft,
  type HookMade,
  type HooksDeps,
  remarksOn,
  sealFor,
  typedOver,
  valueTroubles,
} from "./hooks.ts";
import { type PreviewDeps, previewHook } from "./preview-hook.ts";
import { rotateSigningSecret, type SecretRotated } from "./rotate-secret.ts";
import type { Rules } from "./rules.ts";
import type { HelloWish } from "./say-hello.ts";
import { type ChannelTrial, type ChannelTried, tryChannel } from "./test-channel.ts";
import { type HookTrial, type HookTried, tryHook } from "./test-hook.ts";
import type { Channels } from "./workspaces.ts";

/** What needs a destination: until it needs another, the destination stays. */
export interface DestinationUser {
  readonly kind: "rule" | "unrouted events" | "workspace" | "destination" | "operations";
  readonly name: string;
}

export type DestinationChanged =
  | { readonly kind: "saved"; readonly destination: Destination }
  | { readonly kind: "unknown" }
  | { readonly kind: "stale"; readonly destination: Destination }
  | { readonly kind: "refused"; readonly troubles: readonly WishTrouble[] };

export type DestinationRemoved =
  | { readonly kind: "removed" }
  | { readonly kind: "unknown" }
  | { readonly kind: "stale"; readonly destination: Destination }
  | { readonly kind: "in_use"; readonly users: readonly DestinationUser[] };

/** The configured places that deliveries go. */
export interface Destinations {
  list(): Promise<readonly Destination[]>;
  /** The kinds that are made by typing an address, with their fields. */
  readonly hooks: HookAdapters;
  /** Make a hook. */
  create(draft: HookDraft): Promise<HookMade>;
  /** What is worth knowing of a saved hook and no obstacle: an address of an old form. */
  remarksOn(destination: Destination): Promise<readonly string[]>;
  /** Show what would go out for the sample of a type, or for a hello. Nothing is sent. */
  preview(kind: HookKind, values: HookValues, sample: string | undefined): Promise<HookPreview>;
  /** Send a test to values that nobody has saved. */
  tryOut(trial: HookTrial, wish: HelloWish): Promise<HookTried>;
  /** Send a test to a channel before anybody chooses it. */
  tryChannel(trial: ChannelTrial, wish: HelloWish): Promise<ChannelTried>;
  get(id: DestinationId): Promise<Destination | undefined>;
  /** Give a webhook a new signing secret; for so long the one before signs too. */
  rotateSecret(id: DestinationId, overlapMs: number): Promise<SecretRotated>;
  usersOf(destination: Destination): Promise<readonly DestinationUser[]>;
  /** Change what was read at this revision. A new name is brought into the rules that say the old one. */
  change(
    id: DestinationId,
    readRevision: number,
    wish: DestinationWish,
    by: string,
  ): Promise<DestinationChanged>;
  /** Remove a destination that nothing needs. What was posted there stays and is edited on; what is held for it ends. */
  remove(id: DestinationId, readRevision: number): Promise<DestinationRemoved>;
}

interface DestinationsDeps extends HooksDeps, PreviewDeps {
  readonly wallClock: Clock;
  readonly rules: Rules;
  readonly audit: Audit;
  readonly channels: Channels;
  readonly saved: () => void;
  /** A hook has another address, or other values: what waits for it may go out now. */
  readonly mended: (hook: Destination) => Promise<void>;
  /** A destination is gone: what is held for it waits for nothing any more. */
  readonly removed: (destination: Destination) => Promise<void>;
}

/** More destinations than one hub has. */
const mostDestinations = 10_000;

/** Keep the destinations of one organization. */
export function createDestinations(deps: DestinationsDeps): Destinations {
  const { organization, store, saved } = deps;
  const list = async () => {
    const all = await store.destinations.scan("byName", {
      prefix: [organization],
      limit: mostDestinations,
    });
    return all.filter(({ draft }) => !draft);
  };
  const get = async (id: DestinationId) => {
    const found = await store.destinations.get(id);
    return found?.organization === organization ? found : undefined;
  };
  return {
    list,
    get,
    hooks: deps.hooks,
    remarksOn: async (destination) => remarksOn(deps, destination),
    preview: (kind, values, sample) => previewHook(deps, kind, values, sample),
    tryOut: (trial, wish) => tryHook(deps, trial, wish),
    tryChannel: (trial, wish) => tryChannel(deps, trial, wish),
    create: async (draft) => {
      const made = await createHook(deps, draft);
      if (made.kind === "saved") saved();
      return made;
    },
    rotateSecret: (id, overlapMs) => rotateSigningSecret(deps, id, overlapMs),
    usersOf: (destination) => usersOf(deps, destination),
    change: async (id, readRevision, wish, by) => {
      const found = await get(id);
      if (!found) return { kind: "unknown" };
      if (found.revision !== readRevision) return { kind: "stale", destination: found };
      const made = await wished(deps, found, wish);
      if ("troubles" in made) return { kind: "refused", troubles: made.troubles };
      const changed = await changeRoute(deps, id, async (now) =>
        now.revision === readRevision ? made.next : undefined,
      );
      if (!changed) return { kind: "stale", destination: (await get(id)) ?? found };
      saved();
      if (changed.name !== found.name) await renameInRules(deps, found.name, changed.name, by);
      if (wish.values !== undefined) await deps.mended(changed);
      return { kind: "saved", destination: changed };
    },
    remove: async (id, readRevision) => {
      const found = await get(id);
      if (!found) return { kind: "unknown" };
      if (found.revision !== readRevision) return { kind: "stale", destination: found };
      const users = await usersOf(deps, found);
      if (users.length > 0) return { kind: "in_use", users };
      await store.destinations.remove(id);
      saved();
      await deps.removed(found);
      return { kind: "removed" };
    },
  };
}

/** What the wish makes of the destination, values and all; or what of it cannot be. */
async function wished(
  deps: DestinationsDeps,
  found: Destination,
  wish: DestinationWish,
): Promise<{ readonly next: Destination } | { readonly troubles: readonly WishTrouble[] }> {
  const troubles = await wishTroubles(deps, found, wish);
  const next = withWish(found, wish);
  if (isChannel(found) || wish.values === undefined) {
    return troubles.length > 0 ? { troubles } : { next };
  }
  const values = typedOver(deps, found, wish.values);
  const all = [...troubles, ...valueTroubles(deps, found.kind, next.name, values)];
  if (all.length > 0) return { troubles: all };
  const { broken: _, ...mended } = sealFor(deps, next, values);
  return { next: mended as Destination };
}

/** Bring the new name into the rules. Until that is saved, and where a crash cut it off, the old name leads here too. */
async function renameInRules(
  { rules }: DestinationsDeps,
  before: string,
  after: string,
  by: string,
): Promise<void> {
  const renamed = (name: string) => (name === before ? after : name);
  for (;;) {
    const { rules: list, fallback, version } = await rules.current();
    if (!namesOf({ rules: list, fallback }).includes(before)) return;
    const draft = {
      rules: list.map((rule): Rule => ({ ...rule, to: rule.to.map(renamed) })),
      ...(fallback === undefined ? {} : { fallback: renamed(fallback) }),
    };
    const saved = await rules.save(draft, version, by);
    if (saved.kind !== "stale") return;
  }
}

const namesOf = ({
  rules,
  fallback,
}: {
  readonly rules: readonly Rule[];
  readonly fallback: string | undefined;
}) => [...rules.flatMap(({ to }) => to), fallback];

async function usersOf(
  { store, organization, rules }: DestinationsDeps,
  { id, name, formerNames = [] }: Destination,
): Promise<readonly DestinationUser[]> {
  const [choices, ruleSet, destinations, slack, teams] = await Promise.all([
    store.hubChoices.get(organization),
    rules.current(),
    store.destinations.scan("byName", { prefix: [organization], limit: mostDestinations }),
    store.installations.scan("byWorkspace", { prefix: ["slack"], limit: 1_000 }),
    store.installations.scan("byWorkspace", { prefix: ["teams"], limit: 1_000 }),
  ]);
  const others = new Set(destinations.filter((one) => one.id !== id).map((one) => one.name));
  const names = [name, ...formerNames.filter((former) => !others.has(former))];
  const isNamed = (said: string | undefined) => said !== undefined && names.includes(said);
  return [
    ...usersAmong(ruleSet, isNamed),
    ...(choices?.operations === id ? [operationsUser] : []),
    ...[...slack, ...teams]
      .filter((one) => one.organization === organization && one.defaultDestination === id)
      .map((one) => ({ kind: "workspace", name: one.name }) as const),
    ...destinations
      .filter((one) => one.fallback === id || one.testTarget === id)
      .map((one) => ({ kind: "destination", name: one.name }) as const),
  ];
}

const operationsUser = { kind: "operations", name: "the hub's own troubles" } as const;

const usersAmong = (
  { rules, fallback }: RuleSet,
  isNamed: (said: string | undefined) => boolean,
): readonly DestinationUser[] => [
  ...rules
    .filter(({ to }) => to.some(isNamed))
    .map(({ name }) => ({ kind: "rule", name }) as const),
  ...(isNamed(fallback)
    ? [{ kind: "unrouted events", name: "the fallback of the rules" } as const]
    : []),
];
