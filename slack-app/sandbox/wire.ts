import { createHmac } from "node:crypto";
import type { Sockets } from "./sockets.ts";

/** Slack waits so long for an answer (docs.slack.dev/interactivity/handling-user-interaction). */
const patienceMs = 3_000;

/** What the hub answered. Status 0: nothing in time, or no connection. */
export interface HubAnswer {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
  readonly headers?: Headers;
  /** Why there is no answer, as Slack names it. */
  readonly trouble?: "http_timeout" | "connection_failed";
}

/** Says again that an event comes once more. */
export interface Retry {
  readonly number: number;
  readonly reason: string;
}

interface Post {
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The way from Slack to the app: signed requests to its address, or envelopes through its sockets once it has opened
 * one. Signed is with the machine's clock, as Slack's own is right.
 */
export class Wire {
  readonly #doorUrl: string;
  readonly #signingSecret: string;
  readonly #sockets: Sockets;

  constructor(doorUrl: string, signingSecret: string, sockets: Sockets) {
    this.#doorUrl = doorUrl;
    this.#signingSecret = signingSecret;
    this.#sockets = sockets;
  }

  /** Bring a click or a dialog: a form, bare content type. */
  interact(interaction: unknown): Promise<HubAnswer> {
    if (this.#sockets.inUse)
      return this.#sockets.send({ type: "interactive", payload: interaction }, patienceMs);
    const body = `payload=${encodeURIComponent(JSON.stringify(interaction))}`;
    return this.#post({ type: "application/x-www-form-urlencoded", body });
  }

  /** Bring an event, or bring it again. */
  tell(event: unknown, retry?: Retry): Promise<HubAnswer> {
    if (this.#sockets.inUse) {
      const again = { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? "" };
      return this.#sockets.send({ type: "events_api", payload: event, ...again }, patienceMs);
    }
    const headers = retry && {
      "x-slack-retry-num": String(retry.number),
      "x-slack-retry-reason": retry.reason,
    };
    const body = JSON.stringify(event);
    return this.#post({ type: "application/json", body, ...(headers ? { headers } : {}) });
  }

  async #post({ type, body, headers }: Post): Promise<HubAnswer> {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const mac = createHmac("sha256", this.#signingSecret).update(`v0:${timestamp}:${body}`);
    const startedAt = performance.now();
    const since = () => Math.round(performance.now() - startedAt);
    try {
      const answer = await fetch(this.#doorUrl, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": type,
          "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": `v0=${mac.digest("hex")}`,
          ...headers,
        },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await answer.text();
      return { status: answer.status, body: text, headers: answer.headers, ms: since() };
    } catch (cause) {
      const late = cause instanceof Error && cause.name === "TimeoutError";
      return {
        status: 0,
        body: "",
        ms: since(),
        trouble: late ? "http_timeout" : "connection_failed",
      };
    }
  }
}
