import type { Clock } from "../../core/ports/clock.ts";
import { start } from "../core/domain/samples.ts";

/** A clock that stands still until a test moves it. */
export interface HandClock extends Clock {
  pass(ms: number): void;
}

/** Make a clock that shows the start of the samples. */
export function handClock(): HandClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms;
    },
  };
}
