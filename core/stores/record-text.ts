/** Members whose content came from outside: what lies in them is never read as ours. */
const foreign: ReadonlySet<string> = new Set(["data", "extensions", "pattern", "sample"]);

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
  return JSON.stringify(record);
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
