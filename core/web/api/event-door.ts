import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import type { Log } from "../../ports/log.ts";
import { type Access, accessByKey } from "../access.ts";
import { mostBytes, problemOf, statusOf } from "../failure.ts";
import { hostRule } from "../host-guard.ts";
import type { LoadLimits } from "../load-limits.ts";
import { jsonType, sendProblem } from "../problem.ts";
import { listSecurityHeaders } from "../security-headers.ts";
import { receiveEvents } from "./events.ts";
import { readUtf8 } from "./utf8.ts";

export interface EventDoorDeps {
  readonly hub: Hub;
  readonly log: Log;
  readonly limits: LoadLimits;
  readonly publicUrl?: string;
}

/**
 * Take the events of producers before anything else looks at the request; the rest goes to `others`.
 *
 * Measured, the way through Express costs more than reading and checking an event. So the plain case is short: a POST
 * with a known key and a whole body of an ordinary size. Whatever is odd about a request, the key among it, is left
 * untouched for the others, who know every answer.
 */
export function createEventDoor(
  { hub, log, limits, publicUrl }: EventDoorDeps,
  others: RequestListener,
): RequestListener {
  const hostRefusal = hostRule(publicUrl);
  const headers = listSecurityHeaders(publicUrl?.startsWith("https:") ?? false);
  const jsonHeaders = [...headers.flat(), "content-type", jsonType];
  const refuse = (response: ServerResponse, problem: Problem) => {
    response.setHeader("x-request-id", randomUUID());
    for (const [name, value] of headers) response.setHeader(name, value);
    sendProblem(response, problem);
  };
  /** In one go and at the end: headers that are set one by one cost more, and would be kept until the disk is done. */
  const accept = (response: ServerResponse, text: string) => {
    const length = String(Buffer.byteLength(text));
    const own = ["x-request-id", randomUUID(), "content-length", length];
    response.writeHead(202, [...jsonHeaders, ...own]).end(text);
  };

  const take = async (request: IncomingMessage, response: ServerResponse, access: Entrant) => {
    const bytes = await readBody(request);
    if (bytes === undefined) return;
    const body = readUtf8(bytes);
    const problem = limits.spend(access.key) ?? (await limits.diskProblem());
    if (problem) return refuse(response, problem);
    const told = await receiveEvents(hub, access.producer, { body, headers: request.headers });
    if (told.kind === "refused") refuse(response, told.problem);
    else accept(response, JSON.stringify(told.receipts));
  };
  const fail = (cause: unknown, response: ServerResponse) => {
    const status = statusOf(cause);
    if (status >= 500)
      log.write({ kind: "hub.trouble", where: "POST /v1/events", error: String(cause) });
    if (response.headersSent) response.destroy();
    else refuse(response, problemOf(cause, status));
  };

  const letIn = async (request: IncomingMessage, response: ServerResponse) => {
    const access = await entrantOf(hub, request);
    if (!access) return others(request, response);
    await take(request, response, access).catch((cause: unknown) => fail(cause, response));
  };

  return (request, response) => {
    if (!isPlainPost(request) || hostRefusal(request.headers) !== undefined) {
      return others(request, response);
    }
    void letIn(request, response);
  };
}

type Entrant = Access & Required<Pick<Access, "producer">>;

/** Who posts; undefined where it is nobody who may, or where that could not be found out. */
async function entrantOf(hub: Hub, { headers }: IncomingMessage): Promise<Entrant | undefined> {
  const access = await accessByKey(hub, headers.authorization ?? "").catch(() => undefined);
  return access?.producer && access.scopes.has("events")
    ? { ...access, producer: access.producer }
    : undefined;
}

/** Tell whether the request posts events in the one way that is read here: whole, as it is, in UTF-8. */
function isPlainPost({ method, url, headers }: IncomingMessage): boolean {
  if (method !== "POST" || url !== "/v1/events" || headers.authorization === undefined)
    return false;
  const length = Number(headers["content-length"]);
  const charset = /;\s*charset=([^;]*)/i.exec(headers["content-type"] ?? "")?.[1];
  return (
    length > 0 &&
    length <= mostBytes &&
    headers["content-encoding"] === undefined &&
    (charset === undefined || /^"?utf-8"?\s*$/i.test(charset))
  );
}

/** The whole body; undefined when its sender has gone. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    request
      .on("data", (piece: Buffer) => pieces.push(piece))
      .on("end", () => {
        const [only] = pieces;
        resolve(pieces.length === 1 && only ? only : Buffer.concat(pieces));
      })
      .on("close", () => resolve(undefined));
  });
}
