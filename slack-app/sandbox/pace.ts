/** Times a method may be called in a minute (docs.slack.dev/apis/web-api/rate-limits). */
export type Tier = "tier2" | "tier3" | "tier4";

const minuteMs = 60_000;

/**
 * Slack names the least that it grants ("20+"). A little more is let through, because calls that left in pace may
 * arrive closer together.
 */
const perMinute: Readonly<Record<Tier, number>> = { tier2: 25, tier3: 55, tier4: 110 };

/** Counts calls of one method by one installation over the last minute. */
export class Pace {
  readonly #calls = new Map<string, number[]>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Count one call. Answers 0, or the seconds after which to come again. */
  take(key: string, tier: Tier): number {
    const now = this.#now().getTime();
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - minuteMs && at <= now);
    this.#calls.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= perMinute[tier])
      return Math.max(1, Math.ceil((oldest + minuteMs - now) / 1_000));
    recent.push(now);
    return 0;
  }
}
