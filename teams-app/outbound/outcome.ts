import { isJsonObject } from "../../core/domain/json.ts";
import { resultOf, type SendResult, type Verdict } from "../../core/domain/send-result.ts";
import type { Answer } from "./wire.ts";

/** What each error name of Teams and of its login means for a delivery (PLATFORMS 2.4, FEATURES §6.3). */
const verdicts: Readonly<Record<string, Verdict>> = {
  BotNotInConversationRoster: "channel",

  BotDisabledByAdmin: "workspace",
  BotNotRegistered: "workspace",
  AADSTS700016: "workspace",
  AADSTS7000229: "workspace",
  AADSTS7000215: "workspace",
  AADSTS7000222: "workspace",
  AADSTS65001: "workspace",
  AADSTS90002: "workspace",

  ConversationNotFound: "reroute",
  ConversationBlockedByUser: "reroute",
  MessageWritesBlocked: "reroute",
  ForbiddenOperationException: "reroute",
  NotEnoughPermissions: "reroute",

  MessageSizeTooBig: "shorten",
  BadArgument: "shorten",
  BadSyntax: "shorten",

  ActivityNotFoundInConversation: "repost",

  // The place is read anew for each try, so a corrected service address is taken up.
  InvalidBotApiHost: "retry",
  Throttled: "retry",
  PreconditionFailed: "retry",
  ServiceError: "retry",
};

/** For codes that nobody named: 408, 412, 429 and 5xx pass later, 401 is the bot's own trouble, the rest never passes. */
function verdictOf(status: number): Verdict {
  if (status === 408 || status === 412 || status === 429 || status >= 500) return "retry";
  if (status === 413) return "shorten";
  return status === 401 ? "workspace" : "reject";
}

/** Read how a call ended that was not fine. `now` is for a Retry-After that names a date. */
export function failureOf(answer: Answer, now: Date): SendResult {
  switch (answer.kind) {
    case "unreachable":
      return { kind: "retry", because: answer.because };
    case "silent":
      return { kind: "unknown", because: answer.because };
    case "login_refused":
      return resultOf(judge(answer.code, answer.status), answer.code);
    case "answered": {
      const because = errorCode(answer.body) ?? `http_${answer.status}`;
      const afterMs = waitOf(answer.retryAfter, now);
      return resultOf(judge(because, answer.status), because, afterMs);
    }
  }
}

/** A 429 is always a matter of time, whatever name it carries. */
function judge(code: string, status: number): Verdict {
  if (status === 429) return "retry";
  return verdicts[code] ?? verdictOf(status);
}

function errorCode(body: string): string | undefined {
  try {
    const read: unknown = JSON.parse(body);
    const error = isJsonObject(read) ? read["error"] : undefined;
    const code = isJsonObject(error) ? error["code"] : undefined;
    return typeof code === "string" && /^\w{1,80}$/u.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Read a Retry-After: seconds, or a date. One that is over already, which may be our clock alone, names no time: tries
 * would follow each other at once.
 */
function waitOf(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/u.test(retryAfter)
    ? Math.ceil(Number(retryAfter) * 1_000)
    : Date.parse(retryAfter) - now.getTime();
  return ms > 0 ? ms : undefined;
}
