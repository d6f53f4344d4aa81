import type { Clock } from "../ports/clock.ts";

/** The machine's clock. Signatures are made and judged by it, whatever the sandbox does to the hub's. */
export const machineClock: Clock = { now: () => new Date() };

/** A clock that can be moved forward, for the sandbox. */
export interface MovableClock extends Clock {
  /** Move forward by so many milliseconds; answers the new time. */
  advance(ms: number): Date;
}

/** Make a clock that goes with the machine's until it is moved. */
export function createMovableClock(): MovableClock {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  return {
    now,
    advance: (ms) => {
      ahead += ms;
      return now();
    },
  };
}
