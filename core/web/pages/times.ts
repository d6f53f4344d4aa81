import { saySpan } from "../../domain/duration.ts";
import type { Language } from "../../domain/message.ts";
import { languageNow, say } from "../../words/say.ts";

interface Formats {
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

const formatsFor = (locale: string): Formats => ({
  clock: new Intl.DateTimeFormat(locale, {
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
    timeZone: "UTC",
  }),
  day: new Intl.DateTimeFormat(locale, {
    ...{ weekday: "short", day: "numeric", month: "short" },
    timeZone: "UTC",
  }),
});

const formats: Readonly<Record<Language, Formats>> = {
  en: formatsFor("en-GB"),
  de: formatsFor("de-DE"),
};

const sayTime = (at: Date) => formats[languageNow()].clock.format(at);
const sayDay = (at: Date) => formats[languageNow()].day.format(at).replace(",", "");

/** Write the exact time for a title: `2026-11-20 14:02:03 UTC`. */
export function sayExactly(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Write a time of day to the second, with the day before it where that is another one: `Thu 19 Nov 14:02:03`. */
export function sayClock(at: Date, now: Date): string {
  return sameDay(at, now) ? sayTime(at) : `${sayDay(at)} ${sayTime(at)}`;
}

/** Write a deadline as people say it: `today at 14:35 UTC`, `Fri 20 Nov at 14:35 UTC`. */
export function sayDeadline(at: Date, now: Date): string {
  const time = sayTime(at).slice(0, 5);
  return sameDay(at, now) ? say`today at ${time} UTC` : say`${sayDay(at)} at ${time} UTC`;
}

/**
 * Write how far away a time lies: `2 min ago`, `in 28 min`, `just now`. Seconds, minutes and hours are written alike in
 * both languages; days are not.
 */
export function sayRelative(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const span = saySpan(Math.abs(ms));
  if (span === "just now") return ms > 0 ? say`in a moment` : say`just now`;
  const [count = "", unit] = span.split(" ");
  if (unit === "days") return ms > 0 ? say`in ${count} days` : say`${count} days ago`;
  return ms > 0 ? say`in ${span}` : say`${span} ago`;
}

/** Write how much is left until a time: `28 min left`, `no time left`. */
export function sayLeft(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (ms <= 0) return say`no time left`;
  const span = saySpan(ms);
  const [count = "", unit] = span.split(" ");
  if (unit === "days") return say`${count} days left`;
  return span === "just now" ? say`a few seconds left` : say`${span} left`;
}

function sameDay(one: Date, other: Date): boolean {
  return one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
}
