import { Webhook } from "standardwebhooks";
import type { Approval } from "../../domain/approval.ts";
import type { SendingDelivery } from "../../domain/delivery.ts";
import type { SendReport } from "../../domain/send-result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AddressGuard } from "../address-guard.ts";
import { loadCalls } from "../load-calls.ts";
import { callbackBody } from "./callback-body.ts";
import { resultOfError, resultOfStatus } from "./outcome.ts";

export interface CallbackDeps {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly hubUrl: string;
  /** A callback that would be larger is not sent (FEATURES E7). */
  readonly mostBytes: number;
  /**
   * The producer's signing secrets, `whsec_…`, newest first: two while one follows the other. None when the producer is
   * gone.
   */
  readonly secretsOf: (approval: Approval) => Promise<readonly string[]>;
}

/**
 * Call a producer back once, as a signed Standard Webhooks message.
 *
 * `webhook-id` is the delivery's id, which follows from (request, revision); so it is the same on every retry, and a
 * receiver that drops repeats sees one effect. Redirects are not followed.
 */
export async function sendCallback(
  { guard, clock, hubUrl, mostBytes, secretsOf }: CallbackDeps,
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
  try {
    const answer = await loadCalls().request(url, {
      method: "POST",
      dispatcher: guard.agent,
      headers: {
        "content-type": "application/json",
        "user-agent": "Countersign",
        "webhook-id": delivery.id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": secrets
          .map((secret) => new Webhook(secret).sign(delivery.id, at, text))
          .join(" "),
      },
      body: text,
    });
    // The status decides. What else is said, or breaks off, or is too long, changes nothing.
    const said = await readStart(answer.body).catch(String);
    const retryAfter = answer.headers["retry-after"];
    const result = resultOfStatus(
      answer.statusCode,
      typeof retryAfter === "string" ? retryAfter : undefined,
    );
    return { result, status: answer.statusCode, request: sent, response: said };
  } catch (cause) {
    return { result: resultOfError(cause), request: sent, response: String(cause) };
  }
}

/** As much of an answer as people are shown; a receiver that says more is not listened to. */
const mostRead = 16_384;

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostRead) break;
  }
  return Buffer.concat(chunks).subarray(0, mostRead).toString("utf8");
}

/** An address as people may see it: its path may hold a secret, so it is left out. */
const shown = (url: string) => `${new URL(url).origin}/…`;
