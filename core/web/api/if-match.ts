import type { Request } from "express";
import type { Problem } from "../../domain/problem.ts";

/** The ETag of a revision. */
export const etagOf = (revision: number) => `"${revision}"`;

/** The revision that `If-Match` names: undefined without one, `NaN` for what no answer of ours had. */
export function readIfMatch({ headers }: Request): number | undefined {
  const match = headers["if-match"];
  if (match === undefined) return undefined;
  return Number(/^(?:W\/)?"(\d+)"$/.exec(match)?.[1] ?? Number.NaN);
}

/** Ask for `If-Match`, so that nobody's change is lost. */
export const matchMissing = (what: string, path: string): Problem => ({
  status: 428,
  code: "if_match_missing",
  title: "If-Match is missing",
  detail: `Changing ${what} takes the version that you read, so that nobody's change is lost.`,
  hint: `GET ${path}, and send its ETag as If-Match.`,
});
