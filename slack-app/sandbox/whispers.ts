import type { Signal } from "./signal.ts";

/** Uses and life of a `response_url` (docs.slack.dev/interactivity/handling-user-interaction). */
const mostUses = 5;
const lifeMs = 30 * 60_000;

/** The click that a `response_url` belongs to. */
export interface Origin {
  readonly channel: string;
  readonly ts: string;
  readonly person: string;
}

interface ResponseUrl {
  readonly origin: Origin;
  readonly until: number;
  uses: number;
}

/** A text that one person alone was shown. */
interface Whisper {
  readonly number: number;
  readonly channel: string;
  readonly person: string;
  readonly text: string;
  /** The `response_url` that it came by. */
  readonly token?: string;
}

/** What only one person sees: ephemeral messages, and the addresses by which they are sent. */
export class Whispers {
  readonly #urls = new Map<string, ResponseUrl>();
  readonly #heard: Whisper[] = [];
  readonly #signal: Signal;
  readonly #now: () => Date;
  #count = 0;

  constructor(signal: Signal, now: () => Date) {
    this.#signal = signal;
    this.#now = now;
  }

  /** How many have been heard; what comes later has a higher number. */
  get count(): number {
    return this.#count;
  }

  /** Make a token good for one click's `response_url`. */
  issue(token: string, origin: Origin): void {
    if (this.#urls.size > 1_000) this.#dropExpired();
    this.#urls.set(token, { origin, until: this.#now().getTime() + lifeMs, uses: 0 });
  }

  /** Use a `response_url` once. Answers the click it stands for, or Slack's name for why not. */
  use(token: string): Origin | "invalid_url" | "expired_url" | "used_url" {
    const url = this.#urls.get(token);
    if (!url) return "invalid_url";
    if (url.until <= this.#now().getTime()) return "expired_url";
    if (url.uses >= mostUses) return "used_url";
    url.uses += 1;
    return url.origin;
  }

  #dropExpired(): void {
    const now = this.#now().getTime();
    for (const [token, url] of this.#urls) if (url.until <= now) this.#urls.delete(token);
  }

  hear(whisper: Omit<Whisper, "number">): void {
    this.#count += 1;
    this.#heard.push({ ...whisper, number: this.#count });
    if (this.#heard.length > 1_000) this.#heard.shift();
    this.#signal.ring();
  }

  /** The first text for a click after a number: by its own `response_url`, or to that person in that channel. */
  after(number: number, origin: Origin, token: string): string | undefined {
    const mine = (one: Whisper) =>
      one.token === token ||
      (one.token === undefined && one.channel === origin.channel && one.person === origin.person);
    return this.#heard.find((one) => one.number > number && mine(one))?.text;
  }
}
