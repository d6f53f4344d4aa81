const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Read `30s`, `15m`, `24h` or `7d` into milliseconds. Answers undefined for anything else, zero included. */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

/** Say a span as people do, rounded to its largest unit: `2 min`, `3 h`, `just now` under ten seconds. */
export function saySpan(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}

/** Write milliseconds as `parseDuration` reads them, in the largest unit that is exact: `24h`, `7d`, `90m`. */
export function writeDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  // A day is written as 24h, as everybody says it; several days as days.
  if (seconds === 86_400) return "24h";
  for (const unit of ["d", "h", "m"] as const) {
    const size = unitMs[unit] / 1_000;
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
