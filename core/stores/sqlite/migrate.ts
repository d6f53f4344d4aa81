import { HubError } from "../../domain/hub-error.ts";
import type { CollectionName } from "../../ports/collections.ts";
import { collections } from "../../ports/collections.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { encodeKey } from "../index-keys.ts";
import { readRecord } from "../record-text.ts";
import type { Connection } from "./bind.ts";
import { lanesTable } from "./lanes.ts";
import { columnOf } from "./records.ts";

/** The version of the schema that this program writes. It works on its own and on the next one. */
export const schemaVersion = 1;

type Indexes = Readonly<Record<string, (record: Stored) => readonly KeyPart[] | undefined>>;

const versionOf = (connection: Connection) =>
  Number(connection.prepare("PRAGMA user_version").first()?.["user_version"] ?? 0);

/**
 * Bring the tables up to what this program needs. Migrations only add: a table, or an index of a table.
 *
 * A file that lacks something is copied to `copyTo` before it is touched. Throws `HubError("schema_too_new")` on a
 * database that a much newer program has written.
 */
export function migrate(connection: Connection, copyTo: string | undefined): void {
  const version = versionOf(connection);
  if (version > schemaVersion + 1) {
    throw new HubError(
      "schema_too_new",
      `This database has schema ${version}; this program knows ${schemaVersion}. Start the newer version that wrote it.`,
    );
  }
  const steps = missingSteps(connection);
  if (steps.length === 0 && version >= schemaVersion) return;
  if (version > 0 && copyTo !== undefined) {
    connection.prepare("VACUUM INTO ?").run(copyTo);
  }
  connection.exec("BEGIN IMMEDIATE");
  for (const step of steps) step();
  connection.exec(lanesTable);
  if (version < schemaVersion) connection.exec(`PRAGMA user_version = ${schemaVersion}`);
  connection.exec("COMMIT");
}

function missingSteps(connection: Connection): (() => void)[] {
  const names = Object.keys(collections) as CollectionName[];
  return names.flatMap((name) => {
    const columns = connection.prepare(`PRAGMA table_info("${name}")`).all();
    const present = new Set(columns.map((column) => `"${String(column["name"])}"`));
    const indexes = collections[name].indexes as unknown as Indexes;
    const table = present.size > 0 ? [] : [() => createTable(connection, name)];
    const added = Object.entries(indexes)
      .filter(([index]) => !present.has(columnOf(index)))
      .map(
        ([index, keyOf]) =>
          () =>
            addIndex(connection, name, index, keyOf),
      );
    return [...table, ...added];
  });
}

/** With row numbers: without them, every body above a quarter of a page would take a page of its own besides. */
function createTable(connection: Connection, name: string): void {
  connection.exec(
    `CREATE TABLE "${name}" (id TEXT PRIMARY KEY NOT NULL, organization TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL)`,
  );
}

function addIndex(
  connection: Connection,
  table: string,
  index: string,
  keyOf: Indexes[string],
): void {
  const column = columnOf(index);
  connection.exec(`ALTER TABLE "${table}" ADD COLUMN ${column} TEXT`);
  const set = connection.prepare(`UPDATE "${table}" SET ${column} = ? WHERE id = ?`);
  for (const row of connection.prepare(`SELECT body FROM "${table}"`).all()) {
    const record = readRecord<Stored>(String(row["body"]));
    const parts = keyOf(record);
    if (parts) set.run(encodeKey(parts, record.id), record.id);
  }
  connection.exec(
    `CREATE INDEX "${table}_${index}" ON "${table}" (${column}) WHERE ${column} IS NOT NULL`,
  );
}
