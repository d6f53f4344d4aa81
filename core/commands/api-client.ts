import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { plainText } from "../log/plain-text.ts";
import type { Connection } from "./connection.ts";
import { exitCodes, print, type World } from "./world.ts";

/** What a hub answered. `lines` of a failure are ready for people; secrets and stacks are never in them. */
export type ApiAnswer =
  | { readonly ok: true; readonly status: number; readonly body: JsonObject }
  | ApiFailure;

export interface ApiFailure {
  readonly ok: false;
  readonly exit: number;
  /** The HTTP status, or undefined when no hub answered. */
  readonly status?: number;
  readonly code?: string;
  readonly lines: readonly string[];
}

/**
 * Tell whether asking again is useless: the hub itself said no. Where nobody answers, with 5xx, or when too much was
 * asked at once, it may come back.
 */
export function isFinal({ status }: ApiFailure): boolean {
  return status !== undefined && status < 500 && status !== 429;
}

/** One hub, as commands talk to it. */
export interface ApiClient {
  get(path: string, signal?: AbortSignal): Promise<ApiAnswer>;
  post(path: string, body: Json): Promise<ApiAnswer>;
  /** Replace what was read at this revision; without one, make it. */
  put(path: string, body: Json, revision?: number): Promise<ApiAnswer>;
  delete(path: string): Promise<ApiAnswer>;
  /** The lines of a stream of server-sent events, for as long as it lasts. */
  stream(
    path: string,
  ): Promise<{ readonly ok: true; readonly lines: AsyncIterable<string> } | ApiFailure>;
}

/**
 * Talk to a hub over its API.
 *
 * `connect` is asked before each call, so that a hub which came back on another port is found again. Redirects are
 * not followed: the key would follow them.
 */
export function createApiClient(connect: () => Connection, world: World): ApiClient {
  const call = async (path: string, init: RequestInit, accept: string) => {
    const connection = connect();
    if (!connection.ok) return connection;
    const headers = { Authorization: `Bearer ${connection.key}`, Accept: accept, ...init.headers };
    try {
      const response = await world.fetch(connection.url + path, {
        ...init,
        headers,
        redirect: "error",
      });
      return response.ok ? { ok: true as const, response } : await readProblem(response);
    } catch (error) {
      return notReached(connection.url, error);
    }
  };
  const ask = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const answer = await call(path, init, "application/json");
    return answer.ok ? readBody(answer.response) : answer;
  };
  return {
    get: (path, signal) => ask(path, signal ? { signal } : {}),
    post: (path, body) =>
      ask(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      }),
    put: (path, body, revision) =>
      ask(path, {
        method: "PUT",
        body: JSON.stringify(body),
        headers: {
          "Content-Type": "application/json",
          ...(revision === undefined ? {} : { "If-Match": `"${revision}"` }),
        },
      }),
    delete: (path) => ask(path, { method: "DELETE" }),
    async stream(path) {
      const answer = await call(path, {}, "text/event-stream");
      if (!answer.ok) return answer;
      return { ok: true, lines: linesOf(answer.response) };
    },
  };
}

/** Tell people why a call failed, and answer the exit code. */
export function fail(world: World, failure: ApiFailure): number {
  print(world.err, ...failure.lines);
  return failure.exit;
}

async function readBody(response: Response): Promise<ApiAnswer> {
  const { origin } = new URL(response.url);
  const text = await response.text().catch((error: unknown) => notReached(origin, error));
  if (typeof text !== "string") return text;
  const body = parseJson(text);
  if (isJsonObject(body)) return { ok: true, status: response.status, body };
  const lines = [
    `What answers at ${origin} is not a Countersign hub: its answer is no JSON object.`,
  ];
  return { ok: false, exit: exitCodes.notReached, status: response.status, lines };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 9457: title, detail, hint, then each place that is wrong. */
async function readProblem(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => undefined);
  const { status } = response;
  const exit = status === 401 || status === 403 ? exitCodes.notReached : exitCodes.failed;
  if (!isJsonObject(body))
    return { ok: false, exit, status, lines: [`The hub answered ${status}, without a reason.`] };
  const said = [body["title"], body["detail"], body["hint"]];
  const places = Array.isArray(body["errors"]) ? body["errors"].filter(isJsonObject) : [];
  const lines = [
    ...said.filter((text) => typeof text === "string"),
    ...places.map(({ pointer, message }) => `  ${String(pointer)}: ${String(message)}`),
  ];
  const code = typeof body["code"] === "string" ? { code: body["code"] } : {};
  return { ok: false, exit, status, ...code, lines: lines.map((line) => plainText(line)) };
}

function notReached(url: string, error: unknown): ApiFailure {
  const { cause } = error as { readonly cause?: NodeJS.ErrnoException };
  const reason = cause?.code ?? cause?.message ?? (error as Error).name;
  const lines = [
    `No hub answers at ${url} (${reason}).`,
    "Start it with countersign serve, or name another with --url.",
  ];
  return { ok: false, exit: exitCodes.notReached, lines };
}

async function* linesOf(response: Response): AsyncIterable<string> {
  if (!response.body) return;
  let rest = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
