import type { Approval } from "../domain/approval.ts";
import type { ApprovalId } from "../domain/ids.ts";

/** Tells waiters of this process that a request changed. Who waits for another process's change looks again by itself. */
export interface Changes {
  announce(approval: Approval): void;
  /** Resolves at the next change of this request, or after `ms`, or when `signal` aborts. */
  next(id: ApprovalId, ms: number, signal?: AbortSignal): Promise<void>;
  /** Wake all who wait: the hub stops. */
  end(): void;
  readonly hasEnded: () => boolean;
}

/** Make an empty set of waiters. */
export function createChanges(): Changes {
  const waiters = new Map<ApprovalId, Set<() => void>>();
  let ended = false;
  return {
    announce: ({ id }) => {
      for (const wake of waiters.get(id) ?? []) wake();
    },
    next: (id, ms, signal) =>
      new Promise((resolve) => {
        const mine = waiters.get(id) ?? new Set();
        waiters.set(id, mine);
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          mine.delete(done);
          if (mine.size === 0 && waiters.get(id) === mine) waiters.delete(id);
          resolve();
        };
        const timer = setTimeout(done, ms);
        mine.add(done);
        signal?.addEventListener("abort", done);
        if (signal?.aborted || ended) done();
      }),
    end: () => {
      ended = true;
      for (const mine of [...waiters.values()]) for (const wake of [...mine]) wake();
    },
    hasEnded: () => ended,
  };
}
