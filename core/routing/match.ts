import { isJsonObject, type Json } from "../domain/json.ts";
import type { Bound, Matcher, Pattern } from "./pattern.ts";

/**
 * How a pattern stands to a value: something that it asks for is there and nothing speaks against it; or it asks only
 * that nothing be there, and nothing is; or no.
 */
type Found = "present" | "absent" | "no";

/**
 * Tell whether a pattern matches an event.
 *
 * A list in the event matches when one of its items does, so several fields below one list are compared with the same
 * item. A field that no item has is missing; so `exists: false` alone looks at all of them.
 */
export function matches(pattern: Pattern, value: Json): boolean {
  return look(pattern, value) !== "no";
}

function look(pattern: Pattern, value: Json | undefined): Found {
  if (pattern.kind === "any_of") return lookAtLeaves(pattern.matchers, leavesOf(value));
  if (Array.isArray(value)) return lookAtItems(pattern, value);
  const members = isJsonObject(value) ? value : {};
  let found: Found = "absent";
  for (const [name, below] of pattern.fields) {
    const here = look(below, Object.hasOwn(members, name) ? members[name] : undefined);
    if (here === "no") return "no";
    if (here === "present") found = "present";
  }
  return found;
}

function lookAtItems(pattern: Pattern, items: readonly Json[]): Found {
  if (items.length === 0) return look(pattern, undefined);
  const found = items.map((item) => look(pattern, item));
  if (found.includes("present")) return "present";
  return found.includes("no") ? "no" : "absent";
}

function lookAtLeaves(matchers: readonly Matcher[], leaves: readonly Leaf[]): Found {
  if (leaves.some((leaf) => matchers.some((matcher) => holds(matcher, leaf)))) return "present";
  const mayBeMissing = matchers.some(({ kind }) => kind === "missing");
  return mayBeMissing && leaves.length === 0 ? "absent" : "no";
}

type Leaf = string | number | boolean | null;

/** What is compared: a value, or the values in a list. An object is none; its own members are. */
function leavesOf(value: Json | undefined): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isJsonObject(value) ? [] : [value as Leaf];
}

function holds(matcher: Matcher, leaf: Leaf): boolean {
  switch (matcher.kind) {
    case "present":
      return true;
    case "missing":
      return false;
    case "exact":
      return leaf === matcher.value;
    case "prefix":
      return typeof leaf === "string" && leaf.startsWith(matcher.prefix);
    case "anything_but":
      return !matcher.values.some((value) => value === leaf);
    case "anything_but_prefix":
      return !matcher.prefixes.some((prefix) => holds({ kind: "prefix", prefix }, leaf));
    case "numeric":
      return typeof leaf === "number" && matcher.bounds.every((bound) => within(bound, leaf));
  }
}

function within({ comparison, limit }: Bound, value: number): boolean {
  switch (comparison) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case "=":
      return value === limit;
    case ">=":
      return value >= limit;
    case ">":
      return value > limit;
  }
}
