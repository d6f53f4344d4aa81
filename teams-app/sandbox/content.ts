import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import { checkCard, mostMessageBytes } from "../outbound/limits.ts";
import { connectorError, type Reply } from "./http.ts";

const cardType = "application/vnd.microsoft.card.adaptive";
/** What an activity shows. */
export interface Content {
  readonly text: string;
  readonly card?: JsonObject;
  readonly editable: boolean;
}

/** Read what an activity shows, or refuse it as Teams does. */
export function readContent(activity: JsonObject | undefined): Content | Reply {
  if (activity?.["type"] !== "message") {
    return connectorError(400, "BadSyntax", "The body must be a message activity.");
  }
  if (JSON.stringify(activity).length * 2 > mostMessageBytes) {
    return connectorError(413, "MessageSizeTooBig", "The message is too big.");
  }
  const text = typeof activity["text"] === "string" ? activity["text"] : "";
  const attachments = activity["attachments"] ?? [];
  if (!Array.isArray(attachments) || attachments.length > 1) {
    return connectorError(400, "BadArgument", "One attachment is served here.");
  }
  const [attachment] = attachments;
  if (attachment === undefined) {
    if (text !== "") return { text, editable: true };
    return connectorError(400, "BadSyntax", "The activity has neither text nor attachment.");
  }
  return readCard(attachment, text, activity);
}

function readCard(attachment: unknown, text: string, activity: JsonObject): Content | Reply {
  if (!isJsonObject(attachment) || attachment["contentType"] !== cardType) {
    return connectorError(400, "BadArgument", "Only Adaptive Cards are served here.");
  }
  const card = attachment["content"];
  const [error, ...others] = checkCard(card);
  if (error?.code === "too_big" && others.length === 0) {
    return connectorError(413, "MessageSizeTooBig", error.message);
  }
  if (error || !isJsonObject(card)) {
    return connectorError(400, "BadArgument", `${error?.pointer}: ${error?.message}`);
  }
  const summary = typeof activity["summary"] === "string" ? activity["summary"] : "";
  return { text: text === "" ? summary : text, card, editable: text === "" };
}

/** Tell a refusal from what was read. */
export const isReply = (read: Content | Reply): read is Reply => "status" in read;
