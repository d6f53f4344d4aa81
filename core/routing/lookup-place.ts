import type { Json, JsonObject } from "../domain/json.ts";
import type { Leaf } from "./matchers.ts";
import { RangeIndex, type RuleRange } from "./range-index.ts";

/** Rules that one entry leads to; most lead to one, so that one stands alone. */
type Found = number | number[];

/** What can be looked up at one place of an event: rules by the value, or by a part of it. */
export interface Tables {
  readonly value: Map<Leaf, Found>;
  readonly folded: Map<Leaf, Found>;
  readonly prefix: Map<Leaf, Found>;
  readonly suffix: Map<Leaf, Found>;
  readonly ranges: RuleRange[];
}

/** Note that an entry leads to a rule. */
export function keep(table: Map<Leaf, Found>, key: Leaf, rule: number): void {
  const known = table.get(key);
  if (known === undefined) table.set(key, rule);
  else if (typeof known === "number") table.set(key, [known, rule]);
  else known.push(rule);
}

/** One place of an event, named by its path, with the places below it. */
export class Place {
  readonly #names: string[] = [];
  readonly #places: Place[] = [];
  #values: ReadonlyMap<Leaf, Found> | undefined;
  #folded: ReadonlyMap<Leaf, Found> | undefined;
  #prefixes: Affixes | undefined;
  #suffixes: Affixes | undefined;
  #ranges: RangeIndex | undefined;

  /** The place of this name below; it is made where it is missing. */
  below(name: string): Place {
    const known = this.#places[this.#names.indexOf(name)];
    if (known) return known;
    const place = new Place();
    this.#names.push(name);
    this.#places.push(place);
    return place;
  }

  /** Say what can be looked up here. */
  fill({ value, folded, prefix, suffix, ranges }: Tables): void {
    if (value.size > 0) this.#values = value;
    if (folded.size > 0) this.#folded = folded;
    if (prefix.size > 0) this.#prefixes = new Affixes(prefix, "start");
    if (suffix.size > 0) this.#suffixes = new Affixes(suffix, "end");
    if (ranges.length > 0) this.#ranges = new RangeIndex(ranges);
  }

  /** Add to `found` the rules that a value leads to, here and below. */
  collect(value: Json, found: number[]): void {
    if (typeof value !== "object" || value === null) {
      this.#collectLeaf(value, found);
    } else if (Array.isArray(value)) {
      for (const item of value) this.collect(item, found);
    } else {
      this.#collectBelow(value as JsonObject, found);
    }
  }

  #collectBelow(members: JsonObject, found: number[]): void {
    for (let index = 0; index < this.#names.length; index += 1) {
      const value = members[this.#names[index] as string];
      // Every object has members of its own kind, such as `toString`; an event never holds a function.
      if (value === undefined || typeof value === "function") continue;
      this.#places[index]?.collect(value, found);
    }
  }

  #collectLeaf(leaf: Leaf, found: number[]): void {
    if (this.#values) push(this.#values.get(leaf), found);
    if (typeof leaf === "number") this.#ranges?.collect(leaf, found);
    if (typeof leaf !== "string") return;
    if (this.#folded) push(this.#folded.get(leaf.toLowerCase()), found);
    this.#prefixes?.collect(leaf, found);
    this.#suffixes?.collect(leaf, found);
  }
}

/** Starts or ends of texts, to be asked which of them a text has. It costs a look for each length that occurs. */
class Affixes {
  readonly #texts: ReadonlyMap<Leaf, Found>;
  readonly #lengths: readonly number[];
  readonly #atEnd: boolean;

  constructor(texts: ReadonlyMap<Leaf, Found>, at: "start" | "end") {
    this.#texts = texts;
    const lengths = new Set([...texts.keys()].map((text) => String(text).length));
    this.#lengths = [...lengths].sort((one, other) => one - other);
    this.#atEnd = at === "end";
  }

  collect(text: string, found: number[]): void {
    for (const length of this.#lengths) {
      if (length > text.length) return;
      const part = this.#atEnd ? text.slice(text.length - length) : text.slice(0, length);
      push(this.#texts.get(part), found);
    }
  }
}

function push(rules: Found | undefined, found: number[]): void {
  if (rules === undefined) return;
  if (typeof rules === "number") found.push(rules);
  else for (const rule of rules) found.push(rule);
}
