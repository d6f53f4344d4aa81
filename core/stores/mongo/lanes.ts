import type { LaneId } from "../../domain/delivery.ts";
import type { LaneLease, LaneMemory, Lanes } from "../../ports/store.ts";
import { type Database, isTaken } from "./connect.ts";

/** A lane as MongoDB keeps it. */
export interface KeptLane {
  readonly fence: number;
  readonly wakes: number;
  readonly owner?: string;
  readonly leaseUntil: Date;
  /** Absent while the lane is idle. */
  readonly dueAt?: Date;
  /** What one holder left for the next, as JSON text. */
  readonly memory: string;
}

/** The collection of the lanes, beside those of the records. */
export const lanesName = "lanes";

const never = new Date(0);
const fresh: LaneMemory = { posts: [], pausedUntil: 0 };
const after = { returnDocument: "after" } as const;

/**
 * Lanes in MongoDB: every step changes one document, and says in its filter what must hold.
 *
 * The time is asked of the server before a step, so a lease is judged by the one clock that all processes share, and it
 * may end some milliseconds early, never late. However long a process sleeps between asking and stepping, it takes no
 * lane whose lease still runs, and the fence it gets is higher than every fence before.
 */
export function createLanes(database: Database, now: () => Promise<Date>): Lanes {
  const kept = database.collection<KeptLane>(lanesName);
  const until = (start: Date, leaseMs: number) => new Date(start.getTime() + leaseMs);
  const wakeOnce = (lane: LaneId, at: Date) =>
    kept.updateOne(
      { _id: lane },
      {
        $inc: { wakes: 1 },
        $min: { dueAt: at },
        $setOnInsert: { fence: 0, leaseUntil: never, memory: JSON.stringify(fresh) },
      },
      { upsert: true },
    );

  return {
    wake: (lane, at) =>
      database.run(async () => {
        // Of two processes that wake a new lane at once one may be told that the id is taken: then it is there.
        await wakeOnce(lane, at).catch((cause: unknown) => {
          if (!isTaken(cause)) throw cause;
          return wakeOnce(lane, at);
        });
      }),
    claim: (owner, leaseMs) =>
      database.run(async () => {
        const time = await now();
        const lane = await kept.findOneAndUpdate(
          { dueAt: { $lte: time }, leaseUntil: { $lte: time } },
          { $inc: { fence: 1 }, $set: { owner, leaseUntil: until(time, leaseMs) } },
          { sort: { dueAt: 1 }, ...after },
        );
        return lane ? leaseOf(lane) : undefined;
      }),
    renew: (lease, leaseMs, memory = lease.memory) =>
      database.run(async () => {
        const lane = await kept.findOneAndUpdate(
          { _id: lease.lane, fence: lease.fence },
          { $set: { leaseUntil: until(await now(), leaseMs), memory: JSON.stringify(memory) } },
          after,
        );
        return lane ? leaseOf(lane) : undefined;
      }),
    release: (lease, next) =>
      database.run(async () => {
        const held = { _id: lease.lane, fence: lease.fence };
        const left = { leaseUntil: never, memory: JSON.stringify(next.memory) };
        const { at } = next;
        const { matchedCount } = await kept.updateOne(
          { ...held, wakes: lease.wakes },
          at
            ? { $set: { ...left, dueAt: at }, $unset: { owner: "" } }
            : { $set: left, $unset: { owner: "", dueAt: "" } },
        );
        if (matchedCount === 1) return;
        const time = await now();
        const soon = at && at < time ? at : time;
        await kept.updateOne(held, { $set: { ...left, dueAt: soon }, $unset: { owner: "" } });
      }),
    nextDueAt: () =>
      database.run(async () => {
        const [found] = await kept
          .aggregate<{ readonly due: Date }>([
            { $match: { dueAt: { $gte: never } } },
            { $group: { _id: null, due: { $min: { $max: ["$dueAt", "$leaseUntil"] } } } },
          ])
          .toArray();
        return found?.due;
      }),
  };
}

function leaseOf(lane: KeptLane & { readonly _id: string }): LaneLease {
  return {
    lane: lane._id as LaneId,
    fence: lane.fence,
    wakes: lane.wakes,
    memory: JSON.parse(lane.memory) as LaneMemory,
  };
}
