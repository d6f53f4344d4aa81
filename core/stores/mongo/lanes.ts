import { randomUUID } from "node:crypto";
import type { LaneId } from "../../domain/delivery.ts";
import type { LaneLease, LaneMemory, Lanes } from "../../ports/store.ts";
import { freshMemory, readMemory } from "../lane-memory.ts";
import { type Database, isTaken, type Kept } from "./connect.ts";
import { gather } from "./gather.ts";
import type { ServerClock } from "./server-time.ts";

/** A lane as MongoDB keeps it. */
export interface KeptLane {
  readonly fence: number;
  readonly wakes: number;
  readonly owner?: string;
  /** The question by which it was taken, where that took several. */
  readonly mark?: string;
  readonly leaseUntil: Date;
  /** Absent while the lane is idle. */
  readonly dueAt?: Date;
  /** What one holder left for the next, as JSON text. */
  readonly memory: string;
}

/** The collection of the lanes, beside those of the records. */
export const lanesName = "lanes";

const never = new Date(0);
const after = { returnDocument: "after" } as const;

/** A lane that was woken by a process whose clock goes a little ahead of the server's is due for all that. */
const clockSlackMs = 5;

/**
 * Lanes in MongoDB: every step changes one document, and says in its filter what must hold.
 *
 * The time is the server's, so a lease is judged by the one clock that all processes share, and it may end some
 * milliseconds early, never late. However long a process sleeps between learning the time and stepping, it takes no lane
 * whose lease still runs, and the fence it gets is higher than every fence before. Renewals of one turn share a question.
 */
export function createLanes(database: Database, { now, read, tell }: ServerClock): Lanes {
  const kept = database.collection<KeptLane>(lanesName);
  const wakeOnce = (lane: LaneId, at: Date) =>
    kept.updateOne(
      { _id: lane },
      {
        $inc: { wakes: 1 },
        $min: { dueAt: at },
        $setOnInsert: { fence: 0, leaseUntil: never, memory: JSON.stringify(freshMemory) },
      },
      { upsert: true },
    );

  const renew = gather((wishes: readonly Renewal[]) =>
    database.run(async () => renewAll(kept, wishes, await now())),
  );
  const claim = gather((wishes: readonly Claim[]) =>
    database.run(async () => claimAll(kept, wishes, await now())),
  );
  const release = gather((wishes: readonly Return[]) =>
    database.run(async () => releaseAll(kept, wishes, now)),
  );

  return {
    wake: (lane, at) =>
      database.run(async () => {
        const due = await read(at);
        // Of two processes that wake a new lane at once one may be told that the id is taken: then it is there.
        await wakeOnce(lane, due).catch((cause: unknown) => {
          if (!isTaken(cause)) throw cause;
          return wakeOnce(lane, due);
        });
      }),
    claim: (owner, leaseMs) => claim({ owner, leaseMs }),
    renew: (lease, leaseMs, memory = lease.memory) => renew({ lease, leaseMs, memory }),
    release: async (lease, { at, memory }) =>
      release({ lease, at: at && (await read(at)), memory }),
    nextDueAt: () =>
      database.run(async () => {
        const [found] = await kept
          .aggregate<{ readonly due: Date }>([
            { $match: { dueAt: { $gte: never } } },
            { $group: { _id: null, due: { $min: { $max: ["$dueAt", "$leaseUntil"] } } } },
          ])
          .toArray();
        return found && tell(found.due);
      }),
  };
}

interface Claim {
  readonly owner: string;
  readonly leaseMs: number;
}

/**
 * Take as many lanes as are wished for: those that are due longest and that nobody holds.
 *
 * Several are found first and then taken, each only while nobody has taken it since. Where somebody was faster with one
 * of them, what is read afterwards tells whose each is.
 */
async function claimAll(
  kept: Kept<KeptLane>,
  wishes: readonly Claim[],
  time: Date,
): Promise<readonly (LaneLease | undefined)[]> {
  const free = { dueAt: { $lte: until(time, clockSlackMs) }, leaseUntil: { $lte: time } };
  const taken = ({ owner, leaseMs }: Claim) => ({ owner, leaseUntil: until(time, leaseMs) });
  const [first, ...others] = wishes;
  if (!first) return [];
  if (others.length === 0) {
    const change = { $inc: { fence: 1 }, $set: taken(first) };
    const lane = await kept.findOneAndUpdate(free, change, { sort: { dueAt: 1 }, ...after });
    return [lane ? leaseOf(lane) : undefined];
  }
  const due = await kept.find(free).sort({ dueAt: 1 }).limit(wishes.length).toArray();
  if (due.length === 0) return wishes.map(() => undefined);
  // This process may have asked twice at once, so the holder's name alone does not tell whose a lane is.
  const mark = randomUUID();
  const { matchedCount } = await kept.bulkWrite(
    due.map(({ _id, fence, leaseUntil }, index) => ({
      updateOne: {
        filter: { _id, fence, leaseUntil, dueAt: free.dueAt },
        update: { $inc: { fence: 1 }, $set: { ...taken(wishes[index] ?? first), mark } },
      },
    })),
    { ordered: false },
  );
  const all = new Set(due.map(({ _id }) => _id));
  const mine = matchedCount === due.length ? all : await markedWith(kept, all, mark);
  return wishes.map((_, index) => {
    const lane = due[index];
    return lane && mine.has(lane._id) ? leaseOf({ ...lane, fence: lane.fence + 1 }) : undefined;
  });
}

async function markedWith(
  kept: Kept<KeptLane>,
  lanes: ReadonlySet<string>,
  mark: string,
): Promise<ReadonlySet<string>> {
  const found = kept.find({ _id: { $in: [...lanes] }, mark }, { projection: { _id: 1 } });
  return new Set((await found.toArray()).map(({ _id }) => _id));
}

interface Renewal {
  readonly lease: LaneLease;
  readonly leaseMs: number;
  readonly memory: LaneMemory;
}

/** Keep lanes longer. What is read afterwards tells which are kept: a fence that is still there was there before. */
async function renewAll(
  kept: Kept<KeptLane>,
  wishes: readonly Renewal[],
  time: Date,
): Promise<readonly (LaneLease | undefined)[]> {
  const steps = wishes.map(({ lease: { lane, fence }, leaseMs, memory }) => ({
    filter: { _id: lane, fence },
    update: { $set: { leaseUntil: until(time, leaseMs), memory: JSON.stringify(memory) } },
  }));
  const [only] = steps;
  if (only && steps.length === 1) {
    const lane = await kept.findOneAndUpdate(only.filter, only.update, after);
    return [lane ? leaseOf(lane) : undefined];
  }
  await kept.bulkWrite(
    steps.map((updateOne) => ({ updateOne })),
    { ordered: false },
  );
  const found = await kept.find({ _id: { $in: wishes.map(({ lease }) => lease.lane) } }).toArray();
  const lanes = new Map(found.map((lane) => [lane._id, lane]));
  return wishes.map(({ lease, memory }) => {
    const lane = lanes.get(lease.lane);
    return lane?.fence === lease.fence ? { ...leaseOf(lane), memory } : undefined;
  });
}

interface Return {
  readonly lease: LaneLease;
  readonly at: Date | undefined;
  readonly memory: LaneMemory;
}

/** Give lanes back. Those that were woken since their lease was read, and are held still, are due at once. */
async function releaseAll(
  kept: Kept<KeptLane>,
  wishes: readonly Return[],
  now: () => Promise<Date>,
): Promise<readonly undefined[]> {
  const left = (memory: LaneMemory) => ({ leaseUntil: never, memory: JSON.stringify(memory) });
  const { matchedCount } = await kept.bulkWrite(
    wishes.map(({ lease: { lane, fence, wakes }, at, memory }) => ({
      updateOne: {
        filter: { _id: lane, fence, wakes },
        update: at
          ? { $set: { ...left(memory), dueAt: at }, $unset: { owner: "" } }
          : { $set: left(memory), $unset: { owner: "", dueAt: "" } },
      },
    })),
    { ordered: false },
  );
  const answers = wishes.map(() => undefined);
  if (matchedCount === wishes.length) return answers;
  const time = await now();
  await kept.bulkWrite(
    wishes.map(({ lease: { lane, fence }, at, memory }) => ({
      updateOne: {
        // A lane that was given back has no lease any more, and is left as it is.
        filter: { _id: lane, fence, leaseUntil: { $gt: never } },
        update: {
          $set: { ...left(memory), dueAt: at && at < time ? at : time },
          $unset: { owner: "" },
        },
      },
    })),
    { ordered: false },
  );
  return answers;
}

const until = (start: Date, ms: number) => new Date(start.getTime() + ms);

function leaseOf(lane: KeptLane & { readonly _id: string }): LaneLease {
  return {
    lane: lane._id as LaneId,
    fence: lane.fence,
    wakes: lane.wakes,
    memory: readMemory(lane.memory),
  };
}
