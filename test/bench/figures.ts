/** The middle of an odd number of measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Print one figure as the one JSON line that a program reads. */
export function report(figure: {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly value: number;
  readonly gate: number;
  readonly stretch: number;
  readonly baseline?: number;
}): void {
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  const { value, baseline } = figure;
  const rounded = {
    ...figure,
    value: round(value),
    ...(baseline === undefined ? {} : { baseline: round(baseline) }),
  };
  process.stdout.write(`${JSON.stringify(rounded)}\n`);
}
