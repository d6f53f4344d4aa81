import type { Outcome } from "../domain/approval.ts";
import { cleanLine, cutText } from "./clean-text.ts";

/** So much of a report stands on a card; the request's page and the API have the whole. */
const mostFacts = 4;

/**
 * Say in one line what a producer reported: its own words, then its facts but for those that the words have already.
 * Empty where it said no more than that it is done.
 */
export function sayReport({ detail, facts = [] }: Pick<Outcome, "detail" | "facts">): string {
  const words = detail === undefined ? [] : [cutText(cleanLine(detail), 200)];
  const more = facts
    .filter(({ value }) => !detail?.includes(value))
    .slice(0, mostFacts)
    .map(({ label, value }) => cutText(`${cleanLine(label)}: ${cleanLine(value)}`, 120));
  return [...words, ...more].join(" · ");
}
