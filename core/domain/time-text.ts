/** What is written in one turn mostly has one time. */
let timeBefore = { ms: Number.NaN, text: "" };

/** Write a time as JSON does, for a third of the cost; undefined where it is none. */
export function timeText(time: Date): string | undefined {
  const ms = time.getTime();
  if (Number.isNaN(ms)) return undefined;
  if (ms !== timeBefore.ms) timeBefore = { ms, text: time.toISOString() };
  return timeBefore.text;
}
