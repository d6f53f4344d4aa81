import { renameSync, rmSync } from "node:fs";
import { HubError } from "../../domain/hub-error.ts";
import type { CollectionName } from "../../ports/collections.ts";
import { collections } from "../../ports/collections.ts";
import type { Stored } from "../../ports/stored.ts";
import type { Connection, Row } from "./bind.ts";
import { lanesTable } from "./lanes.ts";
import { columnOf, type IndexKeys, recordIn, rowShape } from "./records.ts";

/**
 * The version of the schema that this program writes. It works on its own and on the next one.
 *
 * 4 keeps ids, keys and long records as bytes. There was no 2, so that a program of schema 1 takes nothing for its next
 * that it cannot read; 3 was in no release.
 */
export const schemaVersion = 4;
/** Before this one, keys were written otherwise. */
const firstOfThese = 4;

const versionOf = (connection: Connection) =>
  Number(connection.prepare("PRAGMA user_version").first()?.["user_version"] ?? 0);

const indexesOf = (name: CollectionName) =>
  collections[name].indexes as unknown as IndexKeys<Stored>;

/**
 * Bring the tables up to what this program needs. From schema 4 on migrations only add: a table, or an index of a table.
 * Tables of an earlier schema are written anew. An index of a later program goes: it would lack what this one writes, and
 * the later one makes it anew.
 *
 * A file that lacks something is copied to `copyTo` before it is touched; one that cannot be brought up to date stays as
 * it was, and no copy of it is left. Throws `HubError("schema_too_new")` on a database that a much newer program has
 * written.
 */
export function migrate(connection: Connection, copyTo: string | undefined): void {
  const version = versionOf(connection);
  if (version > schemaVersion + 1) {
    throw new HubError(
      "schema_too_new",
      `This database has schema ${version}; this program knows ${schemaVersion}. Start the newer version that wrote it.`,
    );
  }
  const rewrites = version > 0 && version < firstOfThese;
  const steps = (Object.keys(collections) as CollectionName[]).flatMap((name) =>
    rewrites ? [() => rewriteTable(connection, name)] : missingSteps(connection, name),
  );
  if (steps.length > 0 || version < schemaVersion)
    takeSteps(connection, version, version > 0 ? copyTo : undefined, steps);
  for (const name of Object.keys(collections) as CollectionName[]) dropUnknown(connection, name);
}

/** Take all of these steps or none, with a copy of the database before. */
function takeSteps(
  connection: Connection,
  version: number,
  copy: string | undefined,
  steps: readonly (() => void)[],
): void {
  if (copy !== undefined) keepCopy(connection, copy);
  connection.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps) step();
    connection.exec(lanesTable);
    if (version < schemaVersion) connection.exec(`PRAGMA user_version = ${schemaVersion}`);
    connection.exec("COMMIT");
  } catch (cause) {
    if (connection.inTransaction()) connection.exec("ROLLBACK");
    // Else each start would leave another one.
    if (copy !== undefined) rmSync(copy, { force: true });
    throw cause;
  }
}

/** Copy the database. It has its name only when it is whole, so that nobody goes back to half of one. */
function keepCopy(connection: Connection, copyTo: string): void {
  const half = `${copyTo}.half`;
  rmSync(half, { force: true });
  try {
    connection.prepare("VACUUM INTO ?").run(half);
    renameSync(half, copyTo);
  } catch (cause) {
    rmSync(half, { force: true });
    throw cause;
  }
}

function missingSteps(connection: Connection, name: CollectionName): (() => void)[] {
  const columns = columnsOf(connection, name);
  if (columns.size === 0) return [() => createTable(connection, name)];
  const filled = filledIndexes(connection, name);
  return Object.keys(indexesOf(name))
    .filter((index) => !filled.has(`${name}_${index}`))
    .map((index) => () => addIndex(connection, name, index, columns.has(columnOf(index))));
}

/** A column of keys without its index is one that an earlier program has left unfilled. */
function filledIndexes(connection: Connection, table: string): ReadonlySet<string> {
  const indexes = connection.prepare(`PRAGMA index_list("${table}")`).all();
  return new Set(indexes.map((index) => String(index["name"])));
}

function dropUnknown(connection: Connection, name: CollectionName): void {
  const known = new Set(Object.keys(indexesOf(name)).map((index) => `${name}_${index}`));
  const columns = columnsOf(connection, name);
  for (const index of filledIndexes(connection, name)) {
    const isKeys = columns.has(columnOf(index.slice(name.length + 1)));
    if (isKeys && !known.has(index)) connection.exec(`DROP INDEX "${index}"`);
  }
}

function columnsOf(connection: Connection, table: string): ReadonlySet<string> {
  const columns = connection.prepare(`PRAGMA table_info("${table}")`).all();
  return new Set(columns.map((column) => `"${String(column["name"])}"`));
}

/** With row numbers: without them, every body above a quarter of a page would take a page of its own besides. */
function createTable(connection: Connection, name: CollectionName): void {
  const keys = Object.keys(indexesOf(name)).map((index) => `${columnOf(index)} BLOB`);
  const columns = ["id BLOB PRIMARY KEY NOT NULL", "revision INTEGER NOT NULL", "body NOT NULL"];
  connection.exec(`CREATE TABLE "${name}" (${[...columns, ...keys].join(", ")})`);
  for (const index of Object.keys(indexesOf(name))) createIndex(connection, name, index);
}

function createIndex(connection: Connection, table: string, index: string): void {
  const column = columnOf(index);
  connection.exec(
    `CREATE INDEX "${table}_${index}" ON "${table}" (${column}, id) WHERE ${column} IS NOT NULL`,
  );
}

function addIndex(
  connection: Connection,
  table: CollectionName,
  index: string,
  hasColumn: boolean,
): void {
  const column = columnOf(index);
  connection.exec(
    hasColumn
      ? `UPDATE "${table}" SET ${column} = NULL`
      : `ALTER TABLE "${table}" ADD COLUMN ${column} BLOB`,
  );
  const { keyOf } = rowShape(indexesOf(table));
  const set = connection.prepare(`UPDATE "${table}" SET ${column} = ? WHERE rowid = ?`, ["bytes"]);
  for (const row of rowsOf(connection, table)) {
    const key = keyOf(index, recordIn<Stored>(row));
    if (key !== null) set.run(key, Number(row["rowid"]));
  }
  createIndex(connection, table, index);
}

/** Put the records of a table of an earlier schema into one of this schema, in the order in which they came. */
function rewriteTable(connection: Connection, name: CollectionName): void {
  const former = `${name}_former`;
  const isThere = columnsOf(connection, name).size > 0;
  if (isThere) {
    connection.exec(`ALTER TABLE "${name}" RENAME TO "${former}"`);
    for (const index of Object.keys(indexesOf(name)))
      connection.exec(`DROP INDEX IF EXISTS "${name}_${index}"`);
  }
  createTable(connection, name);
  if (!isThere) return;
  const { columns, forms, valuesOf } = rowShape(indexesOf(name));
  const marks = columns.map(() => "?").join(", ");
  const insert = connection.prepare(
    `INSERT INTO "${name}" (${columns.join(", ")}) VALUES (${marks})`,
    forms,
  );
  for (const row of rowsOf(connection, former)) insert.run(...valuesOf(recordIn<Stored>(row)));
  connection.exec(`DROP TABLE "${former}"`);
}

const rowsAtOnce = 1_000;

/** Every row of a table with its body, a part at a time, for a table may be larger than memory. */
function* rowsOf(connection: Connection, table: string): Generator<Row> {
  const read = connection.prepare(
    `SELECT rowid, body FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ${rowsAtOnce}`,
  );
  for (let after = 0; ; ) {
    const rows = read.all(after);
    yield* rows;
    if (rows.length < rowsAtOnce) return;
    after = Number(rows.at(-1)?.["rowid"]);
  }
}
