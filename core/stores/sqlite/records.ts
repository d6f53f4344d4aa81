import type { Records, Scan } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { encodeKey, keyRange } from "../index-keys.ts";
import { readRecord, writeRecord } from "../record-text.ts";
import type { Connection, Statement } from "./bind.ts";
import type { Step } from "./commit.ts";
import type { Writer } from "./writer.ts";

type IndexKeys<Value> = Readonly<Record<string, (record: Value) => readonly KeyPart[] | undefined>>;

/** Name the column that holds an index's keys. */
export const columnOf = (index: string) => `"key_${index}"`;

/** Records that can also be inserted as one step of several. */
export interface SqliteRecords<Value extends Stored> extends Records<Value, string> {
  /** Insert unless the record is there, or one under another of these ids; two are looked for at most. */
  insertStep(record: Value, unless?: readonly string[]): Step;
}

/** Records of one collection in one table: the record as JSON text, and a column for each index. */
export function createRecords<Value extends Stored>(
  connection: Connection,
  writer: Writer,
  table: string,
  indexes: IndexKeys<Value>,
): SqliteRecords<Value> {
  const names = Object.keys(indexes);
  const columns = ["id", "organization", "revision", "body", ...names.map(columnOf)];
  const marks = columns.map(() => "?").join(", ");
  const changes = columns.slice(1).map((column) => `${column} = ?`);

  const get = connection.prepare(`SELECT body FROM "${table}" WHERE id = ?`);
  const insert = writer.statement(
    `INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`,
  );
  const insertUnless = writer.statement(
    `INSERT INTO "${table}" (${columns.join(", ")}) SELECT ${marks}
     WHERE NOT EXISTS (SELECT 1 FROM "${table}" WHERE id IN (?, ?)) ON CONFLICT (id) DO NOTHING`,
  );
  const replace = writer.statement(
    `UPDATE "${table}" SET ${changes.join(", ")} WHERE id = ? AND revision = ?`,
  );
  const remove = writer.statement(`DELETE FROM "${table}" WHERE id = ?`);
  const scans = new Map<string, Statement>();

  const keyOf = (index: string, record: Value) => {
    const parts = indexes[index]?.(record);
    return parts ? encodeKey(parts, record.id) : null;
  };
  const valuesOf = (record: Value) => [
    record.organization,
    record.revision,
    writeRecord(record),
    ...names.map((index) => keyOf(index, record)),
  ];
  const scanOf = (index: string, direction: "ASC" | "DESC") => {
    const column = columnOf(index);
    const sql = `SELECT body FROM "${table}" WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} ${direction} LIMIT ?`;
    const known = scans.get(sql) ?? connection.prepare(sql);
    scans.set(sql, known);
    return known;
  };

  return {
    get: async (id) => {
      const row = get.first(id);
      return row && readRecord<Value>(String(row["body"]));
    },
    insert: async (record) =>
      (await writer.run(insert, record.id, ...valuesOf(record))) === 1 ? "inserted" : "present",
    insertStep: (record, [one, other = one] = []) => {
      const values = [record.id, ...valuesOf(record)];
      return one === undefined || other === undefined
        ? { statement: insert, values }
        : { statement: insertUnless, values: [...values, one, other] };
    },
    replace: async (record, readRevision) =>
      (await writer.run(replace, ...valuesOf(record), record.id, readRevision)) === 1
        ? "saved"
        : "stale",
    remove: async (id) => void (await writer.run(remove, id)),
    scan: async (index, scan: Scan) => {
      const { from, to } = keyRange(scan);
      const statement = scanOf(index, scan.order === "descending" ? "DESC" : "ASC");
      return statement
        .all(from, to, scan.limit)
        .map((row) => readRecord<Value>(String(row["body"])));
    },
    cursorOf: (index, record) => keyOf(index, record) ?? "",
  };
}
