import type { LaneLease } from "../ports/store.ts";
import { createOwnLanes, type LaneStep } from "./own-lanes.ts";
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
/** So long a lane is worked while as many as are worked at once are; then it stands behind those that wait. */
const turnMs = 1_000;
/**
 * How long a process may not notice that another one enqueued something. So long it also lets a store be that refuses: on
 * a full disk a due lane can be seen and not be taken, and each refusal is told.
 */
const longestSleepMs = 1_000;

/** Make a worker. Any number of processes may run one each over the same store. */
export function createWorker(deps: WorkerDeps): Worker {
  const busy = new Set<Promise<void>>();
  const lanes = createOwnLanes();
  let stopping = false;
  let poked = false;
  let refused = false;
  let wakeUp: () => void = () => {};
  const wake = () => {
    poked = true;
    wakeUp();
  };
  let loop: Promise<void> = Promise.resolve();

  /** Ask for so many lanes at once; answers how many there were. */
  const takeLanes = async (count: number): Promise<number> => {
    const { leases, isRefused } = await claimLanes(deps, count);
    refused = isRefused;
    leases.forEach(begin);
    return leases.length;
  };

  const begin = (lease: LaneLease) => {
    if (lanes.handOver(lease)) return;
    const step: LaneStep = (given, handed) => {
      const isOver = createTurn(deps.clock);
      const isEnough = () => stopping || (busy.size >= mostLanes && isOver());
      return deps.rounds.work(() => workLane(deps, given, { isEnough, ...handed }));
    };
    const work = lanes
      .work(lease, (...given) => step(...given).catch((cause) => trouble(deps, cause)))
      .finally(() => {
        busy.delete(work);
        wake();
      });
    busy.add(work);
  };

  const run = async () => {
    let wanted = 1;
    while (!stopping) {
      const count = Math.min(wanted, mostLanes - busy.size);
      const took = await takeLanes(count);
      // Where all that were asked for were there, there may be many more.
      wanted = took > 0 && took === count ? wanted * 4 : 1;
      if (took === 0 && !stopping) await sleep();
    }
  };

  const sleep = async () => {
    const due = refused || busy.size === mostLanes ? undefined : await nextDueAt(deps);
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

/** When to look for lanes again. Nobody asks where none could be taken: a lane that is given back wakes the worker. */
const nextDueAt = ({ store }: WorkerDeps): Promise<Date | undefined> =>
  store.lanes.nextDueAt().catch(() => undefined);

interface Claimed {
  readonly leases: readonly LaneLease[];
  /** The store did not answer some of the claims. */
  readonly isRefused: boolean;
}

async function claimLanes(deps: WorkerDeps, count: number): Promise<Claimed> {
  let isRefused = false;
  const claims = Array.from({ length: count }, () =>
    deps.store.lanes.claim(deps.owner, leaseMs).catch((cause: unknown) => {
      isRefused = true;
      trouble(deps, cause);
    }),
  );
  const leases = (await Promise.all(claims)).filter((lease) => lease !== undefined);
  return { leases, isRefused };
}

/** Begin the turn of a lane; tells whether it is over. A clock that was set back ends it, too. */
function createTurn({ now }: WorkerDeps["clock"]): () => boolean {
  const since = now().getTime();
  return () => {
    const age = now().getTime() - since;
    return age < 0 || age >= turnMs;
  };
}

function trouble({ log }: WorkerDeps, cause: unknown): void {
  const error =
    cause instanceof Error ? `${cause.message} ${String(cause.cause ?? "")}`.trim() : String(cause);
  log.write({ kind: "hub.trouble", where: "deliveries", error });
}
