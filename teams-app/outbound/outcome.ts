import { isJsonObject } from "../../core/domain/json.ts";
import type { Remedy, SendResult } from "../../core/domain/send-result.ts";
import type { Answer } from "./wire.ts";

type Verdict = Exclude<SendResult["kind"], "sent" | "unknown">;

/**
 * What each error name of Teams and of its login means for a delivery (PLATFORMS 2.4, FEATURES §6.3).
 *
 * retry: later again. rejected: this one never passes. disconnected: nothing passes until an admin acts.
 */
const verdicts: Readonly<Record<string, Verdict>> = {
  BotNotInConversationRoster: "rejected",
  BotDisabledByAdmin: "disconnected",
  ConversationBlockedByUser: "rejected",
  MessageWritesBlocked: "rejected",
  ForbiddenOperationException: "rejected",
  NotEnoughPermissions: "rejected",
  InvalidBotApiHost: "retry",
  ConversationNotFound: "rejected",
  ActivityNotFoundInConversation: "rejected",
  BotNotRegistered: "disconnected",
  AADSTS700016: "disconnected",
  AADSTS7000229: "disconnected",
  AADSTS7000215: "disconnected",
  AADSTS7000222: "disconnected",
  AADSTS65001: "disconnected",
  AADSTS90002: "disconnected",
  MessageSizeTooBig: "rejected",
  Throttled: "retry",
  PreconditionFailed: "retry",
  ServiceError: "retry",
  BadArgument: "rejected",
  BadSyntax: "rejected",
};

/** What may help where Teams refused the form of a card, or where the message is gone. */
const remedies: Readonly<Record<string, Remedy>> = {
  MessageSizeTooBig: "shorten",
  BadArgument: "shorten",
  BadSyntax: "shorten",
  ActivityNotFoundInConversation: "repost",
};

/** For codes that nobody named: 408, 412, 429 and 5xx pass later, 401 is the bot's own trouble, the rest never passes. */
function verdictOf(status: number): Verdict {
  if (status === 408 || status === 412 || status === 429 || status >= 500) return "retry";
  return status === 401 ? "disconnected" : "rejected";
}

/** Read how a call ended that was not fine. `now` is for a Retry-After that names a date. */
export function failureOf(answer: Answer, now: Date): SendResult {
  switch (answer.kind) {
    case "unreachable":
      return { kind: "retry", because: answer.because };
    case "silent":
      return { kind: "unknown", because: answer.because };
    case "login_refused":
      return { kind: judge(answer.code, answer.status), because: answer.code };
    case "answered": {
      const because = errorCode(answer.body) ?? `http_${answer.status}`;
      const kind = judge(because, answer.status);
      const afterMs = waitOf(answer.retryAfter, now);
      if (kind === "retry" && afterMs !== undefined) return { kind, because, afterMs };
      const remedy = remedies[because];
      return kind === "rejected" && remedy ? { kind, because, remedy } : { kind, because };
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

/** Read a Retry-After: seconds, or a date. */
function waitOf(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+(\.\d+)?$/u.test(retryAfter)) return Math.ceil(Number(retryAfter) * 1_000);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(at - now.getTime(), 0);
}
