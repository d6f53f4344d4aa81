import type { KnownBlock } from "@slack/types";
import type { ChannelPicker } from "../../core/domain/channel-picker.ts";
import { limits } from "../outbound/limits.ts";
import { cutText, plainText } from "./escape.ts";

/** What the field of the picker sends. No button of a request has this id: it names no action. */
export const chooseAction = "countersign/channel";

const plain = (text: string, most: number) =>
  ({ type: "plain_text", text: cutText(plainText(text), most), emoji: false }) as const;

/**
 * Draw the picker: one field in which Slack's own client offers the channels that its person sees, and asks once more.
 *
 * It carries no data of its own. Who chooses is said by the envelope, and what was chosen is looked up anew.
 */
export const pickerBlocks = ({ message, words }: ChannelPicker): KnownBlock[] => [
  { type: "divider" },
  {
    type: "section",
    block_id: chooseAction,
    text: plain(`${message.title}\n${words.question}`, limits.sectionText),
    accessory: {
      type: "conversations_select",
      action_id: chooseAction,
      placeholder: plain(words.hint, limits.selectPlaceholder),
      filter: { include: ["public", "private"], exclude_bot_users: true },
      confirm: {
        title: plain(message.title, limits.confirmTitle),
        text: plain(words.question, limits.confirmText),
        confirm: plain(words.submit, limits.confirmButton),
        deny: plain(words.cancel, limits.confirmButton),
      },
    },
  },
];
