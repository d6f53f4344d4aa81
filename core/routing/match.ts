import { isIP } from "node:net";
import { isJsonObject, type Json } from "../domain/json.ts";
import type { Bound, Leaf, Matcher, TextMatcher } from "./matchers.ts";
import type { Pattern } from "./pattern.ts";

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
  switch (pattern.kind) {
    case "any_of":
      return lookAtLeaves(pattern.matchers, value);
    case "either":
      return pattern.patterns.some((one) => look(one, value) !== "no") ? "present" : "no";
    case "all_of": {
      let found: Found = "absent";
      for (const one of pattern.patterns) {
        const here = look(one, value);
        if (here === "no") return "no";
        if (here === "present") found = "present";
      }
      return found;
    }
    case "fields":
      return Array.isArray(value) ? lookAtItems(pattern, value) : lookAtFields(pattern, value);
  }
}

type Fields = Extract<Pattern, { kind: "fields" }>;

function lookAtFields({ fields }: Fields, value: Json | undefined): Found {
  const members = isJsonObject(value) ? value : {};
  let found: Found = "absent";
  for (const [name, below] of fields) {
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

/** What is compared is a value, or the values in a list. An object is none; its own members are. */
function lookAtLeaves(matchers: readonly Matcher[], value: Json | undefined): Found {
  if (typeof value !== "object" || value === null) {
    if (value !== undefined) return anyHolds(matchers, value) ? "present" : "no";
  } else if (Array.isArray(value)) {
    const leaves = leavesOf(value);
    if (leaves.length > 0)
      return leaves.some((leaf) => anyHolds(matchers, leaf)) ? "present" : "no";
  }
  return matchers.some(({ kind }) => kind === "missing") ? "absent" : "no";
}

function leavesOf(value: Json): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isJsonObject(value) ? [] : [value as Leaf];
}

const anyHolds = (matchers: readonly Matcher[], leaf: Leaf) =>
  matchers.some((matcher) => holds(matcher, leaf));

function holds(matcher: Matcher, leaf: Leaf): boolean {
  switch (matcher.kind) {
    case "present":
      return true;
    case "missing":
      return false;
    case "exact":
      return leaf === matcher.value;
    case "numeric":
      return typeof leaf === "number" && matcher.bounds.every((bound) => within(bound, leaf));
    case "anything_but":
      return !matcher.matchers.some((one) => holds(one, leaf));
    default:
      return typeof leaf === "string" && holdsForText(matcher, leaf);
  }
}

function holdsForText(matcher: TextMatcher, text: string): boolean {
  switch (matcher.kind) {
    case "ignore_case":
      return text.toLowerCase() === matcher.value;
    case "prefix":
      return (matcher.ignoreCase ? text.toLowerCase() : text).startsWith(matcher.text);
    case "suffix":
      return (matcher.ignoreCase ? text.toLowerCase() : text).endsWith(matcher.text);
    case "wildcard":
      return fitsWildcard(matcher.parts, text);
    case "cidr":
      return (
        isIP(text) === (matcher.family === "ipv4" ? 4 : 6) &&
        matcher.addresses.check(text, matcher.family)
      );
  }
}

/** Find the parts one after the other, each at the first place that is left; so the time grows with the text alone. */
function fitsWildcard(parts: readonly string[], text: string): boolean {
  const first = parts[0] as string;
  const last = parts.at(-1) as string;
  const end = text.length - last.length;
  if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
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
