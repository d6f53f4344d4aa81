import type { Approval, Conflict, Outcome } from "../../domain/approval.ts";
import type { Json, JsonObject } from "../../domain/json.ts";
import type { Message } from "../../domain/message.ts";
import type { Posting } from "../../ports/chat-platform.ts";
import { callbackBody } from "../callback/callback-body.ts";

/**
 * The event as CloudEvents JSON, as webhooks send it.
 *
 * A request shows where it is decided, in extension attributes. What became of it later is an event of the hub's own
 * type, `approval.approved` and so on, with the data that callbacks carry. How it ended is such an event once: what its
 * producer says after that has a type of its own.
 */
function cloudEvent(posting: Posting, hubUrl: string): JsonObject {
  const { event, approval, follows } = posting;
  const asked: Record<string, Json> = approval
    ? {
        approvalid: approval.id,
        approvalstate: approval.state,
        approvalurl: `${hubUrl}/approvals/${approval.id}`,
      }
    : {};
  const about: Record<string, Json> = {
    ...(event.subject === undefined ? {} : { subject: event.subject }),
    level: event.level,
    ...(event.link === undefined ? {} : { link: event.link }),
  };
  if (approval && follows) {
    const { type, at, data } = tellingOf(approval, posting, hubUrl);
    return {
      specversion: "1.0",
      id: posting.delivery,
      source: hubUrl,
      type,
      time: at,
      datacontenttype: "application/json",
      ...about,
      ...asked,
      data,
    };
  }
  return {
    ...event.extensions,
    specversion: "1.0",
    id: event.id,
    source: event.source,
    type: event.type,
    time: event.occurredAt.toISOString(),
    datacontenttype: "application/json",
    ...about,
    externalid: event.externalId,
    producer: posting.producerName,
    ...asked,
    ...(posting.test ? { test: true } : {}),
    data: event.data,
  };
}

/** What a message about a request tells: how that ended or, where a message told this, what its producer said after it. */
function tellingOf(
  approval: Approval,
  { endTold }: Posting,
  hubUrl: string,
): { readonly type: string; readonly at: string; readonly data: JsonObject } {
  const ended = callbackBody(approval, hubUrl) as { type: string; timestamp: string; data: object };
  const outcome = "outcome" in approval && approval.outcome ? sayOutcome(approval.outcome) : null;
  const conflict = approval.conflict ? sayConflict(approval.conflict) : null;
  const [after] = [
    ...(outcome ? [{ type: `approval.${outcome.outcome}`, at: outcome.at }] : []),
    ...(conflict ? [{ type: "approval.conflict", at: conflict.at }] : []),
  ]
    // An approval that was taken back has ended anew.
    .filter(({ at }) => approval.state !== "revoked" || at > ended.timestamp)
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const told = (endTold && after) || { type: ended.type, at: ended.timestamp };
  return { ...told, data: { ...ended.data, outcome, conflict } };
}

const sayOutcome = ({ kind, detail, fields = {}, at }: Outcome) => ({
  ...{ outcome: kind, detail: detail ?? null, fields },
  at: at.toISOString(),
});

const sayConflict = ({ event, state, by, at }: Conflict) => ({
  ...{ event, state, by },
  at: at.toISOString(),
});

/** What placeholders may name: the event, the message as chats show it, the request if it opened one. */
export function templateScope(message: Message, posting: Posting, hubUrl: string): JsonObject {
  const { approval, delivery, follows } = posting;
  return {
    event: cloudEvent(posting, hubUrl),
    message: {
      title: message.title,
      body: message.body ?? "",
      text: message.plainText,
      facts: message.facts.map(({ label, value }) => ({ label, value })),
    },
    approval: approval
      ? {
          id: approval.id,
          state: approval.state,
          url: `${hubUrl}/approvals/${approval.id}`,
          expires_at: approval.expiresAt.toISOString(),
          policy: approval.policy.name,
          outcome: follows,
        }
      : null,
    delivery: { id: delivery },
    hub: { url: hubUrl },
  };
}
