import type { SandboxChaos } from "../../core/ports/sandbox.ts";
import { connectorError, type Reply } from "./http.ts";

/** How a call goes wrong. */
export type Mishap =
  | { readonly kind: "reply"; readonly reply: Reply; readonly effect: SandboxChaos["effect"] }
  /** No answer ever comes. */
  | { readonly kind: "timeout"; readonly effect: SandboxChaos["effect"] }
  | { readonly kind: "reset"; readonly effect: SandboxChaos["effect"] };

/** A call that trouble may meet. */
export interface TroubledCall {
  /** What it is about: `activities`, `channels`, `members`, `teams` or `token`. */
  readonly name: string;
  readonly reads: boolean;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
}

/** Trouble that somebody ordered. */
export interface Chaos {
  set(order: SandboxChaos | undefined): void;
  left(): number;
  /** Take one piece of trouble for a call, if there is any for it. It meets what is written, unless it names the call. */
  next(call: TroubledCall): Mishap | undefined;
}

/** The HTTP status of each error name (FEATURES §6.3); a name that is not here is a 400. */
const statuses: Readonly<Record<string, number>> = {
  BadArgument: 400,
  BadSyntax: 400,
  BotNotRegistered: 401,
  BotNotInConversationRoster: 403,
  BotDisabledByAdmin: 403,
  ConversationBlockedByUser: 403,
  MessageWritesBlocked: 403,
  ForbiddenOperationException: 403,
  NotEnoughPermissions: 403,
  InvalidBotApiHost: 403,
  ConversationNotFound: 404,
  ActivityNotFoundInConversation: 404,
  PreconditionFailed: 412,
  MessageSizeTooBig: 413,
  Throttled: 429,
  ServiceError: 500,
};

/** The error name that Teams uses with a status. */
const names: Readonly<Record<number, string>> = {
  400: "BadArgument",
  401: "Unauthorized",
  403: "ForbiddenOperationException",
  404: "ConversationNotFound",
  412: "PreconditionFailed",
  413: "MessageSizeTooBig",
  429: "Throttled",
};

/** Make a place for trouble. */
export function createChaos(): Chaos {
  let order: SandboxChaos | undefined;
  let left = 0;
  return {
    set: (next) => {
      order = next;
      left = next?.next ?? 0;
    },
    left: () => left,
    next: ({ name, reads, channel }) => {
      if (!order || left === 0) return undefined;
      if (order.method === undefined ? reads : order.method !== name) return undefined;
      if (order.channel && order.channel !== channel?.id && order.channel !== channel?.name) {
        return undefined;
      }
      left -= 1;
      return mishapOf(order);
    },
  };
}

function mishapOf({ answer, effect }: SandboxChaos): Mishap {
  if (answer === "timeout" || answer === "reset") return { kind: answer, effect };
  const code = typeof answer === "number" ? (names[answer] ?? "ServiceError") : answer;
  const status = typeof answer === "number" ? answer : (statuses[answer] ?? 400);
  const reply = connectorError(status, code, "Ordered trouble.");
  if (status !== 429) return { kind: "reply", reply, effect };
  return { kind: "reply", reply: { ...reply, headers: { "Retry-After": "1" } }, effect };
}
