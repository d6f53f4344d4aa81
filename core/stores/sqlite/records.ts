import type { Records, Scan } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { readRecord, writeRecord } from "../record-text.ts";
import type { Connection, Form, Row, Statement } from "./bind.ts";
import { unpackBody } from "./body-bytes.ts";
import type { Step } from "./commit.ts";
import { cursorOfPlace, idBytes, keyBytes, keyRange } from "./key-bytes.ts";
import type { Writer } from "./writer.ts";

/** The indexes of one collection, by name; each gives a record's key, or undefined to leave the record out. */
export type IndexKeys<Value> = Readonly<
  Record<string, (record: Value) => readonly KeyPart[] | undefined>
>;

/** Name the column that holds an index's keys. */
export const columnOf = (index: string) => `"key_${index}"`;

/** Read the record of a row with its body. */
export const recordIn = <Value>(row: Row) => readRecord<Value>(unpackBody(row["body"]));

/** Records that can also be inserted as one step of several. */
export interface SqliteRecords<Value extends Stored> extends Records<Value, string> {
  /** Changes a row unless the record is there. */
  insertStep(record: Value): Step;
  /** Finds a row where a record has one of these two ids. */
  findStep(one: string, other: string): Step;
}

/** How a record becomes a row: its id, its revision, itself as text, and a key for each index. */
export function rowShape<Value extends Stored>(indexes: IndexKeys<Value>) {
  const names = Object.keys(indexes);
  const keyOf = (index: string, record: Value) => {
    const parts = indexes[index]?.(record);
    return parts ? keyBytes(parts) : null;
  };
  const forms: readonly Form[] = ["bytes", "plain", "body", ...names.map(() => "bytes" as const)];
  return {
    columns: ["id", "revision", "body", ...names.map(columnOf)],
    forms,
    keyOf,
    valuesOf: (record: Value) => [
      idBytes(record.id),
      record.revision,
      writeRecord(record),
      ...names.map((index) => keyOf(index, record)),
    ],
  };
}

/** Ask for keys from one to another, where that is asked after a place, and for so many. */
export function scanSql(table: string, index: string, { order, after }: Scan): string {
  const column = columnOf(index);
  const [direction, beyond] = order === "descending" ? ["DESC", "<"] : ["ASC", ">"];
  const rest = after === undefined ? "" : ` AND (${column}, id) ${beyond} (?, ?)`;
  return `SELECT body FROM "${table}" WHERE ${column} >= ? AND ${column} < ?${rest} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`;
}

const afterForms = ({ after }: Scan): readonly Form[] =>
  after === undefined ? [] : ["bytes", "bytes"];

/** Records of one collection in one table. */
export function createRecords<Value extends Stored>(
  connection: Connection,
  writer: Writer,
  table: string,
  indexes: IndexKeys<Value>,
): SqliteRecords<Value> {
  const { columns, forms, keyOf, valuesOf } = rowShape(indexes);
  const marks = columns.map(() => "?").join(", ");
  const changes = columns.map((column, index) => `${column} = ?${index + 1}`).slice(1);

  const get = connection.prepare(`SELECT body FROM "${table}" WHERE id = ?`, ["bytes"]);
  const insert = writer.statement(
    `INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${marks}) ON CONFLICT (id) DO NOTHING`,
    forms,
  );
  // Each by itself: a list of them would be made into a table of its own first. And not as a condition of the insert,
  // which then takes half as long again.
  const isThere = `EXISTS (SELECT 1 FROM "${table}" WHERE id = ?)`;
  const find = writer.statement(`SELECT 1 WHERE ${isThere} OR ${isThere}`, ["bytes", "bytes"]);
  const replace = writer.statement(
    `UPDATE "${table}" SET ${changes.join(", ")} WHERE id = ?1 AND revision = ?${columns.length + 1}`,
    forms,
  );
  const remove = writer.statement(`DELETE FROM "${table}" WHERE id = ?`, ["bytes"]);
  const scans = new Map<string, Statement>();
  const scanOf = (index: string, scan: Scan) => {
    const sql = scanSql(table, index, scan);
    const known =
      scans.get(sql) ?? connection.prepare(sql, ["bytes", "bytes", ...afterForms(scan)]);
    scans.set(sql, known);
    return known;
  };

  return {
    get: async (id) => {
      const row = get.first(idBytes(id));
      return row && recordIn<Value>(row);
    },
    insert: async (record) =>
      (await writer.run(insert, ...valuesOf(record))) === 1 ? "inserted" : "present",
    insertStep: (record) => ({ statement: insert, values: valuesOf(record) }),
    findStep: (one, other) => ({ statement: find, values: [idBytes(one), idBytes(other)] }),
    replace: async (record, readRevision) =>
      (await writer.run(replace, ...valuesOf(record), readRevision)) === 1 ? "saved" : "stale",
    remove: async (id) => void (await writer.run(remove, idBytes(id))),
    scan: async (index, scan: Scan) => {
      const { from, to, after } = keyRange(scan);
      const place = after ? [after.key, after.id] : [];
      return scanOf(index, scan)
        .all(from, to, ...place, scan.limit)
        .map(recordIn<Value>);
    },
    cursorOf: (index, record) => {
      const key = keyOf(index, record);
      return key === null ? "" : cursorOfPlace({ key, id: idBytes(record.id) });
    },
  };
}
