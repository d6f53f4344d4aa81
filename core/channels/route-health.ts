import { type Destination, isChannel } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { ChannelDeps } from "./deps.ts";

/** Why nothing arrives at a channel, as the hub itself finds it out; senders bring the platform's own codes besides. */
export const routeCodes = {
  archived: "is_archived",
  gone: "channel_not_found",
  notIn: "not_in_channel",
  /** Slack: the organization has taken the app away from the whole workspace. */
  withdrawn: "team_access_not_granted",
} as const;

/** What a platform calls the same in its own words. */
const ownWords: Readonly<Record<string, string>> = {
  BotNotInConversationRoster: routeCodes.notIn,
  ConversationNotFound: routeCodes.gone,
  channel_is_archived: routeCodes.archived,
  is_inactive: routeCodes.archived,
};
const meaningOf = (code: string) => ownWords[code] ?? code;

/** Tell whether nothing arrives at a destination for one of these reasons, whoever found it out. */
export const isBrokenFor = (
  { broken }: Pick<Destination, "broken">,
  codes: readonly string[],
): boolean => broken !== undefined && codes.includes(meaningOf(broken.code));

/** What a look at a channel finds out. */
export const looked: readonly string[] = Object.values(routeCodes);

/**
 * Tell whether a code says nothing new of a destination. Of a channel, a look says best what is wrong: Teams calls every
 * post to an archived team forbidden, and looks and posts would take turns to tell of it.
 */
function isKnown(destination: Destination, code: string): boolean {
  if (isBrokenFor(destination, [meaningOf(code)])) return true;
  return (
    isChannel(destination) && isBrokenFor(destination, looked) && !looked.includes(meaningOf(code))
  );
}

/**
 * Note that nothing arrives at a destination any more, and have it told.
 *
 * It is told before it is noted: whoever repeats the step after a crash tells the same thing, which is told once. A
 * destination that is broken for this reason already stays as it is.
 */
export async function breakRoute(
  deps: ChannelDeps,
  id: DestinationId,
  code: string,
  at: Date,
): Promise<void> {
  await changeRoute(deps, id, async (destination) => {
    if (isKnown(destination, code)) return undefined;
    const broken = { ...destination, broken: { code, at } };
    await deps.broke(broken);
    return broken;
  });
}

/**
 * Note that a destination can be reached again, and let out what waited for it. Only for these reasons, where given.
 *
 * Its messages are brought up to date before it is noted: whoever repeats the step after a crash does that again.
 */
export async function healRoute(
  deps: ChannelDeps,
  id: DestinationId,
  codes?: readonly string[],
): Promise<void> {
  const healed = await changeRoute(deps, id, async (destination) => {
    const { broken, ...whole } = destination;
    if (!broken || (codes && !isBrokenFor(destination, codes))) return undefined;
    if (isBrokenFor(destination, looked)) await deps.back(destination, broken.at);
    return whole as Destination;
  });
  if (healed) await deps.healed(healed);
}

/** Change a destination as it stands now; undefined leaves it. Answers what was written. */
export async function changeRoute(
  { store }: Pick<ChannelDeps, "store">,
  id: DestinationId,
  change: (destination: Destination) => Promise<Destination | undefined>,
): Promise<Destination | undefined> {
  for (;;) {
    const found = await store.destinations.get(id);
    const changed = found && (await change(found));
    if (!changed) return undefined;
    const next = { ...changed, revision: found.revision + 1 };
    if ((await store.destinations.replace(next, found.revision)) === "saved") return next;
  }
}
