import type { Bound, Leaf, Matcher } from "./matchers.ts";
import type { Pattern } from "./pattern.ts";

/** One thing that an event can be looked up by. What is found by it may still not match. */
export type Entry = { readonly path: readonly string[] } & (
  | { readonly kind: "value"; readonly value: Leaf }
  | { readonly kind: "folded"; readonly value: string }
  | { readonly kind: "prefix" | "suffix"; readonly value: string }
  /** Both ends included, whatever the bounds say. */
  | { readonly kind: "range"; readonly low: number; readonly high: number }
);

/**
 * The ways in which a pattern can be found without being tried: each is a list of entries, and an event that matches
 * the pattern meets at least one entry of every list. Empty: the pattern must be tried on every event.
 */
export function accessPaths(pattern: Pattern): readonly (readonly Entry[])[] {
  if (pattern.kind !== "either") return pathsBelow(pattern, []);
  // Every alternative is found in a way of its own, or nothing is gained.
  const ways = pattern.patterns.map((one) => pathsBelow(one, [])[0]);
  return ways.every((way) => way !== undefined) ? [ways.flat()] : [];
}

function pathsBelow(pattern: Pattern, path: readonly string[]): readonly (readonly Entry[])[] {
  switch (pattern.kind) {
    case "fields":
      return pattern.fields.flatMap(([name, below]) => pathsBelow(below, [...path, name]));
    case "all_of":
      return pattern.patterns.flatMap((one) => pathsBelow(one, path));
    case "either":
      return [];
    case "any_of": {
      const entries = pattern.matchers.map((matcher) => entryOf(matcher, path));
      return entries.every((entry) => entry !== undefined) ? [entries] : [];
    }
  }
}

function entryOf(matcher: Matcher, path: readonly string[]): Entry | undefined {
  switch (matcher.kind) {
    case "exact":
      return { kind: "value", path, value: matcher.value };
    case "ignore_case":
      return { kind: "folded", path, value: matcher.value };
    case "prefix":
    case "suffix":
      return matcher.ignoreCase ? undefined : affix(matcher.kind, path, matcher.text);
    case "wildcard":
      return (
        affix("prefix", path, matcher.parts[0] ?? "") ??
        affix("suffix", path, matcher.parts.at(-1) ?? "")
      );
    case "numeric":
      return rangeOf(matcher.bounds, path);
    case "cidr":
    case "anything_but":
    case "present":
    case "missing":
      return undefined;
  }
}

function affix(
  kind: "prefix" | "suffix",
  path: readonly string[],
  value: string,
): Entry | undefined {
  return value === "" ? undefined : { kind, path, value };
}

function rangeOf(bounds: readonly Bound[], path: readonly string[]): Entry {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { comparison, limit } of bounds) {
    if (comparison !== "<" && comparison !== "<=") low = Math.max(low, limit);
    if (comparison !== ">" && comparison !== ">=") high = Math.min(high, limit);
  }
  return low === high ? { kind: "value", path, value: low } : { kind: "range", path, low, high };
}
