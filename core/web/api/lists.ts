import type { Request } from "express";
import type { Problem, ProblemAt } from "../../domain/problem.ts";
import type { Records } from "../../ports/store.ts";
import type { KeyPart, Stored } from "../../ports/stored.ts";
import { opaque, readOpaque } from "../lists/cursor.ts";

/** Which part of a list is asked for. */
export interface ListAsked {
  readonly limit: number;
  readonly order: "ascending" | "descending";
  readonly after?: string;
}

const usualLimit = 50;
const mostLimit = 200;

/** Read `limit`, `order` and `after` (SURFACE §3), or say what is wrong with them. */
export function readList(request: Request): ListAsked | Problem {
  const { limit, order, after } = request.query;
  const count = limit === undefined ? usualLimit : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > mostLimit) {
    return wrong("limit", `expected a number from 1 to ${mostLimit}`);
  }
  if (order !== undefined && order !== "asc" && order !== "desc") {
    return wrong("order", "expected asc or desc");
  }
  const cursor = typeof after === "string" ? readOpaque(after) : undefined;
  if (after !== undefined && cursor === undefined) {
    return wrong("after", "expected the `next` of the answer before");
  }
  return {
    limit: count,
    order: order === "asc" ? "ascending" : "descending",
    ...(cursor === undefined ? {} : { after: cursor }),
  };
}

/** Tell a problem from what was read. */
export const isProblem = (read: object): read is Problem => "status" in read && "code" in read;

/** How many records one look of a filtered list reads. */
const lookAhead = 500;
/** How many records one page reads, however few of them its filter lets through. */
const mostRead = 1_000;

/**
 * Read one page of a list: records of an index that a filter lets through, and where the next page begins. What the
 * index does not serve is filtered while reading, within a bound; so a page may hold fewer than asked, or none, and say
 * where to go on.
 */
export async function readPage<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  prefix: readonly KeyPart[],
  asked: ListAsked,
  wanted: (record: Value) => boolean,
  most = mostRead,
): Promise<{ readonly items: readonly Value[]; readonly next: string | null }> {
  const found: Value[] = [];
  let after = asked.after;
  let more = true;
  for (let read = 0; more && found.length <= asked.limit && read < most; read += lookAhead) {
    const part = await records.scan(index, {
      prefix,
      order: asked.order,
      limit: lookAhead,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...part.filter(wanted));
    const last = part.at(-1);
    more = last !== undefined && part.length === lookAhead;
    if (last) after = records.cursorOf(index, last);
  }
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  const isFull = found.length > asked.limit && last !== undefined;
  const end = isFull ? records.cursorOf(index, last) : more ? after : undefined;
  return { items, next: end === undefined ? null : opaque(end) };
}

/** Say that a query parameter is wrong. */
export const wrong = (parameter: string, message: string): Problem =>
  wrongParameters([{ pointer: `?${parameter}`, message }]);

/** Say what is wrong with each of some query parameters; their pointers are `?name`. */
export const wrongParameters = (errors: readonly ProblemAt[]): Problem => ({
  status: 422,
  code: "parameter_invalid",
  title: "A query parameter is not valid",
  detail: errors
    .map(
      ({ pointer, message }) =>
        `${pointer.slice(1)}: ${message}${message.endsWith("?") ? "" : "."}`,
    )
    .join(" "),
  errors,
});
