import type { Records, Scan } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { encodeKey, keyRange } from "../index-keys.ts";
import { readRecord, writeRecord } from "../record-text.ts";
import type { Connection, Statement } from "./bind.ts";
import type { Writer } from "./writer.ts";

type IndexKeys<Value> = Readonly<Record<string, (record: Value) => readonly KeyPart[] | undefined>>;

/** Name the column that holds an index's keys. */
export const columnOf = (index: string) => `"key_${index}"`;

/** Records of one collection in one table: the record as JSON text, and a column for each index. */
export function createRecords<Value extends Stored>(
  connection: Connection,
  writer: Writer,
  table: string,
  indexes: IndexKeys<Value>,
): Records<Value, string> {
  const names = Object.keys(indexes);
  const columns = ["id", "organization", "revision", "body", ...names.map(columnOf)];
  const marks = columns.map(() => "?").join(", ");
  const changes = columns.slice(1).map((column) => `${column} = ?`);

  const get = connection.prepare(`SELECT body FROM "${table}" WHERE id = ?`);
  const insert = connection.prepare(
    `INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`,
  );
  const replace = connection.prepare(
    `UPDATE "${table}" SET ${changes.join(", ")} WHERE id = ? AND revision = ?`,
  );
  const remove = connection.prepare(`DELETE FROM "${table}" WHERE id = ?`);
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
    insert: (record) =>
      writer.write(() =>
        insert.run(record.id, ...valuesOf(record)) === 1 ? "inserted" : "present",
      ),
    replace: (record, readRevision) =>
      writer.write(() =>
        replace.run(...valuesOf(record), record.id, readRevision) === 1 ? "saved" : "stale",
      ),
    remove: (id) => writer.write(() => void remove.run(id)),
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
