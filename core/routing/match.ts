import { isJsonObject, type Json } from "../domain/json.ts";
import type { Bound, Matcher, Pattern } from "./pattern.ts";

/**
 * Tell whether a pattern matches a value of the event.
 *
 * A list in the event matches when one of its items does, so several fields below one list are compared with the
 * same item. A name that is missing is matched by `exists: false` alone.
 */
export function matches(pattern: Pattern, value: Json | undefined): boolean {
  if (pattern.kind === "any_of") {
    return pattern.matchers.some((matcher) => holds(matcher, value));
  }
  if (Array.isArray(value)) return value.some((item) => matches(pattern, item));
  const fields = isJsonObject(value) ? value : {};
  return pattern.fields.every(([name, below]) =>
    matches(below, Object.hasOwn(fields, name) ? fields[name] : undefined),
  );
}

function holds(matcher: Matcher, value: Json | undefined): boolean {
  if (matcher.kind === "exists") return isLeaf(value) === matcher.wanted;
  if (value === undefined) return false;
  if (Array.isArray(value)) return value.some((item) => holds(matcher, item));
  switch (matcher.kind) {
    case "exact":
      return value === matcher.value;
    case "prefix":
      return typeof value === "string" && value.startsWith(matcher.prefix);
    case "anything_but":
      return isLeaf(value) && !matcher.values.includes(value as string | number);
    case "anything_but_prefix":
      return (
        typeof value === "string" && !matcher.prefixes.some((prefix) => value.startsWith(prefix))
      );
    case "numeric":
      return typeof value === "number" && matcher.bounds.every((bound) => within(bound, value));
  }
}

const isLeaf = (value: Json | undefined) => value !== undefined && !isJsonObject(value);

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
