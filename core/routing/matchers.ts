import { BlockList, isIP } from "node:net";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { say } from "../words/say.ts";

/** A value that is no object and no list. */
export type Leaf = string | number | boolean | null;

/** A test that only a text can pass. What is compared without case is kept in lower case. */
export type TextMatcher =
  | { readonly kind: "ignore_case"; readonly value: string }
  | { readonly kind: "prefix" | "suffix"; readonly text: string; readonly ignoreCase: boolean }
  /** The texts between the stars, at least two of them. */
  | { readonly kind: "wildcard"; readonly parts: readonly string[] }
  | { readonly kind: "cidr"; readonly addresses: BlockList; readonly family: "ipv4" | "ipv6" };

/** A test of one value of the event. */
export type Matcher =
  | TextMatcher
  | { readonly kind: "exact"; readonly value: Leaf }
  | { readonly kind: "numeric"; readonly bounds: readonly Bound[] }
  /** There is a value, and none of these holds for it. */
  | { readonly kind: "anything_but"; readonly matchers: readonly Matcher[] }
  | { readonly kind: "present" }
  | { readonly kind: "missing" };

export interface Bound {
  readonly comparison: "<" | "<=" | "=" | ">=" | ">";
  readonly limit: number;
}

/** Called for each mistake, with a JSON pointer and a sentence. */
export type Note = (pointer: string, message: string) => void;

/** Every operator that a list of values may hold. */
export const operators: readonly string[] = [
  "prefix",
  "suffix",
  "equals-ignore-case",
  "wildcard",
  "anything-but",
  "numeric",
  "cidr",
  "exists",
];

/** Write a name as one step of a JSON pointer. */
export const escapePointer = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** Read one item of a list of values; undefined where it is a mistake, which has been noted then. */
export function parseMatcher(source: Json, pointer: string, note: Note): Matcher | undefined {
  if (Array.isArray(source)) {
    note(pointer, say`A list inside a list of values is not allowed.`);
    return undefined;
  }
  if (!isJsonObject(source)) return { kind: "exact", value: source as Leaf };
  const names = Object.keys(source);
  if (names.length !== 1) {
    note(pointer, say`A matcher has exactly one operator of: ${operators.join(", ")}.`);
    return undefined;
  }
  return parseOperator(names[0] as string, source, pointer, note);
}

function parseOperator(
  name: string,
  source: JsonObject,
  pointer: string,
  note: Note,
): Matcher | undefined {
  const operand = source[name] as Json;
  const at = `${pointer}/${escapePointer(name)}`;
  switch (name) {
    case "exists":
      if (typeof operand === "boolean") return { kind: operand ? "present" : "missing" };
      note(at, say`exists takes true or false.`);
      return undefined;
    case "numeric":
      return parseNumeric(operand, at, note);
    case "anything-but":
      return parseAnythingBut(operand, at, note);
    case "cidr":
      return parseCidr(operand, at, note);
    default:
      return parseText(name, operand, at, note);
  }
}

/** Read an operator that compares text: the ones that may also stand inside `anything-but`. */
function parseText(name: string, operand: Json, at: string, note: Note): Matcher | undefined {
  switch (name) {
    case "prefix":
    case "suffix":
      return parseAffix(name, operand, at, note);
    case "equals-ignore-case":
      if (typeof operand === "string") return { kind: "ignore_case", value: operand.toLowerCase() };
      note(at, say`equals-ignore-case takes a text.`);
      return undefined;
    case "wildcard":
      return parseWildcard(operand, at, note);
    default:
      note(at, say`There is no operator "${name}". There are: ${operators.join(", ")}.`);
      return undefined;
  }
}

function parseAffix(
  kind: "prefix" | "suffix",
  operand: Json,
  at: string,
  note: Note,
): Matcher | undefined {
  if (typeof operand === "string") return { kind, text: operand, ignoreCase: false };
  if (isJsonObject(operand) && Object.keys(operand).length === 1) {
    const text = operand["equals-ignore-case"];
    if (typeof text === "string") return { kind, text: text.toLowerCase(), ignoreCase: true };
  }
  note(at, say`${kind} takes a text, or { "equals-ignore-case": "…" }.`);
  return undefined;
}

function parseWildcard(operand: Json, at: string, note: Note): Matcher | undefined {
  if (typeof operand !== "string") {
    note(at, say`wildcard takes a text with a star for any characters.`);
    return undefined;
  }
  const parts = [""];
  let last = "";
  for (let index = 0; index < operand.length; index += 1) {
    const sign = operand[index] as string;
    const next = operand[index + 1];
    if (sign === "\\") {
      if (next !== "*" && next !== "\\") {
        note(
          at,
          say`A backslash stands before a star or a backslash only; see place ${index + 1}.`,
        );
        return undefined;
      }
      parts[parts.length - 1] += next;
      index += 1;
      last = "";
    } else if (sign === "*") {
      if (last === "*") {
        note(at, say`Two stars in a row say no more than one. Write one.`);
        return undefined;
      }
      parts.push("");
      last = "*";
    } else {
      parts[parts.length - 1] += sign;
      last = "";
    }
  }
  return parts.length === 1
    ? { kind: "exact", value: parts[0] as string }
    : { kind: "wildcard", parts };
}

function parseCidr(operand: Json, at: string, note: Note): Matcher | undefined {
  const [address = "", bits = "", ...more] = typeof operand === "string" ? operand.split("/") : [];
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  if (version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most) {
    const family = version === 6 ? "ipv6" : "ipv4";
    const addresses = new BlockList();
    addresses.addSubnet(address, Number(bits), family);
    return { kind: "cidr", addresses, family };
  }
  note(at, say`cidr takes a range of addresses, such as "10.0.0.0/24" or "2001:db8::/32".`);
  return undefined;
}

/** The signs that compare a number. */
export const comparisons: readonly string[] = [
  "<",
  "<=",
  "=",
  ">=",
  ">",
] satisfies Bound["comparison"][];

function parseNumeric(operand: Json, pointer: string, note: Note): Matcher | undefined {
  const list = Array.isArray(operand) ? operand : [];
  const bounds = [0, 2].flatMap((start) => boundAt(list, start) ?? []);
  if (bounds.length > 0 && bounds.length * 2 === list.length && isRange(bounds)) {
    return { kind: "numeric", bounds };
  }
  note(
    pointer,
    say`numeric takes a comparison and a number, or a range from low to high: [">", 0, "<=", 5].`,
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

/** The operators of text that `anything-but` may turn around. */
const turnable = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

function parseAnythingBut(operand: Json, pointer: string, note: Note): Matcher | undefined {
  if (isJsonObject(operand)) {
    const [name = "", ...more] = Object.keys(operand);
    const texts = [operand[name] ?? null].flat();
    if (more.length === 0 && turnable.includes(name) && allOf("string", texts)) {
      const at = `${pointer}/${name}`;
      if (!texts.includes("")) return noneOf(texts.map((text) => parseText(name, text, at, note)));
    }
  } else {
    const values = [operand].flat();
    if (allOf("string", values) || allOf("number", values)) {
      return noneOf(values.map((value) => ({ kind: "exact", value: value as Leaf })));
    }
  }
  note(
    pointer,
    say`anything-but takes a text, a number, a list of texts or of numbers, or one of ${turnable.join(", ")} with a text or a list of texts.`,
  );
  return undefined;
}

function noneOf(read: readonly (Matcher | undefined)[]): Matcher | undefined {
  const matchers = read.filter((matcher) => matcher !== undefined);
  return matchers.length === read.length ? { kind: "anything_but", matchers } : undefined;
}

const allOf = (type: "string" | "number", values: readonly Json[]) =>
  values.length > 0 && values.every((value) => typeof value === type);
