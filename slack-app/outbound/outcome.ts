import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import type { Remedy, SendResult } from "../../core/domain/send-result.ts";

/** What one failed call of the Web API means for a delivery, with what came back. */
export interface Failure {
  readonly result: Exclude<SendResult, { kind: "sent" }>;
  /** Slack's own name of the error, where Slack answered with one. */
  readonly error?: string;
  readonly status?: number;
  readonly response: unknown;
}

type Meaning = readonly [
  kind: "retry" | "unknown" | "rejected" | "disconnected",
  meaning: string,
  remedy?: Remedy,
];

/** Slack's error names and what each means (PLATFORMS §1.4). A name that is not here is `rejected`. */
const meanings: Readonly<Record<string, Meaning>> = {
  ratelimited: ["retry", "Slack asks to wait"],
  rate_limited: ["retry", "Slack asks to wait"],
  message_limit_exceeded: ["retry", "the workspace has posted too much for now"],
  internal_error: ["retry", "Slack has a fault"],
  service_unavailable: ["retry", "Slack has a fault"],
  team_added_to_org: ["retry", "the workspace is being moved to an organization"],
  fatal_error: ["unknown", "Slack has a fault, and part of the call may have happened"],
  request_timeout: ["unknown", "Slack did not get the whole request in time"],

  token_revoked: ["disconnected", "the app was removed from the workspace"],
  token_expired: ["disconnected", "the token has expired"],
  account_inactive: ["disconnected", "the app's account is switched off"],
  invalid_auth: ["disconnected", "Slack does not know the token"],
  not_authed: ["disconnected", "no token was sent"],
  team_access_not_granted: ["disconnected", "the app is in no workspace of the organization"],

  not_in_channel: ["rejected", "invite the app to the channel"],
  channel_not_found: ["rejected", "the channel is deleted, or private without the app"],
  is_archived: ["rejected", "unarchive the channel, or choose another"],
  restricted_action: ["rejected", "the workspace forbids posting there"],
  restricted_action_read_only_channel: ["rejected", "the workspace forbids posting there"],
  restricted_action_thread_only_channel: ["rejected", "the workspace forbids posting there"],
  restricted_action_non_threadable_channel: ["rejected", "the workspace forbids posting there"],
  missing_scope: ["rejected", "reinstall the app to grant"],
  msg_too_long: ["rejected", "the message is too long", "shorten"],
  msg_blocks_too_long: ["rejected", "the blocks are too long together", "shorten"],
  invalid_blocks: ["rejected", "Slack does not take the blocks", "shorten"],
  message_not_found: ["rejected", "the copy was deleted", "repost"],
  cant_update_message: ["rejected", "the message is not the app's own", "repost"],
  edit_window_closed: ["rejected", "the workspace forbids editing so late", "repost"],
  user_not_in_channel: ["rejected", "the person is not in the channel"],
  user_not_found: ["rejected", "there is no such person"],
  users_not_found: ["rejected", "there is no such person"],
  expired_trigger_id: ["rejected", "the click is too old for a dialog"],
  exchanged_trigger_id: ["rejected", "the click has opened a dialog already"],
};

/** Codes of connections that never carried our bytes, so that trying again cannot post twice. */
const neverLeft: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function platformFailure(error: WebAPIPlatformError): Failure {
  const answer: typeof error.data & { readonly needed?: unknown } = error.data;
  const name = answer.error;
  if (typeof name !== "string" || !/^[a-z0-9_]{1,80}$/.test(name)) {
    const because = "the answer was not one of Slack's";
    return { result: { kind: "unknown", because }, status: 200, response: answer };
  }
  const [kind, meaning, remedy] = meanings[name] ?? ["rejected", "Slack refused it"];
  const needed = typeof answer.needed === "string" ? ` ${answer.needed}` : "";
  const because = `${name}: ${meaning}${needed}`;
  const seconds = answer.response_metadata?.["retryAfter"];
  const after = kind === "retry" && typeof seconds === "number" ? { afterMs: seconds * 1_000 } : {};
  const mending = kind === "rejected" && remedy !== undefined ? { remedy } : {};
  return {
    result: { kind, because, ...after, ...mending },
    error: name,
    status: 200,
    response: answer,
  };
}

function httpFailure({ statusCode, body }: WebAPIHTTPError): Failure {
  const because = `Slack answered with HTTP ${statusCode}`;
  const kind = statusCode >= 500 || statusCode === 408 ? "retry" : "rejected";
  return { result: { kind, because }, status: statusCode, response: body };
}

function codeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

function connectionFailure(original: unknown): Failure {
  const code = codeOf(original);
  if (code !== undefined && neverLeft.has(code)) {
    return { result: { kind: "retry", because: `${code}: Slack was not reached` }, response: code };
  }
  const late = original instanceof Error && original.name === "TimeoutError";
  const because = late ? "no answer in time" : `${code ?? "connection"}: lost before the answer`;
  return { result: { kind: "unknown", because }, response: late ? "timeout" : (code ?? "lost") };
}

/**
 * Say what a failed call means. Takes whatever the SDK throws; anything else is a bug of ours and is thrown on.
 *
 * An answer that broke off in its middle reaches us as the runtime's own TypeError or DOMException, not the SDK's.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    const result = { kind: "retry", because: "ratelimited: Slack asks to wait" } as const;
    const afterMs = error.retryAfter * 1_000;
    const response = { error: "ratelimited", retry_after: error.retryAfter };
    return { result: { ...result, afterMs }, error: "ratelimited", status: 429, response };
  }
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) return httpFailure(error);
  if (error instanceof WebAPIRequestError) return connectionFailure(error.original);
  if (error instanceof DOMException || (error instanceof TypeError && error.cause !== undefined)) {
    return connectionFailure(error);
  }
  throw error;
}
