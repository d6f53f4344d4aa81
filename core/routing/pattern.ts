import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";

/** A test of one value of the event. */
export type Matcher =
  | { readonly kind: "exact"; readonly value: string | number | boolean | null }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "anything_but"; readonly values: readonly (string | number)[] }
  | { readonly kind: "anything_but_prefix"; readonly prefixes: readonly string[] }
  | { readonly kind: "numeric"; readonly bounds: readonly Bound[] }
  | { readonly kind: "present" }
  | { readonly kind: "missing" };

export interface Bound {
  readonly comparison: "<" | "<=" | "=" | ">=" | ">";
  readonly limit: number;
}

/** A pattern ready to match: a tree of names whose leaves are lists of matchers, one of which must hold. */
export type Pattern =
  | { readonly kind: "fields"; readonly fields: readonly (readonly [string, Pattern])[] }
  | { readonly kind: "any_of"; readonly matchers: readonly Matcher[] };

export interface PatternMistake {
  readonly pointer: string;
  readonly message: string;
}

const operators = ["prefix", "anything-but", "numeric", "exists"];

/** Read an event pattern. Every mistake is listed, each with a JSON pointer into the pattern. */
export function parsePattern(
  source: Json,
  pointer = "",
): { readonly pattern: Pattern; readonly mistakes: readonly PatternMistake[] } {
  const mistakes: PatternMistake[] = [];
  const note = (where: string, message: string) => void mistakes.push({ pointer: where, message });
  return { pattern: parseNode(source, pointer, note), mistakes };
}

type Note = (pointer: string, message: string) => void;
const nothing: Pattern = { kind: "any_of", matchers: [] };

function parseNode(source: Json, pointer: string, note: Note): Pattern {
  if (Array.isArray(source)) {
    if (source.length === 0)
      note(pointer, "An empty list matches nothing. Give at least one value.");
    const matchers = source.map((item, index) => parseMatcher(item, `${pointer}/${index}`, note));
    return { kind: "any_of", matchers: matchers.filter((matcher) => matcher !== undefined) };
  }
  if (!isJsonObject(source)) {
    note(pointer, `Values stand in a list. Write [${JSON.stringify(source)}].`);
    return nothing;
  }
  const names = Object.keys(source);
  if (names.length === 0)
    note(pointer, "An empty object says nothing. Name a field, or leave it out.");
  const fields = names.map((name) => {
    const below = `${pointer}/${escapePointer(name)}`;
    return [name, parseField(name, source[name] as Json, below, note)] as const;
  });
  return { kind: "fields", fields };
}

function parseField(name: string, source: Json, pointer: string, note: Note): Pattern {
  if (name === "$or") {
    note(pointer, "$or is not known here. Write one rule for each alternative.");
    return nothing;
  }
  if (isMisplaced(name, source)) {
    note(pointer, `An operator stands in a list. Write [${JSON.stringify({ [name]: source })}].`);
    return nothing;
  }
  return parseNode(source, pointer, note);
}

/** Tell an operator that somebody forgot to put into a list from a field that happens to have its name. */
function isMisplaced(name: string, source: Json): boolean {
  if (!operators.includes(name)) return false;
  if (name === "anything-but") return true;
  if (!Array.isArray(source)) return !isJsonObject(source);
  return name === "numeric" && comparisons.includes(String(source[0]));
}

const escapePointer = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

function parseMatcher(source: Json, pointer: string, note: Note): Matcher | undefined {
  if (!isJsonObject(source)) {
    if (Array.isArray(source)) {
      note(pointer, "A list inside a list of values is not allowed.");
      return undefined;
    }
    return { kind: "exact", value: source as string | number | boolean | null };
  }
  const names = Object.keys(source);
  if (names.length !== 1) {
    note(pointer, `A matcher has exactly one operator of: ${operators.join(", ")}.`);
    return undefined;
  }
  return parseOperator(names[0] as string, source, pointer, note);
}

function parseOperator(name: string, source: JsonObject, pointer: string, note: Note) {
  const operand = source[name] as Json;
  const at = `${pointer}/${escapePointer(name)}`;
  switch (name) {
    case "prefix":
      if (typeof operand === "string") return { kind: "prefix", prefix: operand } as const;
      note(at, "prefix takes a text.");
      return undefined;
    case "exists":
      if (typeof operand === "boolean") return { kind: operand ? "present" : "missing" } as const;
      note(at, "exists takes true or false.");
      return undefined;
    case "numeric":
      return parseNumeric(operand, at, note);
    case "anything-but":
      return parseAnythingBut(operand, at, note);
    default:
      note(at, `There is no operator "${name}". There are: ${operators.join(", ")}.`);
      return undefined;
  }
}

const comparisons: readonly string[] = ["<", "<=", "=", ">=", ">"] satisfies Bound["comparison"][];

function parseNumeric(operand: Json, pointer: string, note: Note): Matcher | undefined {
  const list = Array.isArray(operand) ? operand : [];
  const bounds = [0, 2].flatMap((start) => boundAt(list, start) ?? []);
  if (bounds.length > 0 && bounds.length * 2 === list.length && isRange(bounds)) {
    return { kind: "numeric", bounds };
  }
  note(
    pointer,
    'numeric takes a comparison and a number, or a range from low to high: [">", 0, "<=", 5].',
  );
  return undefined;
}

function boundAt(list: readonly Json[], start: number): Bound | undefined {
  const [comparison, limit] = list.slice(start);
  if (typeof comparison !== "string" || !comparisons.includes(comparison)) return undefined;
  if (typeof limit !== "number") return undefined;
  return { comparison: comparison as Bound["comparison"], limit };
}

/** One bound alone is fine. Two are a range: the lower one first, and with room between them. */
function isRange([low, high]: readonly Bound[]): boolean {
  if (!low || !high) return true;
  if (!low.comparison.startsWith(">") || !high.comparison.startsWith("<")) return false;
  const both = low.comparison === ">=" && high.comparison === "<=";
  return low.limit < high.limit || (both && low.limit === high.limit);
}

function parseAnythingBut(operand: Json, pointer: string, note: Note): Matcher | undefined {
  if (isJsonObject(operand)) {
    const prefixes = [operand["prefix"] ?? null].flat();
    if (Object.keys(operand).length === 1 && allOf("string", prefixes) && !prefixes.includes("")) {
      return { kind: "anything_but_prefix", prefixes: prefixes as string[] };
    }
  } else {
    const values = [operand].flat();
    if (allOf("string", values) || allOf("number", values)) {
      return { kind: "anything_but", values: values as (string | number)[] };
    }
  }
  note(
    pointer,
    'anything-but takes a text, a number, a list of texts or of numbers, or { "prefix": "…" }.',
  );
  return undefined;
}

const allOf = (type: "string" | "number", values: readonly Json[]) =>
  values.length > 0 && values.every((value) => typeof value === type);
