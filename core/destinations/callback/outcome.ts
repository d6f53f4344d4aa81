import { resultOf, type SendResult } from "../../domain/send-result.ts";
import { guardCode } from "../address-guard.ts";
import { pauseOf } from "../call.ts";

/** What a receiver's status means: 2xx ends it, 410 stops, all else is tried again for 24 hours (FEATURES E1). */
export function resultOfStatus(status: number, retryAfter: string | undefined): SendResult {
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status === 410) return { kind: "rejected", because: "http_410" };
  return resultOf("retry", `http_${status}`, pauseOf({ status, retryAfter }));
}

/** Failures that come before anything was sent, so nothing can have happened there. */
const notSent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What a failed call means: refused by the guard, not sent, or sent without an answer. */
export function resultOfError(cause: unknown): SendResult {
  const code = codeOf(cause);
  if (code === guardCode) return { kind: "rejected", because: "address_refused" };
  const isLate = cause instanceof Error && cause.name === "TimeoutError";
  if (isLate || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return { kind: "unknown", because: "timed_out" };
  }
  if (notSent.has(code)) return { kind: "retry", because: `unreachable: ${code}` };
  return { kind: "unknown", because: `connection_lost: ${code}` };
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : "error";
}
