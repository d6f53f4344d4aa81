import type { Leaf } from "./matchers.ts";

/**
 * Read values as people type them, with commas between them: `production, staging`, `5`, `true`.
 *
 * A number, `true`, `false` and `null` are what they are in JSON; in double quotes they are text, and so is a text with
 * a comma in it. Blanks around a value are nobody's.
 */
export function readValues(text: string): readonly Leaf[] {
  const values: Leaf[] = [];
  const parts = text.matchAll(/\s*("(?:[^"\\]|\\.)*"|[^,]*?)\s*(?:,|$)/gs);
  for (const [, part = ""] of parts) {
    if (part !== "") values.push(readValue(part));
  }
  return values;
}

function readValue(part: string): Leaf {
  if (/^".*"$|^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/s.test(part)) {
    try {
      return JSON.parse(part) as Leaf;
    } catch {
      return part;
    }
  }
  return part;
}

/** Write values so that `readValues` reads the same again. */
export const writeValues = (values: readonly Leaf[]): string => values.map(writeValue).join(", ");

function writeValue(value: Leaf): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const [read, ...more] = readValues(value);
  return read === value && more.length === 0 ? value : JSON.stringify(value);
}
