import { existsSync } from "node:fs";
import { HubError } from "../../domain/hub-error.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CollectionName } from "../../ports/collections.ts";
import { collections } from "../../ports/collections.ts";
import type { Records, Store } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { type Connection, openConnection } from "./bind.ts";
import { createLanes } from "./lanes.ts";
import { migrate, schemaVersion } from "./migrate.ts";
import { createRecords } from "./records.ts";
import { createWriter, type Writer } from "./writer.ts";

/**
 * Open the embedded store. Exactly one process may have the file open.
 *
 * Reads see what is committed. Every write is on disk when its promise settles (WAL, synchronous=FULL). Leases that
 * an earlier process left are void: it is gone, or this one could not have opened the folder.
 */
export function openSqliteStore({ path, clock }: { path: string; clock: Clock }): Store {
  const connection = openTables(path);
  connection.exec("UPDATE lanes SET lease_until = 0, owner = NULL WHERE owner IS NOT NULL");

  const writer = createWriter(connection);
  const names = Object.keys(collections) as CollectionName[];
  const records = Object.fromEntries(
    names.map((name) => [name, recordsOf(connection, writer, name)]),
  ) as unknown as Omit<Store, "lanes" | "probe" | "close">;
  const version = Number(connection.prepare("PRAGMA user_version").first()?.["user_version"]);

  return {
    ...records,
    lanes: createLanes(connection, writer, clock),
    probe: async () =>
      void (await writer.write(() => connection.exec(`PRAGMA user_version = ${version}`))),
    close: async () => {
      await writer.settled();
      connection.close();
    },
  } as Store;
}

/**
 * FULL: a commit is on disk. The log is written back every 16 MB and not every 4, for pages that change often are
 * then written once; 16 MB of pages stay in memory, where 2 would be read again and again.
 */
const settings = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = 5000;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA cache_size = -16000;
`;

/** Open the file and bring its tables up to date, or say in one sentence that it cannot be read. */
function openTables(path: string): Connection {
  let connection: Connection | undefined;
  try {
    connection = openConnection(path);
    connection.exec(settings);
    migrate(connection, path === ":memory:" ? undefined : freeCopyPath(path));
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof HubError && cause.code === "schema_too_new") throw cause;
    throw new HubError("store_unreadable", `${path} cannot be read as a Countersign database.`, {
      cause,
    });
  }
}

/** A name beside the database that nothing has yet, so that the copy of an earlier migration stays. */
function freeCopyPath(path: string): string {
  const first = `${path}.before-schema-${schemaVersion}`;
  let free = first;
  for (let number = 2; existsSync(free); number += 1) free = `${first}-${number}`;
  return free;
}

function recordsOf(connection: Connection, writer: Writer, name: CollectionName) {
  const indexes = collections[name].indexes as unknown as Readonly<
    Record<string, (record: Stored) => readonly KeyPart[] | undefined>
  >;
  return createRecords<Stored>(connection, writer, name, indexes) as Records<Stored, string>;
}
