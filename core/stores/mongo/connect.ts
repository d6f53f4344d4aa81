import { type Connection, createConnection, mongo } from "mongoose";
import { HubError } from "../../domain/hub-error.ts";
import { followLooks } from "./follow-looks.ts";
import { sayStartTrouble } from "./start-trouble.ts";

/** A collection of the driver, whose documents have texts as ids. */
export type Kept<Fields> = mongo.Collection<Fields & { _id: string }>;

/** An open database behind the door. Every call throws `HubError` alone. */
export interface Database {
  collection<Fields>(name: string): Kept<Fields>;
  /**
   * Run steps against MongoDB. What goes wrong in them is `store_unavailable`, or `store_closed` after the end; so is what
   * takes longer than any call may: a connection may fall silent and never end, and the driver waits for it.
   */
  run<Value>(step: () => Promise<Value>): Promise<Value>;
  /** What time it is for MongoDB: the clock that all processes share. */
  now(): Promise<Date>;
  close(): Promise<void>;
}

/** The database where the address names none. */
const usualName = "countersign";

/** How long a call waits for a server that can take it, unless told otherwise. */
const usualPatienceMs = 5_000;
/** How often every server is looked at. One that does not answer is given up after the patience of a call. */
const lookMs = 5_000;
/** How long a write waits until most members of a replica set have it. */
const majorityMs = 10_000;

/**
 * What is written is kept by most members before it is acknowledged, and what is read is kept so: nothing follows from
 * a change that an election may take back. The two that stand alone are here for an address that says otherwise: the
 * driver would let it.
 */
const durable = {
  writeConcern: { w: "majority", wtimeoutMS: majorityMs },
  journal: true,
  readConcern: { level: "majority" },
  readConcernLevel: "majority",
  readPreference: "primary",
} as const;

/**
 * Open the database that an address names.
 *
 * A connection of its own, never mongoose's global one, and without its buffer: while no server is there, calls fail
 * after their patience and nothing piles up. Throws `HubError` with one sentence for the operator, which never holds the
 * address, because that may hold a password.
 */
export async function openDatabase(url: string, patienceMs = usualPatienceMs): Promise<Database> {
  const connecting = await keepConnected(() => connect(url, patienceMs), lookMs + 2 * patienceMs);
  let closed = false;
  const database = () => {
    const { db } = connecting.now();
    if (closed || !db) throw new HubError("store_closed", "The database is closed.");
    return db;
  };
  const run = async <Value>(step: () => Promise<Value>): Promise<Value> => {
    try {
      database();
      return await within(majorityMs + 4 * patienceMs, step());
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      throw new HubError("store_unavailable", "MongoDB does not answer what the hub asks of it.", {
        cause,
      });
    }
  };
  return {
    collection: <Fields>(name: string) =>
      currentOf(() => database().collection<Fields & { _id: string }>(name)),
    run,
    now: () => run(async () => (await database().command({ hello: 1 }))["localTime"] as Date),
    close: async () => {
      closed = true;
      await connecting.close();
    },
  };
}

/** Wait no longer than this. What comes of the step later, nobody hears. */
async function within<Value>(ms: number, step: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It has not answered for ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A collection of the connection that there is at each call. */
const currentOf = <Of extends object>(current: () => Of) =>
  new Proxy({} as Of, {
    get: (_, name) => {
      const collection = current();
      const member: unknown = Reflect.get(collection, name);
      return typeof member === "function" ? member.bind(collection) : member;
    },
  });

/**
 * Stay connected. The driver finds its servers again by itself, but where a look at one of them hangs, it never does: then
 * another connection takes the place of this one. Two rounds must find the look hanging, for a process that was stopped
 * finds every look old.
 */
async function keepConnected(open: () => Promise<Connection>, longestLookMs: number) {
  let connection = await open();
  let hangs = followLooks(connection.getClient(), longestLookMs);
  let found = 0;
  let closed = false;
  const renew = async () => {
    const fresh = await open().catch(() => undefined);
    if (!fresh) return;
    const old = closed ? fresh : connection;
    if (!closed) {
      connection = fresh;
      hangs = followLooks(fresh.getClient(), longestLookMs);
    }
    // What is on its way there fails, as it did all the time.
    await old.destroy(true).catch(() => {});
  };
  let renewing: Promise<void> | undefined;
  const timer = setInterval(() => {
    found = hangs() ? found + 1 : 0;
    if (found < 2 || renewing !== undefined) return;
    renewing = renew().finally(() => {
      renewing = undefined;
    });
  }, lookMs).unref();
  return {
    now: () => connection,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await renewing;
      await connection.destroy();
    },
  };
}

async function connect(url: string, patienceMs: number): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    connection = createConnection(url, {
      ...durable,
      serverSelectionTimeoutMS: patienceMs,
      connectTimeoutMS: patienceMs,
      heartbeatFrequencyMS: lookMs,
      ...(namesDatabase(url) ? {} : { dbName: usualName }),
      appName: "countersign",
      autoCreate: false,
      autoIndex: false,
      bufferCommands: false,
    });
    return await connection.asPromise();
  } catch (cause) {
    // mongoose lists each connection until it is destroyed, and while a server is away there are many of them.
    await connection?.destroy(true).catch(() => {});
    throw sayStartTrouble(cause);
  }
}

/** Whether an address has a path, which is where it names the database. */
const namesDatabase = (url: string) => /^[^:]+:\/\/[^/?]*\/[^?]/.test(url);

/** Tell whether a write failed because its id is taken. */
export function isTaken(cause: unknown): boolean {
  return cause instanceof mongo.MongoServerError && cause.code === 11_000;
}

/**
 * Of several inserts, the positions of those whose id is taken. Answers undefined when anything else went wrong too: then
 * nobody knows what of the rest will stay.
 */
export function takenOf(cause: unknown): ReadonlySet<number> | undefined {
  if (!(cause instanceof mongo.MongoBulkWriteError)) return undefined;
  const errors = [cause.writeErrors].flat();
  const isTakenAlone = errors.length > 0 && errors.every(({ code }) => code === 11_000);
  if (!isTakenAlone || cause.result.getWriteConcernError()) return undefined;
  return new Set(errors.map(({ index }) => index));
}
