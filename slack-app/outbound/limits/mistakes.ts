import type { CardMistake } from "../../../core/domain/card-mistake.ts";
import { type BlockError, blocksLength, limits, validateBlocks } from "../limits.ts";

const todos: Readonly<Record<BlockError["code"], string>> = {
  required: "Fill this field in, or leave its whole element away.",
  too_long: "Shorten the text that stands here, and link to the whole.",
  too_many: "Leave some away, or send a second message.",
  too_few: "Put at least one in, or leave the whole list away.",
  not_allowed: "Use a form that Slack knows at this place.",
  not_unique: "Give each its own name.",
};

/** What a message of Slack shows, as `chat.postMessage` takes it. */
interface Sent {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

/** Find everything in a message that Slack would refuse, with what to do. An empty list means that it passes. */
export function slackMistakes({ text, blocks = [] }: Sent): readonly CardMistake[] {
  const found = blocks.length === 0 ? [] : validateBlocks(blocks);
  return [
    ...found.map(
      ({ pointer, code, message }): CardMistake => ({
        ...{ pointer, message, todo: todos[code], found_by: "limits" },
      }),
    ),
    ...tooLong("/blocks", blocks.length === 0 ? 0 : blocksLength(blocks), limits.allBlocks),
    ...tooLong("/text", text.length, limits.messageText),
    ...(text.trim() === "" ? [noText] : []),
  ];
}

/** Slack's `blocks.validate` says nothing of it, but nobody hears of such a message. */
const noText: CardMistake = {
  pointer: "/text",
  message: "must not be empty: it is the notification, and what screen readers say",
  todo: "Say the message in one line of plain text.",
  found_by: "limits",
};

const tooLong = (pointer: string, length: number, most: number): readonly CardMistake[] =>
  length <= most
    ? []
    : [
        {
          ...{ pointer, found_by: "limits", todo: todos.too_long },
          message: `has ${length} characters together; ${most} are the most`,
        },
      ];
