import { Webhook } from "standardwebhooks";
import type { Approval } from "../../domain/approval.ts";
import type { SendingDelivery } from "../../domain/delivery.ts";
import type { SendReport } from "../../domain/send-result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AddressGuard } from "../address-guard.ts";
import { callOnce } from "../call.ts";
import { secretParts, withoutValues } from "../hook-values.ts";
import { callbackBody } from "./callback-body.ts";
import { resultOfError, resultOfStatus } from "./outcome.ts";

export interface CallbackDeps {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly hubUrl: string;
  /** A callback that would be larger is not sent (FEATURES E7). */
  readonly mostBytes: number;
  /** How long one call may take, its answer included; ten seconds if it is not said. */
  readonly timeoutMs?: number;
  /**
   * The producer's signing secrets, `whsec_…`, newest first: two while one follows the other. None when the producer is
   * gone.
   */
  readonly secretsOf: (approval: Approval) => Promise<readonly string[]>;
}

const usualTimeoutMs = 10_000;

/**
 * Call a producer back once, as a signed Standard Webhooks message.
 *
 * `webhook-id` is the delivery's id, which follows from (request, revision); so it is the same on every retry, and a
 * receiver that drops repeats sees one effect. Redirects are not followed.
 */
export async function sendCallback(
  { guard, clock, hubUrl, mostBytes, timeoutMs = usualTimeoutMs, secretsOf }: CallbackDeps,
  url: string,
  delivery: SendingDelivery,
  approval: Approval,
): Promise<SendReport> {
  const body = callbackBody(approval, hubUrl);
  const sent = { to: shown(url), body };
  const refusal = guard.check(url);
  if (refusal)
    return { result: { kind: "rejected", because: refusal.code }, request: sent, response: null };
  const secrets = await secretsOf(approval);
  if (secrets.length === 0)
    return {
      result: { kind: "rejected", because: "producer_unknown" },
      request: sent,
      response: null,
    };
  const text = JSON.stringify(body);
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes) {
    const because = `too_large: ${bytes} bytes, and a callback may carry ${mostBytes}`;
    return { result: { kind: "rejected", because }, request: { to: shown(url) }, response: null };
  }
  const at = clock.now();
  const called = await callOnce(guard, {
    ...{ url, method: "POST", body: text, timeoutMs },
    headers: {
      "content-type": "application/json",
      "webhook-id": delivery.id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": secrets
        .map((secret) => new Webhook(secret).sign(delivery.id, at, text))
        .join(" "),
    },
  });
  // Receivers quote by what they were called.
  const clean = (said: string) => withoutValues(said, [...secretParts(url), ...secrets]);
  if (called.kind === "failed") {
    const { cause } = called;
    return { result: resultOfError(cause), request: sent, response: clean(String(cause)) };
  }
  const { status, retryAfter } = called;
  return {
    result: resultOfStatus(status, retryAfter),
    status,
    request: sent,
    response: clean(called.text),
  };
}

/** An address as people may see it: its path may hold a secret, so it is left out. */
const shown = (url: string) => `${new URL(url).origin}/…`;
