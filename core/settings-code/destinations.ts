import { type Destination, type HookKind, isChannel } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { type DestinationWish, type WishTrouble, wishTroubles } from "../hub/destination-wish.ts";
import { valueTroubles } from "../hub/hooks.ts";
import { unknown } from "../hub/policy-text.ts";
import type { Hub } from "../hub.ts";
import {
  type DestinationText,
  destinationTextSchema,
  writeDestination,
} from "./destination-text.ts";
import { linkedSteps } from "./linked-destinations.ts";
import { namedKind, type SettingsKind } from "./settings-kind.ts";

const secretKeys = ({ destinations }: Hub, kind: DestinationText["kind"]): ReadonlySet<string> =>
  kind === "slack" || kind === "teams"
    ? new Set()
    : new Set(
        (destinations.hooks.get(kind)?.fields ?? [])
          .filter(({ secret }) => secret)
          .map(({ key }) => key),
      );

const named = namedKind<DestinationText, Destination>({
  section: "destinations",
  schema: destinationTextSchema,
  known: Object.keys(destinationTextSchema.shape),
  nameOf: ({ name }) => name,
  // A secret that is there stays: nobody can say whether the one in the file is another.
  normal: async (hub, items) => {
    const there = new Map((await hub.destinations.list()).map((one) => [one.name, one] as const));
    return items.map((written) => {
      const item = underNewId(written, there.get(written.name));
      if (!item.values || !there.has(item.name)) return item;
      const secrets = secretKeys(hub, item.kind);
      const shown = Object.entries(item.values).filter(([key]) => !secrets.has(key));
      const { values: _, ...rest } = item;
      return shown.length === 0 ? rest : { ...rest, values: Object.fromEntries(shown) };
    });
  },
  read: async (hub) => {
    const destinations = await hub.destinations.list();
    const names = new Map<string, string>(destinations.map(({ id, name }) => [id, name]));
    return destinations.map((stored) => ({ text: writeDestination(stored, names), stored }));
  },
  mistakes: async (hub, items, names, current) => {
    const known = names.get("destinations") ?? new Set<string>();
    const ids = new Map([...current].map(([name, { stored }]) => [name, stored.id] as const));
    const found = await Promise.all(
      items.map(async (item, at): Promise<readonly ProblemAt[]> => {
        const pointer = `/destinations/${at}`;
        const lost = (["fallback", "test_target"] as const).flatMap((field) => {
          const said = item[field];
          return said === undefined || known.has(said)
            ? []
            : [{ pointer: `${pointer}/${field}`, message: unknown("destination", said, known) }];
        });
        const message = await troubleWith(hub, item, current.get(item.name)?.stored, ids);
        return message === undefined ? lost : [{ pointer, message }, ...lost];
      }),
    );
    return found.flat();
  },
  save: (hub, text, current, by) => save(hub, text, current, by),
  remove: (hub, current) => remove(hub, current),
});

/** Where deliveries go. Secrets, and what a platform knows of a channel, are not in the file. */
export const destinationSettings: SettingsKind = {
  ...named,
  steps: async (hub, file, prune) =>
    linkedSteps(hub, await named.steps(hub, file, prune), {
      save: (text, now, by) => save(hub, text, now, by),
      remove: (now) => remove(hub, now),
    }),
};

async function remove(hub: Hub, { id, name, revision }: Destination): Promise<string | undefined> {
  const removed = await hub.destinations.remove(id, revision);
  switch (removed.kind) {
    case "removed":
    case "unknown":
      return undefined;
    case "stale":
      return "it has changed meanwhile";
    case "in_use":
      return `${name} is needed by ${removed.users.map(({ kind, name: user }) => `${kind} ${user}`).join(", ")}`;
  }
}

/** Why a destination cannot be made as it is written, or cannot become it. */
async function troubleWith(
  hub: Hub,
  text: DestinationText,
  current: Destination | undefined,
  ids: ReadonlyMap<string, DestinationId>,
): Promise<string | undefined> {
  if (current) {
    const { name, kind, workspace, channel } = underNewId(text, current);
    const there = writeDestination(current, new Map());
    if (there.kind !== kind) return `${name} is of the kind ${there.kind} here; remove it first`;
    const moved = there.workspace !== workspace || there.channel !== channel;
    if (moved) {
      return `${name} leads to another channel here; move it on its page, so that nothing is sent astray`;
    }
    return troubleWithWish(hub, text, current, ids);
  }
  const blank = { organization: hub.organization, name: "", kind: text.kind, settings: {} };
  return (
    (await troubleWithNew(hub, text)) ??
    (await troubleWithWish(hub, text, blank as unknown as Destination, ids))
  );
}

async function troubleWithWish(
  hub: Hub,
  text: DestinationText,
  found: Destination,
  ids: ReadonlyMap<string, DestinationId>,
): Promise<string | undefined> {
  const wish = { ...wishOf(text, found, ids), name: text.name };
  const troubles = await wishTroubles(hub, found, wish);
  // A target that the file makes is there when it is switched to test.
  const isMade = text.test_target !== undefined && !ids.has(text.test_target);
  return sayTroubles(troubles.filter(({ key }) => !(isMade && key === "test_target")));
}

/** A channel that has got another id is the same one: a file from before says its former id. */
function underNewId(text: DestinationText, current: Destination | undefined): DestinationText {
  if (current?.kind !== "slack" || text.channel === undefined) return text;
  const isFormer = current.formerChannelIds?.includes(text.channel);
  return isFormer ? { ...text, channel: current.channelId } : text;
}

const sayTroubles = (troubles: readonly WishTrouble[]): string | undefined =>
  troubles.length === 0
    ? undefined
    : troubles.map(({ key, text: why }) => `${key}: ${why}`).join("; ");

async function troubleWithNew(
  hub: Hub,
  { name, kind, workspace, channel, values = {} }: DestinationText,
): Promise<string | undefined> {
  if (kind !== "slack" && kind !== "teams") {
    const fields = hub.destinations.hooks.get(kind)?.fields ?? [];
    const missing = fields.filter(({ key, required }) => required && !values[key]);
    if (missing.length === 0) {
      return sayTroubles(valueTroubles(hub.destinations, kind, name, values));
    }
    const named = missing.map(({ key }) => key).join(", ");
    return `a new ${kind} takes values: ${named}; write a secret as \${env:NAME}`;
  }
  if (workspace === undefined || channel === undefined) {
    return "a channel that is not here yet takes workspace and channel";
  }
  return (await hub.doors.recordOf(kind, workspace))
    ? undefined
    : `the ${kind === "slack" ? "Slack workspace" : "Microsoft 365 tenant"} ${workspace} is not connected here; connect it first`;
}

async function save(
  hub: Hub,
  text: DestinationText,
  current: Destination | undefined,
  by: string,
): Promise<string | undefined> {
  const stored = current ?? (await make(hub, text));
  if (typeof stored === "string") return stored;
  const names = new Map((await hub.destinations.list()).map(({ id, name }) => [name, id] as const));
  const wish = wishOf(text, stored, names);
  const changed = await hub.destinations.change(stored.id, stored.revision, wish, by);
  switch (changed.kind) {
    case "saved":
      return undefined;
    case "unknown":
    case "stale":
      return "it has changed meanwhile";
    case "refused":
      return sayTroubles(changed.troubles);
  }
}

async function make(hub: Hub, text: DestinationText): Promise<Destination | string> {
  const { name, kind, workspace = "", channel = "", values = {} } = text;
  if (kind === "slack" || kind === "teams") {
    const record = await hub.doors.recordOf(kind, workspace);
    if (!record) return `the workspace ${workspace} is not connected any more`;
    const chosen = await hub.channels.choose(record.id, { workspace, channelId: channel, name });
    return chosen.kind === "refused" ? chosen.text : chosen.destination;
  }
  const types = text.types ?? ["*"];
  const made = await hub.destinations.create({
    kind: kind satisfies HookKind,
    name,
    values,
    types,
  });
  return made.kind === "saved" ? made.destination : (sayTroubles(made.troubles) ?? "");
}

/** All that the file may say of it, also what it says by leaving it out. */
function wishOf(
  text: DestinationText,
  stored: Destination,
  names: ReadonlyMap<string, DestinationId>,
): DestinationWish {
  const idOf = (name: string | undefined) =>
    (name === undefined ? undefined : names.get(name)) ?? null;
  const wish = {
    fallback: idOf(text.fallback),
    state: text.state ?? "active",
    testTarget: idOf(text.test_target),
    labels: (text.labels ?? {}) as NonNullable<DestinationWish["labels"]>,
    language: text.language ?? "en",
    message: (text.message ?? null) as NonNullable<DestinationWish["message"]> | null,
  } as const;
  if (isChannel(stored)) return { ...wish, types: text.types ?? null };
  const values = { ...emptied(stored.settings), ...text.values };
  return { ...wish, ...(text.types ? { types: text.types } : {}), values };
}

/** An empty text takes a value away. */
const emptied = (settings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(settings).map((key) => [key, ""]));
