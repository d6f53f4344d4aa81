import type { AnnouncingDeps } from "../approvals/announce.ts";
import { copiesOf } from "../approvals/announce.ts";
import { applyEffect, enqueueNotes } from "../approvals/apply-effect.ts";
import { openingNews } from "../approvals/approval-news.ts";
import { type Opening, type OpeningDeps, openApproval } from "../approvals/open.ts";
import type { VotingDeps } from "../approvals/record-vote.ts";
import { enqueue, pending } from "../deliveries/enqueue.ts";
import { channelLane, postId } from "../deliveries/keys.ts";
import type { Destination } from "../domain/destination.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { HubError } from "../domain/hub-error.ts";
import type { ApprovalId } from "../domain/ids.ts";
import { placesFor } from "./places-for.ts";

/** What expanding needs: it opens requests, and changes those that events tell of. */
export type ExpandingDeps = OpeningDeps &
  VotingDeps &
  Pick<AnnouncingDeps, "raise"> & {
    /** What could not be expanded, by producer and subject, and when it was tried: kept from one look to the next. */
    readonly stuck?: Map<string, Date>;
  };

/**
 * Turn a stored plan into deliveries, then note the event as expanded.
 *
 * It may be cut off anywhere and run again: the deliveries have ids of (event, destination). It reads the plan that
 * was stored with the event, so a rule saved meanwhile changes nothing.
 */
export async function expandEvent(deps: ExpandingDeps, accepted: AcceptedEvent): Promise<void> {
  const { store } = deps;
  const { event, plan } = accepted;
  const opening = plan.policy && (await openApproval(deps, accepted, plan.policy));
  const told = plan.effect && (await applyEffect(deps, accepted, plan.effect));
  const found = await Promise.all(plan.destinations.map((id) => store.destinations.get(id)));
  const known = found.filter((destination) => destination !== undefined);
  const destinations = placesFor(plan, known, told);
  if (opening?.joined) await tellDifference(deps, event, opening);
  else await enqueue(store, postsOf(event, destinations, opening?.approval.id));
  if (opening && !opening.joined) await deps.raise(openingNews(opening.approval));
  const about = opening?.approval ?? told?.approval;
  await store.events.replace(
    {
      ...accepted,
      state: "expanded",
      revision: accepted.revision + 1,
      ...(about ? { approval: about.id } : {}),
    },
    accepted.revision,
  );
}

/** Where a second event asks for the same with other words, the threads say so. */
async function tellDifference(
  deps: ExpandingDeps,
  event: Event,
  { approval, differs }: Opening,
): Promise<void> {
  if (differs)
    await enqueueNotes(deps, event, approval, await copiesOf(deps.store, approval), "differs");
}

/** The posts of an event: one to each destination, a card where the event opens a request. */
export const postsOf = (event: Event, destinations: readonly Destination[], opened?: ApprovalId) =>
  destinations.map((destination) => {
    const post = pending({
      id: postId(event, destination.id),
      organization: event.organization,
      lane: channelLane(destination),
      task: { kind: "post", destination: destination.id },
      priority: opened ? 0 : 1,
      event: event.id,
      label: destination.name,
      platform: destination.kind,
      createdAt: event.receivedAt,
    });
    return opened ? { ...post, approval: opened } : post;
  });

/** So many events are read together: twice as many as one request may bring. */
const together = 1_000;

/** There may be thousands of such events, each is told of when it is tried, and what they lack takes a person to mend. */
const stuckMs = 60_000;

/**
 * Expand what a crash or a failed step left behind, oldest first; only what came up to `upTo`, where that is given.
 *
 * An event that cannot be expanded is told as trouble, and waits for a minute with the later ones of its subject; all
 * others go on. Where the store itself fails, so does this.
 */
export async function expandLeft(deps: ExpandingDeps, upTo?: Date): Promise<void> {
  const { events } = deps.store;
  const { stuck = new Map<string, Date>() } = deps;
  forgetOld(stuck, deps.clock.now());
  const oldest = { limit: together, ...(upTo ? { upTo } : {}) };
  let behind: { readonly after?: string } = {};
  for (;;) {
    const left = wholeMoments(await events.scan("toExpand", { ...oldest, ...behind }));
    const last = left.at(-1);
    if (!last) return;
    for (const accepted of left.toSorted(byMoment)) {
      const turn = turnOf(accepted.event);
      if (stuck.has(turn)) continue;
      if (!(await expandSafely(deps, accepted))) stuck.set(turn, deps.clock.now());
    }
    // However many are stuck, what is behind them is read.
    behind = { after: events.cursorOf("toExpand", last) };
  }
}

/** A clock that was set back since lets them be tried, too. */
function forgetOld(stuck: Map<string, Date>, now: Date): void {
  for (const [turn, triedAt] of stuck) {
    const age = now.getTime() - triedAt.getTime();
    if (age < 0 || age >= stuckMs) stuck.delete(turn);
  }
}

/** What was read, without what more of its moment may stand behind it; that is read with the rest of it. */
function wholeMoments(read: readonly AcceptedEvent[]): readonly AcceptedEvent[] {
  const latest = read.at(-1)?.event.receivedAt.getTime();
  if (read.length < together) return read;
  const whole = read.filter(({ event }) => event.receivedAt.getTime() !== latest);
  return whole.length > 0 ? whole : read;
}

/** What an event without a subject does waits for nobody. */
const turnOf = ({ id, producer, subject }: Event) => JSON.stringify([producer, subject ?? id]);

async function expandSafely(deps: ExpandingDeps, accepted: AcceptedEvent): Promise<boolean> {
  try {
    await expandEvent(deps, accepted);
    return true;
  } catch (cause) {
    if (cause instanceof HubError && cause.code.startsWith("store_")) throw cause;
    const where = `event ${accepted.id}`;
    deps.log.write({ kind: "hub.trouble", where, error: String(cause) });
    return false;
  }
}

/** Of one moment the store knows no order. What was done after a decision finds the decision made. */
const byMoment = (one: AcceptedEvent, other: AcceptedEvent) =>
  one.event.receivedAt.getTime() - other.event.receivedAt.getTime() ||
  Number(tellsOutcome(one)) - Number(tellsOutcome(other));

const tellsOutcome = ({ plan }: AcceptedEvent) => plan.effect?.kind === "outcome";
