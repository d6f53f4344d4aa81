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
      let place = this.#root;
      for (const name of path) place = place.below(name);
      const draft = drafts.get(place) ?? new Draft();
      drafts.set(place, draft);
      return draft;
    };
    const placed = ways.map((some) =>
      some.map((way) => way.map((entry) => ({ entry, draft: draftAt(entry.path) }))),
    );
    for (const { entry, draft } of placed.flat(2)) draft.count(entry);
    for (const [index, rule] of rules.entries()) {
      const rarest = leastOf(placed[index] ?? [], costOf);
      if (!rarest) this.#always.push(rule);
      else for (const { entry, draft } of rarest) draft.add(entry, rule);
    }
    for (const [place, { tables }] of drafts) place.fill(tables);
  }

  /** Add to `found` every rule that may match; some come twice, in no order. */
  collect(content: Json, found: number[]): void {
    for (const rule of this.#always) found.push(rule);
    this.#root.collect(content, found);
  }
}

/** An entry with the tables of its place. */
interface Placed {
  readonly entry: Entry;
  readonly draft: Draft;
}

/** How many rules an event is likely to meet by this way. */
const costOf = (way: readonly Placed[]) =>
  way.reduce((sum, { entry, draft }) => sum + draft.costOf(entry), 0);

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
    value: new Map(),
    folded: new Map(),
    prefix: new Map(),
    suffix: new Map(),
    ranges: [],
  };
  readonly #counts = {
    value: new Map<Leaf, number>(),
    folded: new Map<Leaf, number>(),
    prefix: new Map<Leaf, number>(),
    suffix: new Map<Leaf, number>(),
  };
  #ranges = 0;

  count(entry: Entry): void {
    if (entry.kind === "range") {
      this.#ranges += 1;
      return;
    }
    const counts = this.#counts[entry.kind];
    counts.set(entry.value, (counts.get(entry.value) ?? 0) + 1);
  }

  costOf(entry: Entry): number {
    // A number lies in one range in four of a table, or so we guess; a start or an end is shared by longer ones.
    if (entry.kind === "range") return this.#ranges / 4;
    const known = this.#counts[entry.kind].get(entry.value) ?? 0;
    return entry.kind === "prefix" || entry.kind === "suffix" ? 2 * known : known;
  }

  add(entry: Entry, rule: number): void {
    if (entry.kind !== "range") keep(this.tables[entry.kind], entry.value, rule);
    else this.tables.ranges.push({ low: entry.low, high: entry.high, rule });
  }
}
