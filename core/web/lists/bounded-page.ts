import type { Records } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { opaque, readOpaque } from "./cursor.ts";

/** How many records one look of a list reads from its index. */
const oneLook = 250;
/** A page reads no more records than this, however few of them its filter lets through. */
export const mostRead = 1_000;

/** Which page of a list is asked for: the first, the one after a record, or the one before it. */
export interface PageAsked {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** One page of a list, newest first, with the ways to its neighbours. */
export interface BoundedPage<Value> {
  readonly items: readonly Value[];
  /** The cursor of older entries (`?after=`); absent at the end. */
  readonly older?: string;
  /** The cursor of newer entries (`?before=`); absent at the beginning. */
  readonly newer?: string;
  /** The last record that was read, where reading stopped before the page was full: older ones were not looked at. */
  readonly stoppedAt?: Value;
}

interface Look<Value> {
  readonly prefix: readonly KeyPart[];
  /** Only records from this time on, right after the prefix. */
  readonly since?: Date | undefined;
  readonly limit: number;
  readonly wanted: (record: Value) => boolean | Promise<boolean>;
  /** How many other records `wanted` reads for each of these, at the most; they count against the page's bound. */
  readonly besides?: number;
}

/** Read the cursors of a page address. What is no cursor leads behind the end of its list. */
export function readPageAsked(query: Readonly<Record<string, unknown>>): PageAsked {
  const read = (name: string) => {
    const value = query[name];
    return typeof value === "string" && value !== "" ? (readOpaque(value) ?? "") : undefined;
  };
  return { after: read("after"), before: read("before") };
}

/**
 * Read one page of an index, newest first.
 *
 * The index serves its prefix and the time; what it does not serve is filtered while reading, `mostRead` records at the
 * most. So a page costs the same over a hundred records and over a hundred million, and says where it stopped.
 */
export async function readBounded<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  { after, before }: PageAsked,
  look: Look<Value>,
): Promise<BoundedPage<Value>> {
  const backwards = before !== undefined;
  const read = await collect(records, index, backwards ? before : after, backwards, look);
  const shown = read.found.slice(0, look.limit);
  const items = backwards ? shown.toReversed() : shown;
  const cursor = (record: Value | undefined) =>
    record && { at: opaque(records.cursorOf(index, record)) };
  const isMore = read.found.length > look.limit || read.stoppedAt !== undefined;
  const end = read.stoppedAt ?? shown.at(-1);
  const onward = isMore ? cursor(end)?.at : undefined;
  const first = backwards
    ? onward
    : after === undefined
      ? undefined
      : (cursor(items[0])?.at ?? opaque(after));
  const last = backwards ? (cursor(items.at(-1))?.at ?? opaque(before)) : onward;
  return {
    items,
    ...(last === undefined ? {} : { older: last }),
    ...(first === undefined ? {} : { newer: first }),
    ...(read.stoppedAt && !backwards ? { stoppedAt: read.stoppedAt } : {}),
  };
}

async function collect<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  start: string | undefined,
  backwards: boolean,
  { prefix, since, limit, wanted, besides = 0 }: Look<Value>,
): Promise<{ readonly found: readonly Value[]; readonly stoppedAt?: Value }> {
  const found: Value[] = [];
  let after = start;
  for (let read = 0; ; ) {
    const most = Math.min(oneLook, Math.max(limit + 1, 50));
    const part = await records.scan(index, {
      prefix,
      ...(since ? { from: since } : {}),
      order: backwards ? "ascending" : "descending",
      limit: most,
      ...(after === undefined ? {} : { after }),
    });
    const verdicts = await Promise.all(part.map(wanted));
    found.push(...part.filter((_, place) => verdicts[place]));
    const last = part.at(-1);
    if (found.length > limit || !last || part.length < most) return { found };
    read += part.length * (1 + besides);
    if (read >= mostRead) return { found, stoppedAt: last };
    after = records.cursorOf(index, last);
  }
}
