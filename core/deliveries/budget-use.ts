import type { Delivery } from "../domain/delivery.ts";
import type { Budget } from "../ports/chat-platform.ts";
import type { BudgetUse } from "../ports/small-records.ts";
import { isToCome } from "./time-to-come.ts";

/** How long taken calls may be made: a tenth of the window, so that little of it is lost; at most five seconds. */
export const blockMs = ({ ms }: Budget): number => Math.min(Math.ceil(ms / 10), 5_000);

/** The last fifth of every budget is for cards of requests and their edits. */
const informationShare = 0.8;

/**
 * What was taken and still counts. A block may be used at any moment until it runs out, so it counts for a whole window
 * after that. One of a time to come was taken before the clock was set back, and counts no more.
 */
const counting = (use: BudgetUse | undefined, budget: Budget, now: number) =>
  (use?.blocks ?? []).filter(
    ({ until }) => until > now - budget.ms && !isToCome(until - blockMs(budget), now),
  );

const sum = (blocks: BudgetUse["blocks"]) => blocks.reduce((total, { calls }) => total + calls, 0);

const mostOf = ({ count }: Budget, priority: Delivery["priority"]) =>
  priority === 0 ? count : Math.floor(count * informationShare);

/** How many calls are left now for a delivery of this priority. */
export const freeCalls = (
  use: BudgetUse | undefined,
  budget: Budget,
  priority: Delivery["priority"],
  now: number,
): number => mostOf(budget, priority) - sum(counting(use, budget, now));

/** When the next call will be left, if nobody takes it before. */
export function freeFrom(
  use: BudgetUse | undefined,
  budget: Budget,
  priority: Delivery["priority"],
  now: number,
): number {
  const blocks = counting(use, budget, now).toSorted((one, other) => one.until - other.until);
  let missing = 1 - freeCalls(use, budget, priority, now);
  for (const { calls, until } of blocks) {
    if (missing <= 0) break;
    missing -= calls;
    if (missing <= 0) return until + budget.ms;
  }
  return now;
}

/** Note that a block was taken, and forget those that count no more. */
export function addBlock(use: BudgetUse, budget: Budget, calls: number, now: number): BudgetUse {
  const block = { calls, until: now + blockMs(budget) };
  return { ...use, blocks: [...counting(use, budget, now), block] };
}

/** Until when the platform wants a pause; 0 without one, and for one that began in a time to come. */
export function pausedUntil(use: BudgetUse | undefined, now: number): number {
  const pause = use?.pause;
  return pause && !isToCome(pause.from, now) && pause.until > now ? pause.until : 0;
}
