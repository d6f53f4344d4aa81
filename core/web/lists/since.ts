import { say } from "../../words/say.ts";
/** The spans that lists offer, as they stand in an address. */
export const sinceWords = {
  "1h": () => say`the last hour`,
  "24h": () => say`the last 24 hours`,
  "7d": () => say`the last 7 days`,
  "30d": () => say`the last 30 days`,
} as const;

export type Since = keyof typeof sinceWords;

const hourMs = 3_600_000;
const spans: Readonly<Record<Since, number>> = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
};

/** Read `?since=`. Anything else means any time. */
export const readSince = (asked: unknown): Since | undefined =>
  typeof asked === "string" && Object.hasOwn(sinceWords, asked) ? (asked as Since) : undefined;

/** When a span began. */
export const beganAt = (since: Since | undefined, now: Date): Date | undefined =>
  since && new Date(now.getTime() - spans[since]);

/** Read a filter that is typed: trimmed, and absent when it is empty or longer than any name is. */
export function readTyped(asked: unknown): string | undefined {
  const text = typeof asked === "string" ? asked.trim() : "";
  return text === "" || text.length > 500 ? undefined : text;
}
