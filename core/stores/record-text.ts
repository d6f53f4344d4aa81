import { timeText } from "../domain/time-text.ts";

/** Members whose content came from outside: what lies in them is never read as ours. */
const foreign: ReadonlySet<string> = new Set([
  "data",
  "extensions",
  "fields",
  "pattern",
  "sample",
  "schema",
]);

/**
 * Read a stored record back from its JSON text.
 *
 * JSON has no times, so the house rule is the key: a member called `at`, or ending in `At`, holds a time. Content from
 * outside is left as it is, whatever its members are called.
 */
export function readRecord<Value>(text: string): Value {
  const record: unknown = JSON.parse(text);
  reviveTimes(record);
  return record as Value;
}

/** Write a record as JSON text. */
export function writeRecord(record: object): string {
  return JSON.stringify(withTimesWritten(record as Members));
}

type Members = Readonly<Record<string, unknown>>;

/**
 * The same record with most of its times as the texts that JSON has for them: as a time each costs three times as much
 * (measured), and the times of a record are mostly one.
 */
function withTimesWritten(members: Members): Members {
  let written: Record<string, unknown> | undefined;
  for (const name of Object.keys(members)) {
    const part = members[name];
    if (typeof part !== "object" || part === null || Array.isArray(part) || foreign.has(name))
      continue;
    const text =
      part instanceof Date ? (timeText(part) ?? part) : withTimesWritten(part as Members);
    if (text === part) continue;
    written ??= { ...members };
    written[name] = text;
  }
  return written ?? members;
}

function reviveTimes(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) reviveTimes(item);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const members = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(members)) {
    if (foreign.has(name)) continue;
    if ((name === "at" || name.endsWith("At")) && typeof member === "string")
      members[name] = new Date(member);
    else reviveTimes(member);
  }
}
