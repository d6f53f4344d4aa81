import { AsyncLocalStorage } from "node:async_hooks";
import type { ConfigurationBotFrameworkAuthentication } from "botbuilder";

/** How one call to Teams ended, as the wire saw it. */
export type Answer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: string;
      readonly retryAfter?: string;
    }
  /** Surely not there: no connection was made. */
  | { readonly kind: "unreachable"; readonly because: string }
  /** The bytes left, and no answer came. */
  | { readonly kind: "silent"; readonly because: string }
  /** The login service gave no token, so nothing was sent. `code` is `AADSTS…` where it named one. */
  | { readonly kind: "login_refused"; readonly status: number; readonly code: string };

/** One call to Teams, for the delivery log. Headers are not kept, so no token is. */
export interface Exchange {
  answer?: Answer;
}

const exchanges = new AsyncLocalStorage<Exchange>();

/** Record the calls that `work` makes. The last one stays; a send makes one. */
export async function recordExchange(work: () => Promise<void>): Promise<Exchange> {
  const exchange: Exchange = {};
  await exchanges.run(exchange, work);
  return exchange;
}

/** Note how a call ended. */
export function noteAnswer(answer: Answer): void {
  const exchange = exchanges.getStore();
  if (exchange) exchange.answer = answer;
}

/** A call to Teams that brought no result. What happened stands in the exchange; nothing retries this. */
export class NoResult extends Error {
  override readonly name = "NoResult";
}

/** Teams itself waits 10 to 15 s for an app (PLATFORMS 2.9); the hub gives it as long. */
const mostMs = 10_000;

/** Errors of the socket after which surely nothing arrived. */
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Name the reason of a failed fetch by its code. */
export function troubleOf(error: unknown): Extract<Answer, { kind: "unreachable" | "silent" }> {
  if (error instanceof DOMException) return { kind: "silent", because: "timeout" };
  const cause = error instanceof Error ? error.cause : undefined;
  const code =
    cause instanceof Error && "code" in cause && typeof cause.code === "string"
      ? cause.code
      : "connection_lost";
  return { kind: beforeSending.has(code) ? "unreachable" : "silent", because: code };
}

type ConnectorOptions = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]
>;
type HttpClient = NonNullable<ConnectorOptions["httpClient"]>;
type Call = Parameters<HttpClient["sendRequest"]>[0];
type Reply = Awaited<ReturnType<HttpClient["sendRequest"]>>;

/**
 * The HTTP client below botbuilder's connector: one try per call, and a limit in time.
 *
 * The connector's own pipeline repeats 429, 5xx and lost connections, a POST too (PLATFORMS 2.4). It repeats only what
 * it knows, so every answer outside 2xx leaves here as `NoResult`, and the lane alone decides about retries.
 */
export const wire: HttpClient = { sendRequest };

async function sendRequest(call: Call): Promise<Reply> {
  const body = typeof call.body === "string" ? call.body : undefined;
  const response = await fetchOnce(call, body);
  const answer = await readAnswer(response);
  noteAnswer(answer);
  if (answer.kind !== "answered" || !response.ok) throw new NoResult(`Teams: ${answer.kind}`);
  const headers = Object.fromEntries(response.headers);
  const reply = {
    request: call,
    status: response.status,
    headers: { toJson: () => headers },
    bodyAsText: answer.body,
  };
  // The pipeline reads headers through `toJson` alone (azure core-http-compat 2, `toPipelineResponse`).
  return reply as unknown as Reply;
}

/**
 * Read an address of the connector once, for what botbuilder asks by a client of its own that repeats and tells no
 * status: the channels of a team. Answers the body of a 2xx; else rejects with `NoResult`, as its other calls do.
 */
export async function readOnce(url: string, authorization: string): Promise<string> {
  const headers = { rawHeaders: () => ({ authorization }) };
  const response = await fetchOnce({ url, method: "GET", headers }, undefined);
  const answer = await readAnswer(response);
  noteAnswer(answer);
  if (answer.kind !== "answered" || !response.ok) throw new NoResult(`Teams: ${answer.kind}`);
  return answer.body;
}

type Sent = Pick<Call, "url" | "method"> & {
  readonly headers: Pick<Call["headers"], "rawHeaders">;
};

async function fetchOnce(call: Sent, body: string | undefined): Promise<Response> {
  try {
    return await fetch(call.url, {
      method: call.method,
      headers: call.headers.rawHeaders(),
      redirect: "manual",
      signal: AbortSignal.timeout(mostMs),
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    noteAnswer(troubleOf(error));
    throw new NoResult("Teams gave no answer.", { cause: error });
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  try {
    const body = await response.text();
    const { status } = response;
    return { kind: "answered", status, body, ...(retryAfter === undefined ? {} : { retryAfter }) };
  } catch (error) {
    return troubleOf(error);
  }
}
