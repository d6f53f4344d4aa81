import type { Clock } from "../../ports/clock.ts";
import { type CollectionName, collections } from "../../ports/collections.ts";
import type { Records, Store } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { type Database, openDatabase } from "./connect.ts";
import { createLanes } from "./lanes.ts";
import { migrate, probe } from "./migrate.ts";
import { createReads, type Reads } from "./reads.ts";
import { createRecords } from "./records.ts";
import { carryTime, followServer } from "./server-time.ts";
import { sayStartTrouble } from "./start-trouble.ts";

export interface MongoStoreOptions {
  /** `MONGODB_URL`, with its password. */
  readonly url: string;
  /** The hub's clock, which may part from MongoDB's; without it, they are the same. */
  readonly clock?: Clock;
  /** What time the hub has when MongoDB has this one. It is the same; a test may say otherwise. */
  readonly hubTime?: (serverTime: Date) => Date;
  /** How long a call waits for a server that can take it: five seconds. */
  readonly patienceMs?: number;
}

/**
 * Open the store in MongoDB. Any number of processes may have the same database open.
 *
 * Every write is kept by most members when its promise settles, and reads see nothing less. A write that rejects may
 * have happened all the same, when the connection broke before its answer: every step of the hub can be taken again.
 * Leases of a process that died run out by themselves.
 */
export async function openMongoStore({
  url,
  clock,
  hubTime = (serverTime) => serverTime,
  patienceMs,
}: MongoStoreOptions): Promise<Store> {
  const database = await openDatabase(url, patienceMs);
  try {
    await migrate(database);
  } catch (cause) {
    await database.close();
    throw sayStartTrouble(cause);
  }
  const serverTime = carryTime(database.now);
  const reads = createReads(database);
  const names = Object.keys(collections) as CollectionName[];
  const records = Object.fromEntries(
    names.map((name) => [name, recordsOf(database, reads, name)]),
  ) as unknown as Omit<Store, "lanes" | "probe" | "close">;
  return {
    ...records,
    lanes: createLanes(
      database,
      followServer(async () => hubTime(await serverTime()), clock),
    ),
    probe: () => database.run(() => probe(database)),
    close: database.close,
  } as Store;
}

function recordsOf(
  database: Database,
  reads: Reads,
  name: CollectionName,
): Records<Stored, string> {
  const indexes = collections[name].indexes as unknown as Readonly<
    Record<string, (record: Stored) => readonly KeyPart[] | undefined>
  >;
  return createRecords<Stored>(database, reads, name, indexes);
}
