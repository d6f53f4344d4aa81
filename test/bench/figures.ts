/** The middle of an odd number of measurements. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The measurement that this share of all lies below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** One figure of TARGETS.md. */
interface Figure {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly value: number;
  readonly gate: number;
  readonly stretch: number;
  /** What the aim is; most figures shall be small. */
  readonly better?: "lower" | "higher";
  readonly baseline?: number;
  /** What each round measured, so that the noise is seen. */
  readonly rounds?: readonly number[];
}

/** Print one figure as the one JSON line that a program reads, with what it means. A figure that misses fails nothing. */
export function report({ better = "lower", ...figure }: Figure): void {
  const { value, gate, stretch, baseline, rounds } = figure;
  const reaches = (aim: number) => (better === "lower" ? value <= aim : value >= aim);
  const verdict = reaches(stretch) ? "stretch" : reaches(gate) ? "gate" : "missed";
  const line = {
    ...figure,
    value: rounded(value),
    ...(baseline === undefined ? {} : { baseline: rounded(baseline) }),
    ...(rounds === undefined ? {} : { rounds: rounds.map(rounded) }),
    verdict,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
