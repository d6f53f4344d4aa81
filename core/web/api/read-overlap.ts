import { parseDuration } from "../../domain/duration.ts";
import type { Problem } from "../../domain/problem.ts";

const mostOverlapMs = 30 * 86_400_000;

/** Read for how long two secrets sign; undefined for what is no span, or more than thirty days. */
export function readOverlap(text: string): number | undefined {
  const span = /^0[smhd]?$/.test(text) ? 0 : parseDuration(text);
  return span === undefined || span > mostOverlapMs ? undefined : span;
}

/** Say what an overlap is. */
export const overlapBad: Problem = {
  status: 422,
  code: "overlap_invalid",
  title: "The overlap is no span of time",
  detail: "overlap: expected a span such as 30m, 24h or 7d, at most 30d.",
  hint: "0s ends the former secret at once.",
  errors: [{ pointer: "/overlap", message: "expected a span such as 30m, 24h or 7d" }],
};
