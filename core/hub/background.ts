import { actAsNobody } from "../audit/acting.ts";
import type { Log } from "../ports/log.ts";

/**
 * Work that nobody waits for. Its failures are told, and what it left undone is found again by the next look; so after
 * a stop no more is begun. It is the hub's own work, whoever set it off.
 */
export function createBackground(log: Log) {
  const running = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const run = (where: string, step: () => Promise<void>): Promise<unknown> => {
    const work = actAsNobody(step)
      .catch((cause: unknown) => {
        log.write({ kind: "hub.trouble", where, error: String(cause) });
        return cause;
      })
      .finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  const again = (ms: number, where: string, step: () => Promise<void>) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run(where, step).then(() => {
        if (!stopped) again(ms, where, step);
      });
    }, ms);
    timers.add(timer);
  };
  return {
    run: (where: string, step: () => Promise<void>) => {
      if (!stopped) void run(where, step);
    },
    /** The same for work whose end somebody may wait for. It never rejects: it answers what went wrong. */
    runToEnd: async (where: string, step: () => Promise<void>): Promise<unknown> =>
      stopped ? undefined : run(where, step),
    every: again,
    /** For a step whose turn comes later than it was asked for. */
    isStopped: () => stopped,
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
