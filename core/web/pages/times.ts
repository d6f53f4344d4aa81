import { saySpan } from "../../domain/duration.ts";

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
});
const day = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** Write the exact time for a title: `2026-11-20 14:02:03 UTC`. */
export function sayExactly(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Write a time of day to the second, with the day before it where that is another one: `Thu 19 Nov 14:02:03`. */
export function sayClock(at: Date, now: Date): string {
  return sameDay(at, now)
    ? clock.format(at)
    : `${day.format(at).replace(",", "")} ${clock.format(at)}`;
}

/** Write a deadline as people say it: `today at 14:35 UTC`, `Fri 20 Nov at 14:35 UTC`. */
export function sayDeadline(at: Date, now: Date): string {
  const when = sameDay(at, now) ? "today" : day.format(at).replace(",", "");
  return `${when} at ${clock.format(at).slice(0, 5)} UTC`;
}

/** Write how far away a time lies: `2 min ago`, `in 28 min`, `just now`. */
export function sayRelative(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const span = saySpan(Math.abs(ms));
  if (span === "just now") return ms > 0 ? "in a moment" : span;
  return ms > 0 ? `in ${span}` : `${span} ago`;
}

/** Write how much is left until a time: `28 min left`, `no time left`. */
export function sayLeft(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (ms <= 0) return "no time left";
  const span = saySpan(ms);
  return span === "just now" ? "a few seconds left" : `${span} left`;
}

function sameDay(one: Date, other: Date): boolean {
  return one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
}
