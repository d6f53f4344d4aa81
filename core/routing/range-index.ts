/** A range of numbers, both ends included, and the rule that asks for it. */
export interface RuleRange {
  readonly low: number;
  readonly high: number;
  readonly rule: number;
}

/**
 * Ranges, to be asked which of them hold a number.
 *
 * They lie in flat lists in the order of their low ends; each also knows the highest end in its half of the search, as
 * an interval tree does. So a question costs about the logarithm of their number, and what it finds. A range takes 28
 * bytes.
 */
export class RangeIndex {
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;
  readonly #highest: Float64Array;
  readonly #rules: Int32Array;

  constructor(ranges: readonly RuleRange[]) {
    const sorted = [...ranges].sort((one, other) => one.low - other.low);
    this.#lows = Float64Array.from(sorted, ({ low }) => low);
    this.#highs = Float64Array.from(sorted, ({ high }) => high);
    this.#rules = Int32Array.from(sorted, ({ rule }) => rule);
    this.#highest = new Float64Array(sorted.length);
    this.#measure(0, sorted.length);
  }

  /** Add the rules whose ranges hold this number to `found`. */
  collect(value: number, found: number[]): void {
    this.#search(0, this.#lows.length, value, found);
  }

  #measure(from: number, to: number): number {
    if (from >= to) return Number.NEGATIVE_INFINITY;
    const middle = (from + to) >> 1;
    const highest = Math.max(
      this.#highs[middle] as number,
      this.#measure(from, middle),
      this.#measure(middle + 1, to),
    );
    this.#highest[middle] = highest;
    return highest;
  }

  #search(from: number, to: number, value: number, found: number[]): void {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    if ((this.#highest[middle] as number) < value) return;
    this.#search(from, middle, value, found);
    if ((this.#lows[middle] as number) > value) return;
    if ((this.#highs[middle] as number) >= value) found.push(this.#rules[middle] as number);
    this.#search(middle + 1, to, value, found);
  }
}
