import { isJsonObject, type Json, type JsonObject } from "../../domain/json.ts";
import { say } from "../../words/say.ts";

/** One condition of a pattern in words: where it looks, and what must hold there. */
export interface Condition {
  readonly field: string;
  readonly holds: string;
}

/**
 * Say an event pattern as a list of conditions that must all hold.
 *
 * Answers undefined for anything it has no words for, so that the page shows the JSON instead of half the truth.
 */
export function sayPattern(
  pattern: JsonObject,
  path: readonly string[] = [],
): readonly Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const [name, value] of Object.entries(pattern)) {
    if (name.startsWith("$")) return undefined;
    const here = [...path, name];
    const said = Array.isArray(value)
      ? sayField(here, value)
      : isJsonObject(value)
        ? sayPattern(value, here)
        : undefined;
    if (said === undefined) return undefined;
    conditions.push(...said);
  }
  return conditions;
}

function sayField(
  path: readonly string[],
  values: readonly Json[],
): readonly Condition[] | undefined {
  const words = values.map(sayValue);
  if (words.length === 0 || words.includes(undefined)) return undefined;
  const exact = values.every((value) => !isJsonObject(value));
  const holds =
    exact && words.length > 1
      ? say`is one of ${values.map(literal).join(", ")}`
      : words.join(` ${say`or`} `);
  return [{ field: path.join("."), holds }];
}

const said = {
  "equals-ignore-case": (text: string) => say`is, in large or small letters, ${text}`,
  wildcard: (text: string) => say`looks like ${text}`,
  cidr: (text: string) => say`lies in ${text}`,
} as const;

function sayValue(value: Json): string | undefined {
  if (!isJsonObject(value)) return say`is ${literal(value)}`;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [operator, operand] = entry;
  switch (operator) {
    case "prefix":
    case "suffix":
      return sayAffix(operator, operand);
    case "equals-ignore-case":
    case "wildcard":
    case "cidr":
      return typeof operand === "string" ? said[operator](operand) : undefined;
    case "exists":
      return sayExists(operand);
    case "anything-but":
      return sayAnythingBut(operand);
    case "numeric":
      return Array.isArray(operand) ? sayNumeric(operand) : undefined;
    default:
      return undefined;
  }
}

function sayExists(operand: Json | undefined): string | undefined {
  if (typeof operand !== "boolean") return undefined;
  return operand ? say`is there` : say`is absent`;
}

function sayAffix(operator: "prefix" | "suffix", operand: Json | undefined): string | undefined {
  const begins = operator === "prefix";
  if (typeof operand === "string") {
    return begins ? say`starts with ${operand}` : say`ends with ${operand}`;
  }
  const text = isJsonObject(operand) ? operand["equals-ignore-case"] : undefined;
  if (typeof text !== "string") return undefined;
  return begins
    ? say`starts with, in large or small letters, ${text}`
    : say`ends with, in large or small letters, ${text}`;
}

function sayAnythingBut(operand: Json | undefined): string | undefined {
  if (Array.isArray(operand) && operand.length === 1) return sayAnythingBut(operand[0]);
  if (Array.isArray(operand)) return say`is none of ${operand.map(literal).join(", ")}`;
  return operand === undefined || isJsonObject(operand)
    ? undefined
    : say`is not ${literal(operand)}`;
}

function sayNumeric(operand: readonly Json[]): string {
  const signs: Readonly<Record<string, string>> = { ">=": "≥", "<=": "≤" };
  const pairs: string[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const sign = String(operand[index]);
    pairs.push(`${signs[sign] ?? sign} ${String(operand[index + 1])}`);
  }
  return pairs.join(` ${say`and`} `);
}

function literal(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
