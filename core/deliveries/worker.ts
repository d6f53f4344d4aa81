import { leaseMs, type WorkingDeps, workLane } from "./work-lane.ts";

export interface WorkerDeps extends WorkingDeps {
  /** Names this process among the holders of lanes. */
  readonly owner: string;
}

/** Brings deliveries out, lane by lane. */
export interface Worker {
  start(): void;
  /** Look for due lanes now. */
  poke(): void;
  /** Take no lane any more; resolves when the sends under way are stored. */
  stop(): Promise<void>;
}

/** Lanes worked at once by one process. */
const mostLanes = 32;
/** How long a process may not notice that another one enqueued something. */
const longestSleepMs = 1_000;

/** Make a worker. Any number of processes may run one each over the same store. */
export function createWorker(deps: WorkerDeps): Worker {
  const busy = new Set<Promise<void>>();
  let stopping = false;
  let poked = false;
  let wakeUp: () => void = () => {};
  const wake = () => {
    poked = true;
    wakeUp();
  };
  let loop: Promise<void> = Promise.resolve();

  const takeLane = async (): Promise<boolean> => {
    const lease = await deps.store.lanes.claim(deps.owner, leaseMs);
    if (!lease) return false;
    const work = workLane(deps, lease, () => stopping)
      .catch((cause: unknown) => trouble(deps, cause))
      .finally(() => {
        busy.delete(work);
        wake();
      });
    busy.add(work);
    return true;
  };

  const run = async () => {
    while (!stopping) {
      let took = false;
      try {
        took = busy.size < mostLanes && (await takeLane());
      } catch (cause) {
        trouble(deps, cause);
      }
      if (!took && !stopping) await sleep();
    }
  };

  const sleep = async () => {
    const due = await deps.store.lanes.nextDueAt().catch(() => undefined);
    const ms = due ? due.getTime() - deps.clock.now().getTime() : longestSleepMs;
    if (!poked) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(Math.max(ms, 5), longestSleepMs));
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    poked = false;
  };

  return {
    start: () => {
      loop = run();
    },
    poke: wake,
    stop: async () => {
      stopping = true;
      wake();
      await loop;
      await Promise.all(busy);
    },
  };
}

function trouble({ log }: WorkerDeps, cause: unknown): void {
  const error =
    cause instanceof Error ? `${cause.message} ${String(cause.cause ?? "")}`.trim() : String(cause);
  log.write({ kind: "hub.trouble", where: "deliveries", error });
}
