import type { Language } from "../domain/message.ts";
import { textsIn } from "./catalogue.ts";

const parts = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });

const formatsOf = (locale: string) => ({
  clock: parts(locale, { hour: "2-digit", minute: "2-digit" }),
  day: parts(locale, { weekday: "short" }),
  date: parts(locale, { day: "numeric", month: "short" }),
});

const formats: Readonly<Record<Language, ReturnType<typeof formatsOf>>> = {
  en: formatsOf(textsIn("en").locale),
  de: formatsOf(textsIn("de").locale),
};

/** Say a time in UTC with the zone named: `14:32 UTC`, or with its day `Fri 20 Nov 14:32 UTC`. */
export function sayTime(
  at: Date,
  style: "clock" | "day-clock",
  language: Language | undefined = "en",
): string {
  const { clock, day, date } = formats[language];
  if (style === "clock") return `${clock.format(at)} UTC`;
  return `${day.format(at)} ${date.format(at)} ${clock.format(at)} UTC`;
}
