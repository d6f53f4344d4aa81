import type { LaneId, OpenDelivery } from "../domain/delivery.ts";
import type { DestinationKind } from "../domain/destination.ts";
import type { Pace } from "../ports/chat-platform.ts";
import type { LaneLease, LaneMemory } from "../ports/store.ts";
import { type AttemptDeps, attemptDelivery } from "./attempt.ts";
import { type Choice, chooseNext } from "./choose.ts";
import { nextPostAt, rememberPost, withoutTimesToCome } from "./pacing.ts";

export interface WorkerDeps extends AttemptDeps {
  /** Names this process among the holders of lanes. */
  readonly owner: string;
  readonly paces: (kind: DestinationKind) => readonly Pace[];
}

/** Brings deliveries out, lane by lane. */
export interface Worker {
  start(): void;
  /** Look for due lanes now. */
  poke(): void;
  /** Take no lane any more; resolves when the sends under way are stored. */
  stop(): Promise<void>;
}

/** A send may take 10 s and its join another 10; a lease outlives them. */
const leaseMs = 30_000;
/** Lanes worked at once by one process. */
const mostLanes = 32;
/** How long a process may not notice that another one enqueued something. */
const longestSleepMs = 1_000;
/** How far into a lane one look goes. */
const lookAhead = 200;

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

/** Work one lane until nothing of it may leave, then give it back with the time to look again. */
async function workLane(
  deps: WorkerDeps,
  first: LaneLease,
  stopping: () => boolean,
): Promise<void> {
  const { store, clock } = deps;
  let lease: LaneLease | undefined = first;
  let memory = first.memory;
  while (lease) {
    memory = withoutTimesToCome(memory, clock.now().getTime());
    const { choice, paces } = await lookInto(deps, lease.lane, memory);
    if (choice.kind === "wait" || stopping()) {
      const until = choice.kind === "wait" ? choice.until : clock.now().getTime();
      const at = until === undefined ? {} : { at: new Date(until) };
      return store.lanes.release(lease, { ...at, memory });
    }
    const { posted, pauseMs } = await attemptDelivery(deps, lease, choice.delivery);
    const after = clock.now().getTime();
    memory = {
      posts: posted ? rememberPost(paces, memory.posts, after) : memory.posts,
      pausedUntil: pauseMs > 0 ? after + pauseMs : memory.pausedUntil,
    } satisfies LaneMemory;
    lease = await store.lanes.renew(lease, leaseMs);
  }
}

/** What leaves next from a lane, if anything may: not before its pause is over, not faster than its pace. */
async function lookInto(
  deps: WorkerDeps,
  lane: LaneId,
  { posts, pausedUntil }: LaneMemory,
): Promise<{ readonly choice: Choice; readonly paces: readonly Pace[] }> {
  const now = deps.clock.now().getTime();
  const waiting = await deps.store.deliveries.scan("byLane", { prefix: [lane], limit: lookAhead });
  const open = waiting as readonly OpenDelivery[];
  const paces = pacesOf(deps, open);
  const choice = chooseNext(open, now, nextPostAt(paces, posts));
  const paused = open.length > 0 && pausedUntil > now;
  return { choice: paused ? { kind: "wait", until: pausedUntil } : choice, paces };
}

function pacesOf({ paces }: WorkerDeps, [delivery]: readonly OpenDelivery[]): readonly Pace[] {
  return !delivery || delivery.platform === "callback" ? [] : paces(delivery.platform);
}

function trouble({ log }: WorkerDeps, cause: unknown): void {
  const error =
    cause instanceof Error ? `${cause.message} ${String(cause.cause ?? "")}`.trim() : String(cause);
  log.write({ kind: "hub.trouble", where: "deliveries", error });
}
