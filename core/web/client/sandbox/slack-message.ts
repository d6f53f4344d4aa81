import { el, portrait } from "./dom.ts";
import { chosenView, viewTabs } from "./message-views.ts";
import type { Model } from "./model.ts";
import type { Reader } from "./mrkdwn.ts";
import { type Deeds, press } from "./press.ts";
import type { ChatMessage } from "./shapes.ts";
import { drawBlocks, listIn, textIn } from "./slack-blocks.ts";
import { drawMrkdwn } from "./slack-text.ts";
import { sayClock, sayExactly } from "./times.ts";

/** Who reads, and when: what dates and names in mrkdwn depend on. */
export const readerOf = (model: Model): Reader => ({
  now: model.now(),
  nameOf: (id) => {
    const slack = model.chat("slack");
    return [...(slack?.people ?? []), ...(slack?.channels ?? [])].find((one) => one.id === id)
      ?.name;
  },
});

/** The picture of the app in both chats. */
export const appPortrait = (look: string) =>
  el("img", {
    class: `portrait ${look}`,
    src: "/assets/logo.svg",
    alt: "",
    width: "36",
    height: "36",
  });

/** Draw one message of the Slack pane. */
export function drawSlackMessage(
  deeds: Deeds,
  message: ChatMessage,
  redrawn: boolean,
): HTMLElement {
  const { model } = deeds;
  const { author } = message;
  return el(
    "li",
    { class: `slack-message ${redrawn ? "just-changed" : ""}`, "data-message": message.id },
    author.app ? appPortrait("slack-portrait") : portrait(author.name, "slack-portrait"),
    el(
      "div",
      { class: "slack-message-head" },
      el("b", { class: "slack-author" }, author.name),
      author.app && el("span", { class: "slack-app" }, "APP"),
      el(
        "time",
        { datetime: message.posted_at, title: sayExactly(message.posted_at) },
        sayClock(message.posted_at),
      ),
      author.app && viewTabs(model, message),
    ),
    el(
      "div",
      { class: "slack-body card-of-message" },
      chosenView(model, message, () => drawBody(deeds, message)),
      ...message.thread.map((reply) => drawReply(model, reply)),
    ),
    el("div", { class: "notices" }),
  );
}

function drawBody(deeds: Deeds, message: ChatMessage): HTMLElement {
  const reader = readerOf(deeds.model);
  const edited =
    message.edited_at !== null && !message.author.app
      ? [el("span", { class: "slack-edited" }, " (edited)")]
      : [];
  if (!message.blocks || message.blocks.length === 0) {
    return el("div", { class: "slack-text" }, ...drawMrkdwn(message.text, reader), ...edited);
  }
  const frame = {
    reader,
    press: (action: string, button: HTMLButtonElement) =>
      void press(deeds, message, action, button),
  };
  return el("div", { class: "slack-blocks" }, ...drawBlocks(message.blocks, frame));
}

function drawReply(model: Model, reply: Readonly<Record<string, unknown>>): HTMLElement {
  const reader = readerOf(model);
  const blocks = listIn(reply, "blocks");
  const shown =
    blocks.length > 0
      ? drawBlocks(blocks, { reader, press: () => {} })
      : drawMrkdwn(textIn(reply, "text"), reader);
  return el("div", { class: "slack-reply" }, ...shown);
}
