import type { Request } from "express";
import type { Problem } from "../../domain/problem.ts";

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
  const cursor =
    typeof after === "string" ? Buffer.from(after, "base64url").toString("utf8") : undefined;
  if (cursor === "") return wrong("after", "expected the `next` of the answer before");
  return {
    limit: count,
    order: order === "asc" ? "ascending" : "descending",
    ...(cursor === undefined ? {} : { after: cursor }),
  };
}

/** Tell a problem from what was read. */
export const isProblem = (read: object): read is Problem => "status" in read && "code" in read;

/** The opaque form of a cursor. */
export const opaque = (cursor: string) => Buffer.from(cursor, "utf8").toString("base64url");

/** Say that a query parameter is wrong. */
export function wrong(parameter: string, message: string): Problem {
  return {
    status: 422,
    code: "parameter_invalid",
    title: "A query parameter is not valid",
    detail: `${parameter}: ${message}.`,
    errors: [{ pointer: `?${parameter}`, message }],
  };
}
