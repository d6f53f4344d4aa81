import type { Delivery, HeldDelivery } from "../../domain/delivery.ts";
import type { Hub } from "../../hub.ts";
import { say } from "../../words/say.ts";
import { sayClock, sayRelative } from "../pages/times.ts";
import { isTroubled } from "./last-hour.ts";

/** Something that does not work now: what, why, what is kept meanwhile, and the one thing to do. */
export interface BrokenThing {
  readonly tone: "bad" | "warn";
  readonly title: string;
  readonly cause: string;
  readonly kept: string;
  /** Absent for those who may not do it. */
  readonly next?: { readonly href: string; readonly label: string };
}

/** How many deliveries of one state are looked at. */
const looked = 200;
/** A failure stays on the Overview for a day; after that it stands in the list of events alone. */
const shownMs = 86_400_000;

/**
 * Gather what is broken among the deliveries: failed and held ones, and those that are tried again, by their place.
 * `isTold` leaves out what is held for something that is told of already.
 */
export async function readBrokenDeliveries(
  hub: Hub,
  isTold: (held: HeldDelivery) => boolean,
): Promise<readonly BrokenThing[]> {
  const now = hub.clock.now();
  const since = new Date(now.getTime() - shownMs);
  const [dead, held, pending] = await Promise.all([
    ofState(hub, "dead"),
    ofState(hub, "held"),
    ofState(hub, "pending"),
  ]);
  const failed = dead.filter((one) => one.state === "dead" && one.settledAt >= since);
  return [
    ...byPlace(failed).map((group) => failedThing(group)),
    ...byPlace(held.filter((one) => one.state !== "held" || !isTold(one))).map((group) =>
      heldThing(group, now),
    ),
    ...byPlace(pending.filter(isTroubled)).map((group) => retriedThing(group, now)),
  ];
}

const ofState = ({ store, organization }: Hub, state: Delivery["state"]) =>
  store.deliveries.scan("byState", {
    prefix: [organization, state],
    order: "descending",
    limit: looked,
  });

/** Deliveries to one place, newest first. */
interface Group {
  readonly newest: Delivery;
  readonly count: number;
}

function byPlace(deliveries: readonly Delivery[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const delivery of deliveries) {
    const group = groups.get(delivery.lane);
    const count = (group?.count ?? 0) + 1;
    groups.set(delivery.lane, { newest: group?.newest ?? delivery, count });
  }
  return [...groups.values()];
}

const placeOf = ({ platform, label }: Delivery) =>
  platform === "callback" ? say`Callback to ${label}` : label;

/** Causes come as codes and words, or as sentences; another sentence follows them. */
const asSentence = (cause: string) => (/[^.!?…]$/.test(cause) ? `${cause}.` : cause);

const openDelivery = ({ id }: Delivery) => ({
  href: `/deliveries/${id}`,
  label: say`Open delivery`,
});

function failedThing({ newest, count }: Group): BrokenThing {
  return {
    tone: "bad",
    title: sayMissed(newest, count),
    cause: newest.state === "dead" ? asSentence(newest.cause) : "",
    kept:
      count === 1
        ? say`It is kept, and can be sent again.`
        : say`They are kept, and can be sent again.`,
    next: openDelivery(newest),
  };
}

/** The newest of them came last, so the others have waited longer. */
function heldThing({ newest, count }: Group, now: Date): BrokenThing {
  const since = newest.state === "held" ? newest.heldAt : newest.createdAt;
  return {
    tone: "bad",
    title: say`${placeOf(newest)} gets nothing`,
    cause: newest.state === "held" ? asSentence(newest.cause) : "",
    kept:
      count === 1
        ? say`One delivery is held, the newest since ${sayClock(since, now)} UTC, and sent when that is mended.`
        : say`${count} deliveries are held, the newest since ${sayClock(since, now)} UTC, and sent when that is mended.`,
    next: openDelivery(newest),
  };
}

function sayMissed(newest: Delivery, count: number): string {
  const place = placeOf(newest);
  if (newest.platform === "callback") {
    return count === 1
      ? say`${place} is not told one decision`
      : say`${place} is not told ${count} decisions`;
  }
  return count === 1 ? say`${place} missed one message` : say`${place} missed ${count} messages`;
}

function retriedThing({ newest, count }: Group, now: Date): BrokenThing {
  const due = newest.state === "pending" ? newest.dueAt : now;
  const waiting = count === 1 ? say`One delivery waits` : say`${count} deliveries wait`;
  const attempt = newest.attempts + 1;
  return {
    tone: "warn",
    title: say`${placeOf(newest)} is tried again`,
    cause: newest.state === "pending" ? asSentence(newest.waitingFor ?? "") : "",
    kept:
      due <= now
        ? say`${waiting}; attempt ${attempt} goes out now.`
        : say`${waiting}; attempt ${attempt} goes out at ${sayClock(due, now)} UTC, ${sayRelative(due, now)}.`,
    next: openDelivery(newest),
  };
}
