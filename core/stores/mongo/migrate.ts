import { HubError } from "../../domain/hub-error.ts";
import { type CollectionName, collections } from "../../ports/collections.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { encodeKey } from "../index-keys.ts";
import { readRecord } from "../record-text.ts";
import { type Database, isTaken } from "./connect.ts";
import { type KeptLane, lanesName } from "./lanes.ts";
import { fieldOf, type KeptRecord } from "./records.ts";

/** The version of the schema that this program writes. It works on its own and on the next one. */
export const schemaVersion = 1;

type Indexes = Readonly<Record<string, (record: Stored) => readonly KeyPart[] | undefined>>;

/** The one document that says what the database has been brought up to. */
interface KeptSchema {
  readonly version: number;
  /** Indexes whose keys every record has, as `collection.index`. */
  readonly indexes: readonly string[];
  readonly probedAt?: Date;
}

const schemaName = "schema";
const schemaId = "schema";

/**
 * Bring the collections up to what this program needs. Migrations only add: an index, and its key in every record.
 *
 * Any number of processes may do so at once, and one that dies in between leaves nothing that the next does not finish:
 * an index counts as there only after every record has its key. Throws `HubError("schema_too_new")` on a database that
 * a much newer program has written.
 */
export async function migrate(database: Database): Promise<void> {
  const schema = database.collection<KeptSchema>(schemaName);
  const found = await schema.findOne({ _id: schemaId });
  const version = found?.version ?? 0;
  if (version > schemaVersion + 1) {
    throw new HubError(
      "schema_too_new",
      `This database has schema ${version}; this program knows ${schemaVersion}. Start the newer version that wrote it.`,
    );
  }
  const names = Object.keys(collections) as CollectionName[];
  await Promise.all(names.map((name) => makeIndexes(database, name)));
  await database.collection<KeptLane>(lanesName).createIndex({ dueAt: 1 });

  const known = new Set(found?.indexes);
  const missing = names.flatMap((name) =>
    Object.keys(indexesOf(name))
      .filter((index) => !known.has(`${name}.${index}`))
      .map((index) => ({ name, index })),
  );
  for (const { name, index } of missing) await fillIndex(database, name, index);
  await note(
    database,
    names.flatMap((name) => Object.keys(indexesOf(name)).map((index) => `${name}.${index}`)),
  );
}

/** See that MongoDB takes writes, by one that changes nothing else. */
export async function probe(database: Database): Promise<void> {
  const schema = database.collection<KeptSchema>(schemaName);
  const change = { $currentDate: { probedAt: true } } as const;
  const { matchedCount } = await schema.updateOne({ _id: schemaId }, change);
  if (matchedCount === 0) throw new HubError("store_unavailable", "The database was dropped.");
}

const indexesOf = (name: CollectionName) => collections[name].indexes as unknown as Indexes;

/** A plain ascending index for each order. Asking for one that is there does nothing. */
async function makeIndexes(database: Database, name: CollectionName): Promise<void> {
  const wanted = Object.keys(indexesOf(name)).map((index) => ({ key: { [fieldOf(index)]: 1 } }));
  if (wanted.length > 0) await database.collection<KeptRecord>(name).createIndexes(wanted);
}

/** Give every record its key for an index. A record that somebody replaces meanwhile gets it from them. */
async function fillIndex(database: Database, name: CollectionName, index: string): Promise<void> {
  const kept = database.collection<KeptRecord>(name);
  const keyOf = indexesOf(name)[index];
  const without = { [fieldOf(index)]: { $exists: false } };
  for await (const { body, revision } of kept.find(without)) {
    const record = readRecord<Stored>(body);
    const parts = keyOf?.(record);
    if (!parts) continue;
    const change = { $set: { [fieldOf(index)]: encodeKey(parts, record.id) } };
    await kept.updateOne({ _id: record.id, revision }, change);
  }
}

/** Note which indexes are filled. One of a later program is not from now on: this one writes records without its key. */
async function note(database: Database, indexes: readonly string[]): Promise<void> {
  const step = () =>
    database
      .collection<KeptSchema>(schemaName)
      .updateOne(
        { _id: schemaId },
        { $max: { version: schemaVersion }, $set: { indexes } },
        { upsert: true },
      );
  // Of two first starts at once one may be told that the document is there by now.
  await step().catch((cause: unknown) => {
    if (!isTaken(cause)) throw cause;
    return step();
  });
}
