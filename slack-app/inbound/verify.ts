import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Why a request does not come from Slack, as far as we can tell. */
export type Forgery =
  | "header_missing"
  | "timestamp_unreadable"
  | "too_old"
  | "from_the_future"
  | "signature_wrong";

/** The longest body that we take. Slack's own bodies stay under 300 KB: a message or a view, and a little more. */
const bodyLimit = 1_000_000;

/** A longer body is read on to here, so that its sender hears 413 and not a broken connection. */
const patience = 8_000_000;

/** Five minutes, both ways (docs.slack.dev/authentication/verifying-requests-from-slack). */
const windowMs = 5 * 60_000;

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Sign a raw body as Slack does: v0, HMAC-SHA256 over version, timestamp and body. */
function slackSignature(signingSecret: string, timestamp: string, body: string): string {
  const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`);
  return `v0=${mac.digest("hex")}`;
}

/**
 * Tell why this request is not Slack's; undefined when it is.
 *
 * The comparison takes the same time whatever the signature is. Bolt looks again after us, but lets timestamps from
 * the future pass, which would keep a stolen request good for ever (PLATFORMS §1.6).
 */
export function forgeryOf(
  request: { readonly headers: IncomingHttpHeaders; readonly body: string },
  signingSecret: string,
  now: Date,
): Forgery | undefined {
  const timestamp = request.headers["x-slack-request-timestamp"];
  const signature = request.headers["x-slack-signature"];
  if (typeof timestamp !== "string" || typeof signature !== "string") return "header_missing";
  if (!/^\d{1,12}$/.test(timestamp)) return "timestamp_unreadable";
  const aheadMs = Number(timestamp) * 1_000 - now.getTime();
  if (aheadMs < -windowMs) return "too_old";
  if (aheadMs > windowMs) return "from_the_future";
  const expected = slackSignature(signingSecret, timestamp, request.body);
  return timingSafeEqual(digest(expected), digest(signature)) ? undefined : "signature_wrong";
}

/** Read the body as it came, byte for byte. Answers undefined when it is too long, and rejects when it breaks off. */
export async function readRawBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > patience) return undefined;
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length > bodyLimit ? undefined : Buffer.concat(chunks);
}
