import type { Request } from "express";
import { z } from "zod";
import { parseDuration } from "../../domain/duration.ts";
import type { Problem } from "../../domain/problem.ts";
import { isProblem } from "./lists.ts";
import { readBody } from "./read-body.ts";

const dayMs = 86_400_000;
const mostOverlapMs = 30 * dayMs;

/** What a call for a new secret may say. */
export const rotateDraftSchema = z.strictObject({
  overlap: z
    .string()
    .default("24h")
    .describe("For so long both secrets sign, such as 30m or 7d; 0s: the former ends at once"),
});

/** Read from a call of the API for how long two secrets sign: at most thirty days. */
export function readOverlap(request: Request): { readonly overlapMs: number } | Problem {
  const draft = readBody(request, rotateDraftSchema, ["overlap"]);
  if (isProblem(draft)) return draft;
  const overlapMs = parseOverlap(draft.overlap);
  return overlapMs === undefined ? overlapBad : { overlapMs };
}

/** Read it from a page's form, which offers only spans that hold; a day for what it never offered. */
export const typedOverlap = (request: Request): number =>
  parseOverlap(String((request.body as { readonly overlap?: unknown } | undefined)?.overlap)) ??
  dayMs;

function parseOverlap(text: string): number | undefined {
  const span = /^0[smhd]?$/.test(text) ? 0 : parseDuration(text);
  return span === undefined || span > mostOverlapMs ? undefined : span;
}

const overlapBad: Problem = {
  status: 422,
  code: "overlap_invalid",
  title: "The overlap is no span of time",
  detail: "overlap: expected a span such as 30m, 24h or 7d, at most 30d.",
  hint: "0s ends the former secret at once.",
  errors: [{ pointer: "/overlap", message: "expected a span such as 30m, 24h or 7d" }],
};
