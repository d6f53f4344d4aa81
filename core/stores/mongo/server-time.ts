import type { Clock } from "../../ports/clock.ts";

/** How long an answer is carried. In a second two steady clocks part by less than a millisecond. */
const carriedMs = 1_000;
/** As much as they part, and a little: the time that is told is never ahead of the server's. */
const partingMs = 1;

/**
 * Tell the server's time without asking for it each time: an answer is carried for a second by the clock of this process
 * that only goes forward. `ask` tells a moment that lay before its answer, so the time told here is never ahead, and a
 * lease that is judged by it is never taken early. Those who ask at once share one question.
 */
export function carryTime(
  ask: () => Promise<Date>,
  steadyMs: () => number = () => performance.now(),
): () => Promise<Date> {
  let known: { readonly server: number; readonly at: number } | undefined;
  let asking: Promise<Date> | undefined;
  const askNow = async () => {
    try {
      const server = await ask();
      known = { server: server.getTime(), at: steadyMs() };
      return server;
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    const age = known ? steadyMs() - known.at : carriedMs;
    if (known && age < carriedMs) return new Date(known.server + Math.max(age - partingMs, 0));
    asking ??= askNow();
    return asking;
  };
}

/** The clock by which lanes are worked, and how a time of the hub's reads on it. */
export interface ServerClock {
  now(): Promise<Date>;
  read(hubTime: Date): Promise<Date>;
  /** What the hub's clock shows at a time of the server's. */
  tell(serverTime: Date): Promise<Date>;
}

/**
 * Make the server's clock for a hub whose own one may be wrong. A lane that is due at some time of this hub's is due so
 * much later or earlier by the server's as the two part: else it would wait for that, or be asked for over and over.
 */
export function followServer(now: () => Promise<Date>, hub: Clock | undefined): ServerClock {
  const aheadMs = async () => (hub ? (await now()).getTime() - hub.now().getTime() : 0);
  return {
    now,
    read: async (hubTime) => new Date(hubTime.getTime() + (await aheadMs())),
    tell: async (serverTime) => new Date(serverTime.getTime() - (await aheadMs())),
  };
}
