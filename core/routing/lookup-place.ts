import { isJsonObject, type Json } from "../domain/json.ts";
import { backwards } from "./access-paths.ts";
import { leavesOf } from "./match.ts";
import type { Leaf } from "./matchers.ts";
import { RangeIndex, type RuleRange } from "./range-index.ts";

/** Rules that one entry leads to; most lead to one, so that one stands alone. */
type Found = number | number[];

/** What can be looked up at one place of an event. */
export interface Tables {
  readonly values: Map<Leaf, Found>;
  readonly folded: Map<string, Found>;
  readonly prefixes: Map<string, Found>;
  readonly suffixes: Map<string, Found>;
  readonly ranges: RuleRange[];
}

/** Note that an entry leads to a rule. */
export function keep<Key>(table: Map<Key, Found>, key: Key, rule: number): void {
  const known = table.get(key);
  if (known === undefined) table.set(key, rule);
  else if (typeof known === "number") table.set(key, [known, rule]);
  else known.push(rule);
}

/** One place of an event, named by its path, with the places below it. */
export class Place {
  readonly #below = new Map<string, Place>();
  #values: ReadonlyMap<Leaf, Found> | undefined;
  #folded: ReadonlyMap<string, Found> | undefined;
  #prefixes: Affixes | undefined;
  #suffixes: Affixes | undefined;
  #ranges: RangeIndex | undefined;

  /** The place that a path leads to from here; it is made where it is missing. */
  below([name, ...rest]: readonly string[]): Place {
    if (name === undefined) return this;
    const place = this.#below.get(name) ?? new Place();
    this.#below.set(name, place);
    return place.below(rest);
  }

  /** Say what can be looked up here. */
  fill({ values, folded, prefixes, suffixes, ranges }: Tables): void {
    if (values.size > 0) this.#values = values;
    if (folded.size > 0) this.#folded = folded;
    if (prefixes.size > 0) this.#prefixes = new Affixes(prefixes);
    if (suffixes.size > 0) this.#suffixes = new Affixes(suffixes);
    if (ranges.length > 0) this.#ranges = new RangeIndex(ranges);
  }

  /** Add to `found` the rules that a value leads to, here and below. */
  collect(value: Json | undefined, found: number[]): void {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object") this.collect(item, found);
      for (const leaf of leavesOf(value)) this.#collectLeaf(leaf, found);
    } else if (isJsonObject(value)) {
      for (const [name, place] of this.#below) {
        if (Object.hasOwn(value, name)) place.collect(value[name], found);
      }
    } else if (value !== undefined) {
      this.#collectLeaf(value as Leaf, found);
    }
  }

  #collectLeaf(leaf: Leaf, found: number[]): void {
    push(this.#values?.get(leaf), found);
    if (typeof leaf === "number") this.#ranges?.collect(leaf, found);
    if (typeof leaf !== "string") return;
    if (this.#folded) push(this.#folded.get(leaf.toLowerCase()), found);
    this.#prefixes?.collect(leaf, found);
    if (this.#suffixes) this.#suffixes.collect(backwards(leaf), found);
  }
}

/** Starts of texts, to be asked which of them a text has. It costs a look for each length that occurs. */
class Affixes {
  readonly #texts: ReadonlyMap<string, Found>;
  readonly #lengths: readonly number[];

  constructor(texts: ReadonlyMap<string, Found>) {
    this.#texts = texts;
    this.#lengths = [...new Set([...texts.keys()].map((text) => text.length))].sort(
      (one, other) => one - other,
    );
  }

  collect(text: string, found: number[]): void {
    for (const length of this.#lengths) {
      if (length > text.length) return;
      push(this.#texts.get(text.slice(0, length)), found);
    }
  }
}

function push(rules: Found | undefined, found: number[]): void {
  if (rules === undefined) return;
  if (typeof rules === "number") found.push(rules);
  else for (const rule of rules) found.push(rule);
}
