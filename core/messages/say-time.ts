const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Say a time in UTC with the zone named: `14:32 UTC`, or with its day `Fri 20 Nov 14:32 UTC`. */
export function sayTime(at: Date, style: "clock" | "day-clock"): string {
  if (style === "clock") return `${clock.format(at)} UTC`;
  return `${day.format(at)} ${date.format(at)} ${clock.format(at)} UTC`;
}
