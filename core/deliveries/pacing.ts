import type { Delivery } from "../domain/delivery.ts";
import type { Pace } from "../ports/chat-platform.ts";
import type { LaneMemory } from "../ports/store.ts";
import { isToCome } from "./time-to-come.ts";

type Paced = Pick<Delivery, "task" | "priority">;

/**
 * When a delivery may leave, given when the latest paced ones left. Zero: now.
 *
 * A platform that paces edits, too, has a share of every window that posts leave free, so that a decision shows on its
 * copies at once while a channel is being flooded. Information leaves some more to cards of requests.
 */
export function mayLeaveFrom(
  paces: readonly Pace[],
  sends: readonly number[],
  delivery: Paced,
): number {
  const share = shareOf(delivery);
  return Math.max(
    0,
    ...pacesOf(paces, delivery).map(({ count, ms }) => {
      const nth = sends.at(-Math.ceil(count * share));
      return nth === undefined ? 0 : nth + ms;
    }),
  );
}

/** Note that a delivery left. Only as many times are kept as the widest window counts. */
export function rememberSend(
  paces: readonly Pace[],
  sends: readonly number[],
  delivery: Paced,
  now: number,
): readonly number[] {
  const most = Math.max(0, ...pacesOf(paces, delivery).map(({ count }) => count));
  return most === 0 ? sends : [...sends, now].slice(-most);
}

/** The paces that count such a delivery. */
function pacesOf(paces: readonly Pace[], { task: { kind } }: Paced): readonly Pace[] {
  return kind === "callback" ? [] : paces.filter(({ tasks }) => tasks.includes(kind));
}

/** How much of a window may be used before a delivery. A pace of one in a window is too small to be shared. */
function shareOf({ task, priority }: Paced): number {
  if (task.kind === "edit") return 1;
  return priority === 0 ? 0.9 : 0.8;
}

/**
 * What a lane remembers, as it holds now. A send in a time to come was made before the clock was set back: it holds up
 * nothing any more, nor does a pause of that time.
 */
export function withoutTimesToCome(memory: LaneMemory, now: number): LaneMemory {
  const sends = memory.sends.filter((at) => !isToCome(at, now));
  const { pausedFrom = 0, ...rest } = memory;
  const hasNone = sends.length === memory.sends.length && !isToCome(pausedFrom, now);
  return hasNone ? memory : { ...rest, sends, pausedUntil: 0 };
}

/** What a lane remembers where another holder may have worked it meanwhile: all that one of the two would wait for. */
export function withOthersMemory(own: LaneMemory, others: LaneMemory): LaneMemory {
  const { sends, pausedUntil, ...more } = others;
  const ownSends = new Set(own.sends);
  const all = [...own.sends, ...sends.filter((at) => !ownSends.has(at))];
  return {
    ...more,
    ...own,
    sends: all.toSorted((one, other) => one - other),
    ...(pausedUntil > own.pausedUntil ? { ...more, pausedUntil } : {}),
  };
}
