import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { resultOf, type SendResult, type Verdict } from "../../core/domain/send-result.ts";

/** What one failed call of the Web API means for a delivery, with what came back. */
export interface Failure {
  readonly result: Exclude<SendResult, { kind: "sent" }>;
  /** Slack's own name of the error, where Slack answered with one. */
  readonly error?: string;
  readonly status?: number;
  readonly response: unknown;
}

type Meaning = readonly [verdict: Verdict, meaning: string];

const forbidden: Meaning = ["reroute", "the workspace forbids posting there"];
const tooLong = "the message is too long";
const badForm = "Slack does not take the form of the message";
const unreachable = "the person cannot get messages of the app";

/** Slack's error names and what each means (PLATFORMS §1.4, FEATURES §6.2). A name that is not here is rejected. */
const meanings: Readonly<Record<string, Meaning>> = {
  ratelimited: ["retry", "Slack asks to wait"],
  rate_limited: ["retry", "Slack asks to wait"],
  message_limit_exceeded: ["retry", "the workspace has posted too much for now"],
  internal_error: ["retry", "Slack has a fault"],
  service_unavailable: ["retry", "Slack has a fault"],
  update_failed: ["retry", "Slack has a fault"],
  external_channel_migrating: ["retry", "the channel is being moved"],
  team_added_to_org: ["retry", "the workspace is being moved to an organization"],
  fatal_error: ["unknown", "Slack has a fault, and part of the call may have happened"],
  request_timeout: ["unknown", "Slack did not get the whole request in time"],

  token_revoked: ["workspace", "the app was removed from the workspace"],
  token_expired: ["workspace", "the token has expired"],
  invalid_refresh_token: ["workspace", "the token could not be renewed"],
  account_inactive: ["workspace", "the app's account is switched off"],
  invalid_auth: ["workspace", "Slack does not know the token"],
  not_authed: ["workspace", "no token was sent"],
  team_access_not_granted: ["workspace", "the organization has not granted the app this workspace"],
  org_login_required: ["workspace", "the workspace is being moved to an organization"],
  ekm_access_denied: ["workspace", "the organization blocks the app by its encryption keys"],

  not_in_channel: ["channel", "invite the app to the channel"],

  channel_not_found: ["reroute", "the channel is deleted, or private without the app"],
  is_archived: ["reroute", "unarchive the channel, or choose another"],
  channel_is_archived: ["reroute", "unarchive the channel, or choose another"],
  // To an edit Slack says so of an archived channel, and of one that is frozen or deleted.
  is_inactive: ["reroute", "unarchive the channel, or choose another"],
  restricted_action: forbidden,
  posting_to_general_channel_denied: forbidden,
  user_not_in_channel: ["reroute", "the person is not in the channel"],
  user_not_found: ["reroute", "there is no such person"],
  users_not_found: ["reroute", "there is no such person"],
  user_disabled: ["reroute", unreachable],
  cannot_dm_bot: ["reroute", unreachable],
  messages_tab_disabled: ["reroute", unreachable],

  missing_scope: ["reject", "reinstall the app to grant"],
  not_allowed_token_type: [
    "reject",
    "reinstall the app, for this call takes another kind of token",
  ],
  expired_trigger_id: ["reject", "the click is too old for a dialog"],
  exchanged_trigger_id: ["reject", "the click has opened a dialog already"],

  msg_too_long: ["shorten", tooLong],
  msg_blocks_too_long: ["shorten", tooLong],
  invalid_blocks: ["shorten", badForm],
  invalid_blocks_format: ["shorten", badForm],
  no_text: ["shorten", badForm],

  message_not_found: ["repost", "the copy was deleted"],
  thread_not_found: ["repost", "the copy was deleted"],
  cannot_reply_to_message: ["reject", "a message of this kind has no thread"],
  cant_update_message: ["repost", "the message is not the app's own"],
  edit_window_closed: ["repost", "the workspace forbids editing so late"],
};

/** `restricted_action` comes in many variants, and each forbids to post in some kind of channel. */
const meaningOf = (name: string): Meaning =>
  meanings[name] ??
  (name.startsWith("restricted_action_") ? forbidden : ["reject", "Slack refused it"]);

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
  const [verdict, meaning] = meaningOf(name);
  const needed = typeof answer.needed === "string" ? ` ${answer.needed}` : "";
  const because = `${name}: ${meaning}${needed}`;
  const seconds = answer.response_metadata?.["retryAfter"];
  const afterMs = typeof seconds === "number" ? seconds * 1_000 : undefined;
  return {
    result: resultOf(verdict, because, afterMs),
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
    const afterMs = error.retryAfter * 1_000;
    const result = resultOf("retry", "ratelimited: Slack asks to wait", afterMs);
    const response = { error: "ratelimited", retry_after: error.retryAfter };
    return { result, error: "ratelimited", status: 429, response };
  }
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) return httpFailure(error);
  if (error instanceof WebAPIRequestError) return connectionFailure(error.original);
  if (error instanceof DOMException || (error instanceof TypeError && error.cause !== undefined)) {
    return connectionFailure(error);
  }
  throw error;
}
