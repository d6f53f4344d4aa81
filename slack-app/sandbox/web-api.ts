import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, isTrue, ok, refuse } from "./answers.ts";
import { type Chaos, failAs } from "./chaos.ts";
import { isAnswer, readContent } from "./chat-methods.ts";
import type { Consents } from "./consent.ts";
import type { Grant } from "./grants.ts";
import { type Arguments, readArguments, sendJson } from "./http.ts";
import type { Leaving } from "./leaving.ts";
import { runMethod } from "./methods.ts";
import { access, clientTrouble } from "./oauth-methods.ts";
import type { Pace } from "./pace.ts";
import { findChannel, type Rig } from "./rig.ts";
import type { Sockets } from "./sockets.ts";

/** What the Web API works with. */
export interface ApiTools {
  readonly rig: Rig;
  readonly chaos: Chaos;
  readonly pace: Pace;
  readonly consents: Consents;
  readonly sockets: Sockets;
  readonly leaving: Leaving;
}

interface Call {
  readonly method: string;
  readonly given: Arguments;
  readonly request: IncomingMessage;
}

function write(answer: Answer, response: ServerResponse, grant: Grant | undefined): void {
  const headers = grant ? { "x-oauth-scopes": grant.scopes.join(",") } : {};
  switch (answer.kind) {
    case "ok":
      sendJson(response, 200, { ok: true, ...answer.fields }, headers);
      break;
    case "error": {
      const { error, details, fields } = answer;
      const more = details === undefined ? {} : { response_metadata: { messages: details } };
      sendJson(response, 200, { ok: false, error, ...fields, ...more }, headers);
      break;
    }
    case "limited": {
      const retry = { "retry-after": String(answer.retryAfter) };
      sendJson(response, 429, { ok: false, error: "ratelimited" }, { ...headers, ...retry });
      break;
    }
  }
}

/** The token of a call; Slack reads it from the header. */
const tokenIn = ({ headers }: IncomingMessage): string | undefined =>
  headers.authorization?.replace(/^Bearer /i, "");

/** Methods that are called by the app, not by an installation; undefined for all others. */
async function runForApp(tools: ApiTools, call: Call): Promise<Answer | undefined> {
  const { rig, consents, sockets } = tools;
  const { method, given, request } = call;
  if (method === "oauth.v2.access") {
    const trouble = clientTrouble(rig, given, request.headers);
    return trouble ? refuse(trouble) : access(rig, consents, given);
  }
  if (method !== "apps.connections.open") return undefined;
  const token = tokenIn(request);
  if (token === undefined) return refuse("not_authed");
  if (token.startsWith("xoxb-")) return refuse("not_allowed_token_type");
  if (token !== rig.world.appToken) return refuse("invalid_auth");
  const opened = await sockets.open();
  return typeof opened === "string" ? refuse(opened) : ok(opened);
}

/** Methods by which an installation ends itself; undefined for all others. */
function runEnding({ rig, leaving }: ApiTools, { method, given, request }: Call, grant: Grant) {
  if (method === "auth.revoke") {
    const isTest = isTrue(given["test"]);
    if (!isTest) void leaving.end(grant, { how: "revoked" });
    return ok({ revoked: !isTest });
  }
  if (method !== "apps.uninstall") return undefined;
  const { authorization: _token, ...headers } = request.headers;
  const trouble = clientTrouble(rig, given, headers);
  if (trouble) return refuse(trouble === "bad_client_secret" ? trouble : "invalid_client_id");
  void leaving.end(grant, { how: "uninstalled" });
  return ok();
}

/** Serve one call of the Web API: token, then the failure that was asked for, then the method itself. */
export async function serveMethod(
  tools: ApiTools,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { rig, chaos, pace } = tools;
  const given = await readArguments(request);
  if (!given) return sendJson(response, 200, { ok: false, error: "invalid_json" });
  const named = given["channel"];
  const channel = typeof named === "string" ? findChannel(rig, named)?.id : undefined;
  const failure = chaos.take(method, channel);
  if (failure?.effect === "before") return failAs(failure.answer, response);
  const call = { method, given, request };
  const forApp = await runForApp(tools, call);
  const token = tokenIn(request);
  const grant = token === undefined ? "not_authed" : rig.grants.judge(token);
  const answer = forApp ?? (typeof grant === "string" ? refuse(grant) : undefined);
  const done =
    answer ??
    runEnding(tools, call, grant as Grant) ??
    runMethod(rig, pace, { method, given, grant: grant as Grant, token: token ?? "" });
  if (failure) return failAs(failure.answer, response);
  write(done, response, forApp || typeof grant === "string" ? undefined : grant);
}

function apply(rig: Rig, given: Arguments, token: string): Answer {
  const origin = rig.whispers.use(token);
  if (typeof origin === "string") return refuse(origin);
  const post = rig.timeline.find(origin.channel, origin.ts);
  if (given["delete_original"] === true) {
    if (post && !post.deleted) rig.timeline.delete(post);
    return ok();
  }
  const content = readContent(given);
  if (isAnswer(content)) return content;
  if (given["replace_original"] === true && post) rig.timeline.edit(post, content);
  else if (given["response_type"] === "in_channel") rig.timeline.post(origin.channel, content);
  else rig.whispers.hear({ ...origin, text: content.text, token });
  return ok();
}

/** Serve a `response_url`: five uses in thirty minutes, no token, because the address itself is the secret. */
export async function serveResponseUrl(
  rig: Rig,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = await readArguments(request);
  const answer: Answer = given ? apply(rig, given, token) : refuse("invalid_payload");
  if (answer.kind === "ok") return sendJson(response, 200, { ok: true });
  const error = answer.kind === "error" ? answer.error : "ratelimited";
  sendJson(response, /_url$/.test(error) ? 404 : 400, { ok: false, error });
}
