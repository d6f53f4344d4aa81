import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";

/** A test of one value of the event. */
export type Matcher =
  | { readonly kind: "exact"; readonly value: string | number | boolean | null }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "anything_but"; readonly values: readonly (string | number)[] }
  | { readonly kind: "anything_but_prefix"; readonly prefixes: readonly string[] }
  | { readonly kind: "numeric"; readonly bounds: readonly Bound[] }
  | { readonly kind: "exists"; readonly wanted: boolean };

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
    return [name, parseNode(source[name] as Json, below, note)] as const;
  });
  return { kind: "fields", fields };
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
      if (typeof operand === "boolean") return { kind: "exists", wanted: operand } as const;
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
  const bounds: Bound[] = [];
  for (let index = 0; index + 1 < list.length; index += 2) {
    const [comparison, limit] = [list[index], list[index + 1]];
    if (typeof comparison !== "string" || !comparisons.includes(comparison)) break;
    if (typeof limit !== "number") break;
    bounds.push({ comparison: comparison as Bound["comparison"], limit });
  }
  if (bounds.length > 0 && bounds.length <= 2 && bounds.length * 2 === list.length) {
    return { kind: "numeric", bounds };
  }
  note(pointer, 'numeric takes one or two pairs of a comparison and a number: [">", 0, "<=", 5].');
  return undefined;
}

function parseAnythingBut(operand: Json, pointer: string, note: Note): Matcher | undefined {
  if (isJsonObject(operand)) {
    const prefixes = [operand["prefix"] ?? null].flat();
    if (Object.keys(operand).length === 1 && prefixes.every((one) => typeof one === "string")) {
      return { kind: "anything_but_prefix", prefixes: prefixes as string[] };
    }
  } else {
    const values = [operand].flat();
    if (values.length > 0 && values.every((one) => ["string", "number"].includes(typeof one))) {
      return { kind: "anything_but", values: values as (string | number)[] };
    }
  }
  note(pointer, 'anything-but takes a text, a number, a list of them, or { "prefix": "…" }.');
  return undefined;
}
