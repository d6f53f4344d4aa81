import type { Json, JsonObject } from "../../domain/json.ts";
import type { Message } from "../../domain/message.ts";
import type { Posting } from "../../ports/chat-platform.ts";
import { callbackBody } from "../callback/callback-body.ts";

/**
 * The event as CloudEvents JSON, as webhooks send it.
 *
 * A request shows where it is decided, in extension attributes. What became of it later is an event of the hub's own
 * type, `approval.approved` and so on, with the data that callbacks carry.
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
    const told = callbackBody(approval, hubUrl) as { type: string; timestamp: Json; data: Json };
    return {
      specversion: "1.0",
      id: posting.delivery,
      source: hubUrl,
      type: told.type,
      time: told.timestamp,
      datacontenttype: "application/json",
      ...about,
      ...asked,
      data: told.data,
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
