import type { Database } from "./connect.ts";
import { gather } from "./gather.ts";
import type { KeptRecord } from "./records.ts";

/** The record of a collection that has this id. */
interface One {
  readonly of: string;
  readonly id: string;
}

/** The first records of a part of a collection's index, from `from` on and before `to`. */
export interface Range {
  readonly of: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly order: "ascending" | "descending";
  readonly limit: number;
}

/** Reads records as the JSON texts that they are kept as. */
export interface Reads {
  get(one: One): Promise<string | undefined>;
  scan(range: Range): Promise<readonly string[]>;
}

/** Longer scans go alone, so that what is small never waits for a page of a list. */
const mostShared = 16;
/** How many parts one question has at most: MongoDB takes a thousand stages. */
const mostParts = 500;

/** Make the reads of a database. What is asked at once is one question, of whatever collections. */
export function createReads(database: Database): Reads {
  const read = gather((wishes: readonly (One | Range)[]) =>
    database.run(() => readAll(database, wishes)),
  );
  return {
    get: async (one) => (await read(one))[0],
    scan: (range) =>
      range.limit <= mostShared
        ? read(range)
        : database.run(async () => bodiesOf(await readPart(database, partOf(range)))),
  };
}

/** What one question asks of one collection. */
interface Part {
  readonly of: string;
  readonly filter: object;
  readonly field: string;
  readonly direction: 1 | -1;
  readonly limit: number;
}

/** A record that was found: its body, and its value of the field by which its part is sorted. */
interface Row {
  readonly _id: string;
  readonly key: string;
  readonly body: string;
}

const bodiesOf = (rows: readonly Row[]) => rows.map(({ body }) => body);

/** Answer each wish with the bodies that were found: all gets of a collection are one part, and each range is one. */
async function readAll(
  database: Database,
  wishes: readonly (One | Range)[],
): Promise<readonly (readonly string[])[]> {
  const ids = new Map<string, Set<string>>();
  for (const wish of wishes) {
    if ("id" in wish) ids.set(wish.of, (ids.get(wish.of) ?? new Set()).add(wish.id));
  }
  const ranges = wishes.filter((wish) => "limit" in wish);
  const parts = [...[...ids].map(([of, some]) => partWith(of, [...some])), ...ranges.map(partOf)];
  const found: (readonly Row[])[] = [];
  for (let first = 0; first < parts.length; first += mostParts) {
    found.push(...(await readParts(database, parts.slice(first, first + mostParts))));
  }
  const bodies = new Map(
    [...ids.keys()].flatMap((of, index) =>
      (found[index] ?? []).map(({ _id, body }) => [`${of} ${_id}`, body] as const),
    ),
  );
  const rows = new Map(ranges.map((range, index) => [range, found[ids.size + index] ?? []]));
  return wishes.map((wish) => {
    if ("limit" in wish) return bodiesOf(rows.get(wish) ?? []);
    const body = bodies.get(`${wish.of} ${wish.id}`);
    return body === undefined ? [] : [body];
  });
}

const partWith = (of: string, ids: readonly string[]): Part => ({
  of,
  filter: { _id: { $in: ids } },
  field: "_id",
  direction: 1,
  limit: ids.length,
});

const partOf = ({ of, field, from, to, order, limit }: Range): Part => ({
  of,
  filter: { [field]: { $gte: from, $lt: to } },
  field,
  direction: order === "descending" ? -1 : 1,
  limit,
});

/**
 * Read several parts with one question, all added up. MongoDB promises no order of the sum, so each part is sorted here,
 * as MongoDB compares texts: by their bytes.
 */
async function readParts(
  database: Database,
  parts: readonly Part[],
): Promise<readonly (readonly Row[])[]> {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first ? [await readPart(database, first)] : [];
  const sums = others.map((part, index) => ({
    $unionWith: { coll: part.of, pipeline: stagesOf(part, index + 1) },
  }));
  const found = database
    .collection<KeptRecord>(first.of)
    .aggregate<Row & { readonly part: number }>([...stagesOf(first, 0), ...sums]);
  const rows = parts.map((): Row[] => []);
  for (const row of await found.toArray()) rows[row.part]?.push(row);
  return parts.map(({ direction }, index) => sorted(rows[index] ?? [], direction));
}

const stagesOf = ({ filter, field, direction, limit }: Part, part: number) => [
  { $match: filter },
  { $sort: { [field]: direction } },
  { $limit: limit },
  { $project: { body: 1, key: `$${field}`, part: { $literal: part } } },
];

async function readPart(database: Database, part: Part): Promise<readonly Row[]> {
  const { of, filter, field, direction, limit } = part;
  const found = database
    .collection<KeptRecord>(of)
    .find(filter, { projection: { body: 1 } })
    .sort({ [field]: direction })
    .limit(limit);
  return (await found.toArray()).map(({ _id, body }) => ({ _id, body, key: "" }));
}

function sorted(rows: readonly Row[], direction: 1 | -1): readonly Row[] {
  const byBytes = rows.map((row) => ({ row, bytes: Buffer.from(row.key) }));
  byBytes.sort((one, other) => direction * one.bytes.compare(other.bytes));
  return byBytes.map(({ row }) => row);
}
