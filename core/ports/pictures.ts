import type { CardMistake } from "../domain/card-mistake.ts";
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

/** Find what each chat would refuse or draw wrongly in what was, or would be, sent to it. */
export type CheckPicture = <Chat extends keyof Pictures>(
  chat: Chat,
  sent: Pictures[Chat],
) => Promise<readonly CardMistake[]>;
