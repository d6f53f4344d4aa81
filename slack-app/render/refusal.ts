import type { KnownBlock, ModalView } from "@slack/types";
import { textsIn } from "../../core/messages/catalogue.ts";
import type { ReasonPrompt } from "../../core/ports/inbox.ts";
import { reasonField } from "../inbound/parse.ts";
import { limits } from "../outbound/limits.ts";
import { cutText, mrkdwnText, plainText } from "./escape.ts";

const texts = textsIn("en");

/** What people read where Slack itself is in the way, and no channel says in which language. Not escaped. */
export const slackTexts = texts.answers;

const plain = (text: string, most: number) =>
  ({ type: "plain_text", text: cutText(plainText(text || "–"), most), emoji: false }) as const;

const contextBlock = (text: string): KnownBlock => ({
  type: "context",
  elements: [plain(text, limits.text)],
});

/** A private answer, as `response_url` and `chat.postEphemeral` take it. */
export function renderPrivate(text: string): { readonly text: string } {
  return { text: mrkdwnText(cutText(text, limits.text)) };
}

/** The dialog that asks why. It carries ids only; what it says is read again when it comes back. */
export function renderPrompt(prompt: ReasonPrompt, metadata: string): ModalView {
  const heading = `*${mrkdwnText(cutText(prompt.heading, 200)).replace(/\s+/g, " ").trim() || "–"}*`;
  const atLeast = Math.min(Math.max(prompt.atLeast, 0), limits.inputLength);
  return {
    type: "modal",
    callback_id: reasonField,
    private_metadata: metadata,
    title: plain(prompt.title, limits.viewTitle),
    submit: plain(prompt.submit, limits.viewTitle),
    close: plain(prompt.cancel, limits.viewTitle),
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: heading, verbatim: true } },
      ...(prompt.context === "" ? [] : [contextBlock(prompt.context)]),
      {
        type: "input",
        block_id: reasonField,
        label: plain(prompt.label, limits.label),
        hint: plain(prompt.hint, limits.label),
        element: {
          type: "plain_text_input",
          action_id: reasonField,
          multiline: true,
          focus_on_load: true,
          min_length: atLeast,
          max_length: limits.inputLength,
        },
      },
    ],
  };
}

/** What takes the dialog's place when the reason did not count: the text, and nothing to press but Close. */
export function renderClosing(text: string): ModalView {
  return {
    type: "modal",
    callback_id: "closing",
    title: plain("Countersign", limits.viewTitle),
    close: plain(texts.buttons.close, limits.viewTitle),
    blocks: [{ type: "section", text: plain(text, limits.sectionText) }],
  };
}
