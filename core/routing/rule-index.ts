import type { Json } from "../domain/json.ts";
import { accessPaths, type Entry } from "./access-paths.ts";
import { keep, Place, type Tables } from "./lookup-place.ts";
import type { Leaf } from "./matchers.ts";
import type { Pattern } from "./pattern.ts";

/**
 * Rules by what an event must hold for them to match.
 *
 * Of the ways in which a rule can be found, the rarest is taken: the one that leads to the fewest other rules. So the
 * cost of an event follows from the rules that it nearly matches, and hardly from how many there are. What is found
 * must still be tried; rules that nothing can be found by are found by every event.
 */
export class RuleIndex {
  readonly #root = new Place();
  readonly #always: number[] = [];

  /** `rules` are positions in the rule set; `patternOf` is asked once for each and may make the pattern anew. */
  constructor(rules: readonly number[], patternOf: (rule: number) => Pattern | undefined) {
    const ways = rules.map((rule) => {
      const pattern = patternOf(rule);
      return pattern ? accessPaths(pattern) : [];
    });
    const drafts = new Map<Place, Draft>();
    const draftAt = (path: readonly string[]) => {
      const place = this.#root.below(path);
      const draft = drafts.get(place) ?? new Draft();
      drafts.set(place, draft);
      return draft;
    };
    for (const way of ways.flat(2)) draftAt(way.path).count(way);
    const costOf = (way: readonly Entry[]) =>
      way.reduce((sum, entry) => sum + draftAt(entry.path).costOf(entry), 0);
    for (const [index, rule] of rules.entries()) {
      const rarest = leastOf(ways[index] ?? [], costOf);
      if (!rarest) this.#always.push(rule);
      else for (const entry of rarest) draftAt(entry.path).add(entry, rule);
    }
    for (const [place, { tables }] of drafts) place.fill(tables);
  }

  /** Add to `found` every rule that may match; some come twice, in no order. */
  collect(content: Json, found: number[]): void {
    for (const rule of this.#always) found.push(rule);
    this.#root.collect(content, found);
  }
}

function leastOf<One>(these: readonly One[], costOf: (one: One) => number): One | undefined {
  let least: One | undefined;
  let leastCost = Number.POSITIVE_INFINITY;
  for (const one of these) {
    const cost = costOf(one);
    if (cost >= leastCost) continue;
    least = one;
    leastCost = cost;
  }
  return least;
}

/** The tables of one place while they are made, with how many rules each entry could lead to. */
class Draft {
  readonly tables: Tables = {
    values: new Map(),
    folded: new Map(),
    prefixes: new Map(),
    suffixes: new Map(),
    ranges: [],
  };
  readonly #counts = { value: new Map<Leaf, number>(), text: new Map<string, number>() };
  #ranges = 0;

  count(entry: Entry): void {
    const { value, text } = this.#counts;
    if (entry.kind === "value") value.set(entry.value, (value.get(entry.value) ?? 0) + 1);
    else if (entry.kind === "range") this.#ranges += 1;
    else text.set(nameOf(entry), (text.get(nameOf(entry)) ?? 0) + 1);
  }

  /** How many rules an event is likely to meet by this entry. */
  costOf(entry: Entry): number {
    if (entry.kind === "value") return this.#counts.value.get(entry.value) ?? 0;
    // A range of a table holds one number in four, or so we guess; a start is shared by longer ones.
    if (entry.kind === "range") return this.#ranges / 4;
    const likely = entry.kind === "folded" ? 1 : 2;
    return likely * (this.#counts.text.get(nameOf(entry)) ?? 0);
  }

  add(entry: Entry, rule: number): void {
    const { values, folded, prefixes, suffixes, ranges } = this.tables;
    switch (entry.kind) {
      case "value":
        keep(values, entry.value, rule);
        break;
      case "folded":
        keep(folded, entry.value, rule);
        break;
      case "prefix":
        keep(prefixes, entry.text, rule);
        break;
      case "suffix":
        keep(suffixes, entry.text, rule);
        break;
      case "range":
        ranges.push({ low: entry.low, high: entry.high, rule });
    }
  }
}

const nameOf = (entry: Exclude<Entry, { kind: "value" | "range" }>) =>
  `${entry.kind} ${entry.kind === "folded" ? entry.value : entry.text}`;
