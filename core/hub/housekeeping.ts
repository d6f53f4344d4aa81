import { setImmediate as nextTurn } from "node:timers/promises";
import type { Delivery } from "../domain/delivery.ts";
import type { AcceptedEvent } from "../domain/event.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";
import { deliveriesOf } from "./deliveries-of.ts";

export interface HousekeepingDeps {
  readonly store: Store;
  readonly organization: OrganizationId;
  readonly clock: Clock;
  /** Sessions and sign-in links end by the machine's own clock. */
  readonly wallClock: Clock;
  readonly retentionDays: number;
}

const dayMs = 86_400_000;
/** A repeat of a click comes within seconds; Slack repeats an event for an hour at most. */
const clickKeptMs = 2 * dayMs;
/** For a while, who opens an old link is told that it has expired. */
const linkKeptMs = dayMs;
/** An event's identity holds for seven days (SURFACE §3), so no shorter retention may forget it. */
const leastEventDays = 8;

/** Records removed between two turns of everybody else; together, so that their writes share commits. */
const slice = 50;
/** The most of one kind in one run, a thousand; what is left waits for the next. */
const mostSlices = 20;

/**
 * Make the step that removes what nobody needs any more, a little at each run.
 *
 * Removed are ended sessions and links, remembered clicks, and after the retention, events with their deliveries and
 * attempts, once all of them are settled. Approvals are kept for good, and what was shown and voted stands in them.
 * It may stop anywhere: an event goes last, so that what hangs on it is found again.
 */
export function createHousekeeping(deps: HousekeepingDeps): () => Promise<void> {
  const { store, clock, wallClock } = deps;
  const ago = ({ now }: Clock, ms: number) => new Date(now().getTime() - ms);
  const retire = createRetention(deps);
  return async () => {
    await removeUpTo(store.sessions, "byExpiry", ago(wallClock, 0));
    await removeUpTo(store.signInLinks, "byExpiry", ago(wallClock, linkKeptMs));
    await removeUpTo(store.signInTries, "byExpiry", ago(wallClock, 0));
    await removeUpTo(store.accountLinks, "byExpiry", ago(clock, linkKeptMs));
    await removeUpTo(store.connectStates, "byExpiry", ago(wallClock, linkKeptMs));
    await removeUpTo(store.seenClicks, "byTime", ago(clock, clickKeptMs));
    await retire();
  };
}

async function removeUpTo<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  upTo: Date,
): Promise<void> {
  for (let turn = 0; turn < mostSlices; turn += 1) {
    const old = await records.scan(index, { upTo, limit: slice });
    await Promise.all(old.map(({ id }) => records.remove(id)));
    if (old.length < slice) return;
    await nextTurn();
  }
}

/** An old event that cannot go yet is passed over until the walk begins anew, so that it stops none behind it. */
function createRetention({ store, organization, clock, retentionDays }: HousekeepingDeps) {
  let after: string | undefined;
  return async () => {
    for (let turn = 0; turn < mostSlices; turn += 1) {
      const now = clock.now().getTime();
      const settledBefore = new Date(now - retentionDays * dayMs);
      const upTo = new Date(now - Math.max(retentionDays, leastEventDays) * dayMs);
      const old = await store.events.scan("byTime", {
        prefix: [organization],
        upTo,
        limit: slice,
        ...(after === undefined ? {} : { after }),
      });
      await Promise.all(old.map((accepted) => retireEvent(store, accepted, settledBefore)));
      const last = old.length === slice ? old.at(-1) : undefined;
      after = last && store.events.cursorOf("byTime", last);
      if (!last) return;
      await nextTurn();
    }
  };
}

async function retireEvent(
  store: Store,
  accepted: AcceptedEvent,
  settledBefore: Date,
): Promise<void> {
  const { id, state, approval: opened } = accepted;
  if (state !== "expanded") return;
  const deliveries = await deliveriesOf(store, accepted, { most: Number.POSITIVE_INFINITY });
  if (!deliveries.every((delivery) => isSettledBefore(delivery, settledBefore))) return;
  const approval = opened && (await store.approvals.get(opened));
  if (approval && !("closedAt" in approval && approval.closedAt <= settledBefore)) return;
  await Promise.all(deliveries.map((delivery) => removeDelivery(store, delivery)));
  await store.events.remove(id);
}

const isSettledBefore = (delivery: Delivery, time: Date) =>
  "settledAt" in delivery && delivery.settledAt <= time;

async function removeDelivery(store: Store, { id }: Delivery): Promise<void> {
  for (;;) {
    // What a place refuses for days is tried twice a minute.
    const attempts = await store.attempts.scan("byDelivery", { prefix: [id], limit: 1_000 });
    if (attempts.length === 0) break;
    await Promise.all(attempts.map((attempt) => store.attempts.remove(attempt.id)));
  }
  await store.deliveries.remove(id);
}
