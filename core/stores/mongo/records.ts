import { HubError } from "../../domain/hub-error.ts";
import type { Records, Scan } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { encodeKey, keyRange } from "../index-keys.ts";
import { readRecord, writeRecord } from "../record-text.ts";
import { type Database, type Kept, takenOf } from "./connect.ts";
import { gather } from "./gather.ts";
import type { Reads } from "./reads.ts";
import { type Change, replaceAll } from "./replace-all.ts";

type IndexKeys<Value> = Readonly<Record<string, (record: Value) => readonly KeyPart[] | undefined>>;

/** A record as MongoDB keeps it; the id of the document is the record's. */
export interface KeptRecord {
  readonly organization: string;
  readonly revision: number;
  /** The whole record as JSON text. */
  readonly body: string;
  /** A key for each index that the record is in. */
  readonly keys: Readonly<Record<string, string>>;
  /** Which writes made the latest revisions, by the revision's place in a ring. */
  readonly writes?: Readonly<Record<string, string>>;
}

/** Name the field that holds an index's keys. */
export const fieldOf = (index: string) => `keys.${index}`;

/** Records of one kind in one collection: the record as JSON text, and a key for each index. */
export function createRecords<Value extends Stored>(
  database: Database,
  reads: Reads,
  name: string,
  indexes: IndexKeys<Value>,
): Records<Value, string> {
  const kept = database.collection<KeptRecord>(name);
  const keyOf = (index: string, record: Value) => {
    const parts = indexes[index]?.(record);
    return parts && encodeKey(parts, record.id);
  };
  const fieldsOf = (record: Value): KeptRecord => ({
    organization: record.organization,
    revision: record.revision,
    body: writeRecord(record),
    keys: Object.fromEntries(
      Object.keys(indexes).flatMap((index) => {
        const key = keyOf(index, record);
        return key === undefined ? [] : [[index, key]];
      }),
    ),
  });
  const insert = gather((records: readonly Value[]) =>
    database.run(() =>
      insertAll(
        kept,
        records.map((record) => ({ _id: record.id, ...fieldsOf(record) })),
      ),
    ),
  );

  const replace = gather((changes: readonly Change[]) =>
    database.run(() => replaceAll(kept, changes)),
  );
  return {
    get: async (id) => {
      const text = await reads.get({ of: name, id });
      return text === undefined ? undefined : readRecord<Value>(text);
    },
    insert,
    replace: async (record, readRevision) => {
      const answer = await replace({ id: record.id, readRevision, fields: fieldsOf(record) });
      if (answer !== "unknown") return answer;
      throw new HubError("store_unavailable", "MongoDB did not say whether a write was taken.");
    },
    remove: (id) => database.run(async () => void (await kept.deleteOne({ _id: id }))),
    scan: async (index, wanted: Scan) => {
      // MongoDB reads a limit of 0 as none.
      if (wanted.limit < 1) return [];
      const { order = "ascending", limit } = wanted;
      const range = { of: name, field: fieldOf(index), ...keyRange(wanted), order, limit };
      const bodies = await reads.scan(range);
      return bodies.map((body) => readRecord<Value>(body));
    },
    cursorOf: (index, record) => keyOf(index, record) ?? "",
  };
}

/** Each by itself, as if they were asked for one after the other. */
async function insertAll(
  kept: Kept<KeptRecord>,
  records: Parameters<Kept<KeptRecord>["insertMany"]>[0],
): Promise<readonly ("inserted" | "present")[]> {
  try {
    await kept.insertMany(records, { ordered: false });
    return records.map(() => "inserted");
  } catch (cause) {
    const taken = takenOf(cause);
    if (!taken) throw cause;
    return records.map((_, position) => (taken.has(position) ? "present" : "inserted"));
  }
}
