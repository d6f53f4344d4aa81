import { existsSync } from "node:fs";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { HubError } from "../../domain/hub-error.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CollectionName } from "../../ports/collections.ts";
import { collections } from "../../ports/collections.ts";
import type { Store } from "../../ports/store.ts";
import type { Stored } from "../../ports/stored.ts";
import { type Connection, openConnection } from "./bind.ts";
import { commitApart } from "./commit-apart.ts";
import { createLanes } from "./lanes.ts";
import { migrate, schemaVersion } from "./migrate.ts";
import { createRecords, type IndexKeys, type SqliteRecords } from "./records.ts";
import { writerSettings } from "./settings.ts";
import { findShutFile } from "./shut-file.ts";
import { createTakeIn } from "./take-in.ts";
import { commitHere, createWriter, type Writer } from "./writer.ts";

interface TakingRecords {
  readonly events: SqliteRecords<AcceptedEvent>;
  readonly deliveries: SqliteRecords<Delivery>;
}

export interface SqliteStoreOptions {
  readonly path: string;
  readonly clock: Clock;
  /** The compiled program of the thread that writes; without it, writes are made on the calling thread. */
  readonly thread?: URL;
}

/**
 * Open the embedded store. Exactly one process may have the file open.
 *
 * Reads see what is committed. Every write is on disk when its promise settles (WAL, synchronous=FULL). Leases that
 * an earlier process left are void: it is gone, or this one could not have opened the folder.
 */
export function openSqliteStore({ path, clock, thread }: SqliteStoreOptions): Store {
  const connection = openTables(path);
  const writer = createWriter(thread ? commitApart(thread, path) : commitHere(connection));
  const names = Object.keys(collections) as CollectionName[];
  const records = Object.fromEntries(
    names.map((name) => [name, recordsOf(connection, writer, name)]),
  ) as unknown as Omit<Store, "lanes" | "takeIn" | "probe" | "close"> & TakingRecords;
  const lanes = createLanes(connection, writer, clock);
  const version = Number(connection.prepare("PRAGMA user_version").first()?.["user_version"]);
  const probe = writer.statement(`PRAGMA user_version = ${version}`);

  return {
    ...records,
    lanes,
    takeIn: createTakeIn(writer, records.events, records.deliveries, lanes),
    probe: async () => void (await writer.run(probe)),
    close: async () => {
      await writer.settled();
      await writer.close();
      connection.close();
    },
  } as Store;
}

/** Open the file, bring its tables up to date and free the lanes, or say in one sentence why that cannot be. */
function openTables(path: string): Connection {
  let connection: Connection | undefined;
  try {
    connection = openConnection(path);
    connection.exec(writerSettings);
    migrate(connection, path === ":memory:" ? undefined : freeCopyPath(path));
    connection.exec("UPDATE lanes SET lease_until = 0, owner = NULL WHERE owner IS NOT NULL");
    return connection;
  } catch (cause) {
    connection?.close();
    throw sayStartTrouble(path, cause);
  }
}

/** What the driver says of a file that is whole, by the beginning of its code. */
const unwritable = [
  ["SQLITE_FULL", "The disk of $ is full. Make room on it, as much as the database takes."],
  ["SQLITE_READONLY", "$ cannot be written. Give this user the right to write it."],
] as const;

function sayStartTrouble(path: string, cause: unknown): HubError {
  if (cause instanceof HubError && cause.code === "schema_too_new") return cause;
  const { code = "" } = ((cause as Error).cause ?? {}) as { readonly code?: string };
  const known = unwritable.find(([beginning]) => code.startsWith(beginning));
  const shut = known ? undefined : findShutFile(path);
  if (shut !== undefined) {
    const remedy = "Give this user the right to read and write it.";
    return new HubError("store_unwritable", `${shut} cannot be opened. ${remedy}`, { cause });
  }
  return known
    ? new HubError(
        "store_unwritable",
        known[1].replace("$", () => path),
        { cause },
      )
    : new HubError("store_unreadable", `${path} cannot be read as a Countersign database.`, {
        cause,
      });
}

/** A name beside the database that nothing has yet, so that the copy of an earlier migration stays. */
function freeCopyPath(path: string): string {
  const first = `${path}.before-schema-${schemaVersion}`;
  let free = first;
  for (let number = 2; existsSync(free); number += 1) free = `${first}-${number}`;
  return free;
}

function recordsOf(connection: Connection, writer: Writer, name: CollectionName) {
  const indexes = collections[name].indexes as unknown as IndexKeys<Stored>;
  return createRecords<Stored>(connection, writer, name, indexes);
}
