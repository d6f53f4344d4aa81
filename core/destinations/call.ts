import { parseUrl } from "../domain/parse-url.ts";
import type { SendResult, Verdict } from "../domain/send-result.ts";
import { resultOf } from "../domain/send-result.ts";
import { type AddressGuard, refusalOf } from "./address-guard.ts";
import { loadCalls } from "./load-calls.ts";

/** One HTTP call to an address that somebody typed. */
export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** What came back, or why nothing did. */
export type Called =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly location: string | undefined;
      /** The first 16 KB of what was said. */
      readonly text: string;
    }
  | { readonly kind: "failed"; readonly cause: unknown };

/** As much of an answer as people are shown; a receiver that says more is not listened to. */
const mostRead = 16_384;

/** Call once through the guard. Redirects are not followed, and nothing is thrown. */
export async function callOnce(guard: AddressGuard, call: Call): Promise<Called> {
  const signal = AbortSignal.timeout(call.timeoutMs);
  try {
    const answer = await loadCalls().request(call.url, {
      method: call.method,
      dispatcher: guard.agent,
      headers: { "user-agent": "Countersign", ...call.headers },
      body: call.body,
      headersTimeout: call.timeoutMs,
      signal,
    });
    // The status decides. What else is said, or breaks off, or is too long, changes nothing.
    const text = await readStart(answer.body).catch(String);
    const { location, "retry-after": retryAfter } = answer.headers;
    return {
      kind: "answered",
      status: answer.statusCode,
      retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
      location: typeof location === "string" ? location : undefined,
      text,
    };
  } catch (cause) {
    return { kind: "failed", cause };
  }
}

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

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";

/** Failures that come before anything was sent, in words for people. */
const unreached: Readonly<Record<string, string>> = {
  ENOTFOUND: "name not found",
  EAI_AGAIN: "name not found",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "timed out",
  ENETUNREACH: "timed out",
  UND_ERR_CONNECT_TIMEOUT: "timed out",
};

const certificate = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** What a call without an answer means: refused by the guard, not sent, or sent and not answered. */
export function resultOfFailure(cause: unknown, timeoutMs: number): SendResult {
  const refusal = refusalOf(cause);
  if (refusal) return resultOf("reroute", `${refusal.code}: ${refusal.detail}`);
  const code = codeOf(cause);
  const why = unreached[code] ?? (certificate.test(code) ? "certificate not valid" : undefined);
  if (why !== undefined) return resultOf("retry", `unreachable: ${why}`);
  const isLate = cause instanceof Error && cause.name === "TimeoutError";
  if (isLate || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return resultOf("unknown", `timed_out: ${Math.round(timeoutMs / 1_000)} seconds`);
  }
  return resultOf("unknown", `connection_lost: ${code || "error"}`);
}

/** What the answers of one kind mean: by a word that the platform says, else by its status. */
export interface AnswerRows {
  readonly words: Readonly<Record<string, Verdict>>;
  readonly statuses: Readonly<Record<number, Verdict>>;
}

/** What any receiver means by these statuses. */
const usual: Readonly<Record<number, Verdict>> = {
  401: "reroute",
  403: "reroute",
  404: "reroute",
  405: "reroute",
  408: "retry",
  410: "reroute",
  425: "retry",
  429: "retry",
};

/**
 * Say what an answer means.
 *
 * A message that the receiver will never take is rejected. A place that takes nothing any more is `reroute`: another
 * place stands in where there is one, else what waits is held until somebody repairs it. All else is tried again.
 */
export function resultOfAnswer(
  answer: Extract<Called, { kind: "answered" }>,
  rows: AnswerRows,
  word: (text: string) => string | undefined = () => undefined,
): SendResult {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status >= 300 && status < 400) return resultOf("reroute", `redirected: ${targetOf(answer)}`);
  const said = word(text);
  const byWord = said === undefined ? undefined : rows.words[said];
  const because = byWord && said ? said : `http_${status}${reasonOf(text)}`;
  const verdict =
    byWord ?? rows.statuses[status] ?? usual[status] ?? (status >= 500 ? "retry" : "reject");
  return resultOf(verdict, because, pauseOf(answer));
}

/** The host that a redirect names, so that people see where it leads; its path may be a secret. */
const targetOf = ({ location = "" }: Extract<Called, { kind: "answered" }>) =>
  parseUrl(location)?.host ?? "another address";

/** The beginning of what was said, as one line. */
function reasonOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().slice(0, 120);
  return line === "" ? "" : `: ${line}`;
}

/** The longest pause that a receiver may ask for: its text is nobody's contract. */
const longestPauseMs = 3_600_000;

/** How long the receiver wants to be left alone: seconds, or a date. Only 429 and 503 say so. */
export function pauseOf({
  status,
  retryAfter,
}: Pick<Extract<Called, { kind: "answered" }>, "status" | "retryAfter">): number | undefined {
  if (retryAfter === undefined || (status !== 429 && status !== 503)) return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(retryAfter) - Date.now();
  return ms > 0 ? Math.min(ms, longestPauseMs) : undefined;
}
