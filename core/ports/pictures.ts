import type { JsonObject } from "../domain/json.ts";
import type { Message } from "../domain/message.ts";

/** What would be sent to each chat for one message, as data to draw it from. */
export interface Pictures {
  /** `text` and `blocks` of `chat.postMessage`. */
  readonly slack: JsonObject;
  /** The Adaptive Card. */
  readonly teams: JsonObject;
}

/** Render a message as every chat would get it. Nothing is sent. */
export type DrawMessage = (on: {
  readonly slack: Message;
  readonly teams: Message;
}) => Promise<Pictures>;
