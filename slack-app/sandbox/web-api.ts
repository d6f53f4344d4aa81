import type { IncomingMessage, ServerResponse } from "node:http";
import { type Chaos, failAs } from "./chaos.ts";
import { type Arguments, readArguments, sendJson } from "./http.ts";
import { type Answer, isAnswer, methods, type Rig, readContent } from "./methods.ts";
import { findChannel } from "./workspace.ts";

/** Refuse a call without the app's token. Slack reads it from the header. */
function tokenTrouble(rig: Rig, request: IncomingMessage): string | undefined {
  const sent = request.headers.authorization;
  if (sent === undefined) return "not_authed";
  return sent === `Bearer ${rig.workspace.installation.botToken}` ? undefined : "invalid_auth";
}

function write(answer: Answer, response: ServerResponse): void {
  switch (answer.kind) {
    case "ok":
      sendJson(response, 200, { ok: true, ...answer.fields });
      break;
    case "error": {
      const { error, details } = answer;
      const more = details === undefined ? {} : { response_metadata: { messages: details } };
      sendJson(response, 200, { ok: false, error, ...more });
      break;
    }
    case "limited": {
      const headers = { "retry-after": String(answer.retryAfter) };
      sendJson(response, 429, { ok: false, error: "ratelimited" }, headers);
      break;
    }
  }
}

function run(rig: Rig, method: string, given: Arguments): Answer {
  const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
  return known ? known(rig, given) : { kind: "error", error: "unknown_method" };
}

/** Serve one call of the Web API: token, then the failure that was asked for, then the method itself. */
export async function serveMethod(
  rig: Rig,
  chaos: Chaos,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = await readArguments(request);
  if (!given) return sendJson(response, 200, { ok: false, error: "invalid_json" });
  const trouble = tokenTrouble(rig, request);
  if (trouble) return sendJson(response, 200, { ok: false, error: trouble });
  const named = given["channel"];
  const channel = typeof named === "string" ? findChannel(rig.workspace, named)?.id : undefined;
  const failure = chaos.take(method, channel);
  if (failure?.effect === "before") return failAs(failure.answer, response);
  const answer = run(rig, method, given);
  if (failure) return failAs(failure.answer, response);
  write(answer, response);
}

function apply(rig: Rig, given: Arguments, token: string): Answer {
  const origin = rig.whispers.use(token);
  if (typeof origin === "string") return { kind: "error", error: origin };
  const post = rig.timeline.find(origin.channel, origin.ts);
  if (given["delete_original"] === true) {
    if (post && !post.deleted) rig.timeline.delete(post);
    return { kind: "ok", fields: {} };
  }
  const content = readContent(given);
  if (isAnswer(content)) return content;
  if (given["replace_original"] === true && post) rig.timeline.edit(post, content);
  else if (given["response_type"] === "in_channel") rig.timeline.post(origin.channel, content);
  else rig.whispers.hear({ ...origin, text: content.text, token });
  return { kind: "ok", fields: {} };
}

/** Serve a `response_url`: five uses in thirty minutes, no token, because the address itself is the secret. */
export async function serveResponseUrl(
  rig: Rig,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = await readArguments(request);
  const answer: Answer = given
    ? apply(rig, given, token)
    : { kind: "error", error: "invalid_payload" };
  if (answer.kind === "ok") return sendJson(response, 200, { ok: true });
  const error = answer.kind === "error" ? answer.error : "ratelimited";
  sendJson(response, /_url$/.test(error) ? 404 : 400, { ok: false, error });
}
