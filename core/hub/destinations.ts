import { nameTrouble } from "../channels/destination-name.ts";
import { changeRoute } from "../channels/route-health.ts";
import type { Destination } from "../domain/destination.ts";
import type { EventTexts } from "../domain/event-type.ts";
import type { DestinationId, OrganizationId } from "../domain/ids.ts";
import type { Language } from "../domain/message.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import { textMistakes } from "../messages/text-mistakes.ts";
import type { Store } from "../ports/store.ts";
import type { Rules } from "./rules.ts";

/** What needs a destination: until it needs another, the destination stays. */
export interface DestinationUser {
  readonly kind: "rule" | "unrouted events" | "workspace" | "destination";
  readonly name: string;
}

/** What to change of a destination; what is left out stays. Its channel is changed by `Channels.move`. */
export interface DestinationWish {
  readonly name?: string;
  readonly fallback?: DestinationId | null;
  readonly disabled?: boolean;
  readonly language?: Language;
  /** Null: the texts of types and rules. */
  readonly message?: EventTexts | null;
}

export type DestinationChanged =
  | { readonly kind: "saved"; readonly destination: Destination }
  | { readonly kind: "unknown" }
  | { readonly kind: "stale"; readonly destination: Destination }
  | { readonly kind: "refused"; readonly code: string; readonly text: string };

export type DestinationRemoved =
  | { readonly kind: "removed" }
  | { readonly kind: "unknown" }
  | { readonly kind: "stale"; readonly destination: Destination }
  | { readonly kind: "in_use"; readonly users: readonly DestinationUser[] };

/** The configured places that deliveries go. */
export interface Destinations {
  list(): Promise<readonly Destination[]>;
  get(id: DestinationId): Promise<Destination | undefined>;
  usersOf(destination: Destination): Promise<readonly DestinationUser[]>;
  /** Change what was read at this revision. A new name is brought into the rules that say the old one. */
  change(
    id: DestinationId,
    readRevision: number,
    wish: DestinationWish,
    by: string,
  ): Promise<DestinationChanged>;
  /** Remove a destination that nothing needs. What was posted there stays and is edited on. */
  remove(id: DestinationId, readRevision: number): Promise<DestinationRemoved>;
}

interface DestinationsDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly rules: Rules;
  readonly saved: () => void;
}

/** More destinations than one hub has. */
const mostDestinations = 10_000;

/** Keep the destinations of one organization. */
export function createDestinations(deps: DestinationsDeps): Destinations {
  const { organization, store, saved } = deps;
  const list = () =>
    store.destinations.scan("byName", { prefix: [organization], limit: mostDestinations });
  const get = async (id: DestinationId) => {
    const found = await store.destinations.get(id);
    return found?.organization === organization ? found : undefined;
  };
  return {
    list,
    get,
    usersOf: (destination) => usersOf(deps, destination),
    change: async (id, readRevision, wish, by) => {
      const found = await get(id);
      if (!found) return { kind: "unknown" };
      if (found.revision !== readRevision) return { kind: "stale", destination: found };
      const trouble = await troubleWith(deps, found, wish);
      if (trouble) return trouble;
      const changed = await changeRoute(deps, id, async (now) =>
        now.revision === readRevision ? withWish(now, wish) : undefined,
      );
      if (!changed) return { kind: "stale", destination: (await get(id)) ?? found };
      saved();
      if (changed.name !== found.name) await renameInRules(deps, found.name, changed.name, by);
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
      return { kind: "removed" };
    },
  };
}

async function troubleWith(
  deps: DestinationsDeps,
  found: Destination,
  { name, fallback, message }: DestinationWish,
): Promise<DestinationChanged | undefined> {
  const [mistake] = message ? textMistakes(message, "/message") : [];
  if (mistake) {
    const text = `${mistake.pointer}: ${mistake.message}`;
    return { kind: "refused", code: "template_invalid", text };
  }
  if (name !== undefined && name !== found.name) {
    const trouble = await nameTrouble(deps, name, found.id);
    if (trouble) return trouble;
  }
  if (fallback === undefined || fallback === null) return undefined;
  const place = await deps.store.destinations.get(fallback);
  if (place?.organization === found.organization && place.id !== found.id) return undefined;
  const text = "The fallback is another destination of this hub.";
  return { kind: "refused", code: "fallback_unknown", text };
}

function withWish(found: Destination, wish: DestinationWish): Destination {
  const { name, channelName, disabled, fallback, formerNames, language, message, ...rest } = found;
  const texts = wish.message === undefined ? message : wish.message;
  const said = wish.language ?? language;
  const { name: newName = name, disabled: isOff = disabled === true } = wish;
  const place = wish.fallback === undefined ? fallback : (wish.fallback ?? undefined);
  const label = channelName ?? name;
  const names = [...(formerNames ?? []), name].filter((former) => former !== newName);
  return {
    ...rest,
    name: newName,
    ...(label === newName ? {} : { channelName: label }),
    ...(isOff ? { disabled: true } : {}),
    ...(said === undefined || said === "en" ? {} : { language: said }),
    ...(texts ? { message: texts } : {}),
    ...(place === undefined ? {} : { fallback: place }),
    ...(names.length > 0 ? { formerNames: [...new Set(names)] } : {}),
  } as Destination;
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
  const [ruleSet, destinations, slack, teams] = await Promise.all([
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
    ...[...slack, ...teams]
      .filter((one) => one.organization === organization && one.defaultDestination === id)
      .map((one) => ({ kind: "workspace", name: one.name }) as const),
    ...destinations
      .filter((one) => one.fallback === id)
      .map((one) => ({ kind: "destination", name: one.name }) as const),
  ];
}

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
