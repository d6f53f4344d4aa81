import type { Json, JsonObject } from "../domain/json.ts";
import { say } from "../words/say.ts";
import type { Leaf } from "./matchers.ts";

/** The comparisons of numbers, by the name of their operator in the builder. */
export const numberSigns = {
  above: ">",
  at_least: ">=",
  below: "<",
  at_most: "<=",
  number: "=",
} as const;

/** The tests of text that a pattern can also turn around, by their name in the builder. */
export const textTests = {
  starts_with: "prefix",
  ends_with: "suffix",
  looks_like: "wildcard",
  is_in_any_case: "equals-ignore-case",
} as const;

/** Those turned around. A pattern asks then that there is a value, and that it fails the test. */
export const turnedTests = {
  not_starts_with: "prefix",
  not_ends_with: "suffix",
  not_looks_like: "wildcard",
  not_in_any_case: "equals-ignore-case",
} as const;

/** What a line of the builder may ask, in the order in which it is offered. */
export const conditionOperators = [
  "is",
  "is_not",
  "starts_with",
  "ends_with",
  "looks_like",
  "is_in_any_case",
  "not_starts_with",
  "not_ends_with",
  "not_looks_like",
  "not_in_any_case",
  "above",
  "at_least",
  "below",
  "at_most",
  "number",
  "in_network",
  "is_there",
  "is_absent",
] as const;

export type ConditionOperator = (typeof conditionOperators)[number];

/** One line of the builder: a field by its path, such as `data.environment`, and what must hold there. */
export interface FieldCondition {
  readonly field: string;
  readonly operator: ConditionOperator;
  /** Several values: one of them. None for `is_there` and `is_absent`. */
  readonly values: readonly Leaf[];
}

/** The lines of the builder, and whether all must hold or one is enough. */
export interface ConditionList {
  readonly joined: "all" | "any";
  readonly conditions: readonly FieldCondition[];
}

/** Why a line cannot be written as a pattern, with its place in the list. */
export interface ConditionMistake {
  readonly at: number;
  readonly message: string;
}

/** Tell whether an operator takes no value. */
export const takesNoValue = (operator: ConditionOperator) =>
  operator === "is_there" || operator === "is_absent";

const isIn = <Table extends object>(table: Table, name: string): name is keyof Table & string =>
  Object.hasOwn(table, name);

/** Write the lines as an event pattern; undefined for no line at all. */
export function writeConditions({ joined, conditions }: ConditionList): {
  readonly pattern?: JsonObject;
  readonly mistakes: readonly ConditionMistake[];
} {
  const mistakes: ConditionMistake[] = [];
  const written = conditions.map((condition, at) => {
    const message = mistakeIn(condition);
    if (message !== undefined) mistakes.push({ at, message });
    return { at, path: condition.field.split("."), matchers: matchersOf(condition) };
  });
  if (conditions.length === 0 || mistakes.length > 0) return { mistakes };
  if (joined === "any" && written.length > 1) {
    return {
      pattern: { $or: written.map(({ path, matchers }) => nested(path, matchers)) },
      mistakes,
    };
  }
  const pattern: MutableObject = {};
  for (const { at, path, matchers } of written) {
    const message = putInto(pattern, path, matchers);
    if (message !== undefined) mistakes.push({ at, message });
  }
  return mistakes.length > 0 ? { mistakes } : { pattern, mistakes };
}

function mistakeIn({ field, operator, values }: FieldCondition): string | undefined {
  if (!/^[^.\s$][^.]*(\.[^.]+)*$/.test(field)) {
    return say`Name a field, such as data.environment, subject or source.`;
  }
  if (takesNoValue(operator)) return undefined;
  if (values.length === 0) return say`Give a value.`;
  if (isIn(numberSigns, operator)) {
    return values.length === 1 && typeof values[0] === "number" ? undefined : say`Give one number.`;
  }
  if (operator === "is") return undefined;
  const texts = values.every((value) => typeof value === "string");
  if (operator === "is_not") {
    return texts || values.every((value) => typeof value === "number")
      ? undefined
      : say`Give texts, or numbers; not both.`;
  }
  return texts ? undefined : say`This looks at text. Put numbers in double quotes: "5".`;
}

function matchersOf({ operator, values }: FieldCondition): readonly Json[] {
  if (isIn(numberSigns, operator)) {
    return [{ numeric: [numberSigns[operator], values[0] as Json] }];
  }
  if (isIn(textTests, operator)) {
    return values.map((value) => ({ [textTests[operator]]: value }));
  }
  if (isIn(turnedTests, operator)) {
    return [{ "anything-but": { [turnedTests[operator]]: [...values] } }];
  }
  return plainTests[operator](values);
}

type PlainTest = Exclude<
  ConditionOperator,
  keyof typeof numberSigns | keyof typeof textTests | keyof typeof turnedTests
>;

const plainTests: Readonly<Record<PlainTest, (values: readonly Leaf[]) => readonly Json[]>> = {
  is: (values) => [...values],
  is_not: (values) => [{ "anything-but": [...values] }],
  in_network: (values) => values.map((value) => ({ cidr: value })),
  is_there: () => [{ exists: true }],
  is_absent: () => [{ exists: false }],
};

type MutableObject = { [name: string]: Json };

const nested = (path: readonly string[], matchers: readonly Json[]): JsonObject =>
  path.reduceRight<Json>((below, name) => ({ [name]: below }), [...matchers]) as JsonObject;

/** Put a test where it belongs in a pattern. A second test of one field fits only where both are ends of a range. */
function putInto(
  pattern: MutableObject,
  path: readonly string[],
  matchers: readonly Json[],
): string | undefined {
  let place = pattern;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    const below = place[name];
    if (Array.isArray(below) || typeof below !== "object") return fieldAndParent();
    place = below as MutableObject;
  }
  const last = path.at(-1) as string;
  const there = place[last];
  if (there === undefined) {
    place[last] = [...matchers];
    return undefined;
  }
  if (!Array.isArray(there)) return fieldAndParent();
  const range = rangeOf(there, matchers);
  if (!range) return twiceAsked();
  place[last] = [{ numeric: range }];
  return undefined;
}

const fieldAndParent = () => say`Another line asks for something inside this field, or around it.`;
const twiceAsked = () =>
  say`Another line asks for this field already, and a pattern asks once. Write the second as an expression.`;

function rangeOf(one: readonly Json[], other: readonly Json[]): Json[] | undefined {
  const bounds = [boundOf(one), boundOf(other)];
  const low = bounds.find((bound) => String(bound?.[0]).startsWith(">"));
  const high = bounds.find((bound) => String(bound?.[0]).startsWith("<"));
  return low && high ? [...low, ...high] : undefined;
}

function boundOf(matchers: readonly Json[]): readonly Json[] | undefined {
  const [only] = matchers;
  const numeric = (only as { readonly numeric?: Json } | undefined)?.numeric;
  return Array.isArray(numeric) && numeric.length === 2 ? numeric : undefined;
}
