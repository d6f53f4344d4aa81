// Times as people read them here: in the viewer's own zone, 24 hours.

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options });

const clock = format({ hour: "2-digit", minute: "2-digit" });
const seconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = format({ weekday: "short", day: "numeric", month: "short" });
const wholeDay = format({ weekday: "long", day: "numeric", month: "long" });
const zone = format({ hour: "2-digit", timeZoneName: "short" });
const exact = format({ dateStyle: "medium", timeStyle: "medium" });

/** `14:02` */
export const sayClock = (at: string | Date) => clock.format(new Date(at));

/** `14:02:03` */
export const saySeconds = (at: string | Date) => seconds.format(new Date(at));

/** `Fri 20 Nov, 14:06 UTC` */
export function sayHubTime(at: Date): string {
  const name = zone.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return `${day.format(at).replace(",", "")}, ${clock.format(at)} ${name}`;
}

/** The day a message was posted on, as a line between days. */
export function sayDay(at: string, now: Date): string {
  const name = wholeDay.format(new Date(at));
  if (name === wholeDay.format(now)) return "Today";
  return name === wholeDay.format(new Date(now.getTime() - 86_400_000)) ? "Yesterday" : name;
}

/** Date and time to the second, for titles. */
export const sayExactly = (at: string | Date) => exact.format(new Date(at));

/** `38 ms`, `16.5 s`, `4 min 12 s` */
export function saySpan(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000)
    return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`;
}
