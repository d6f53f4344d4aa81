import { el, icon, portrait } from "./dom.ts";
import { chosenView, viewTabs } from "./message-views.ts";
import { approvalOf } from "./model.ts";
import { type Deeds, press } from "./press.ts";
import type { ChatMessage, Loose } from "./shapes.ts";
import { textIn } from "./slack-blocks.ts";
import { appPortrait } from "./slack-message.ts";
import { drawTeamsCard, drawTeamsText } from "./teams-card.ts";
import { sayClock, sayExactly } from "./times.ts";

/** Draw one post of the Teams pane. */
export function drawTeamsMessage(
  deeds: Deeds,
  message: ChatMessage,
  redrawn: boolean,
): HTMLElement {
  const { author } = message;
  return el(
    "li",
    {
      class: `teams-post ${author.app ? "" : "teams-post-own"} ${redrawn ? "just-changed" : ""}`,
      "data-message": message.id,
    },
    el(
      "div",
      { class: "teams-post-head" },
      author.app ? appPortrait("teams-portrait") : portrait(author.name, "teams-portrait"),
      el("b", {}, author.name),
      el(
        "time",
        { datetime: message.posted_at, title: sayExactly(message.posted_at) },
        sayClock(message.posted_at),
      ),
      message.edited_at !== null && !author.app && el("span", { class: "teams-small" }, "Edited"),
      author.app && viewTabs(deeds.model, message),
    ),
    chosenView(deeds.model, message, () => drawBody(deeds, message)),
    ...message.thread.map(drawReply),
    el("div", { class: "notices" }),
    el("div", { class: "teams-reply-line" }, icon("reply"), "Reply"),
  );
}

function drawBody(deeds: Deeds, message: ChatMessage): HTMLElement {
  const { card } = message;
  if (!card) return el("p", { class: "teams-text" }, message.text);
  const { model } = deeds;
  return drawTeamsCard(card, {
    execute: (verb, inputs, button) => void press(deeds, message, verb, button, inputs),
    unfold: (isOpen) => {
      model.follow(approvalOf(message));
      model.ask(isOpen ? unfolded(deeds, message) : undefined);
    },
  });
}

const unfolded = ({ model }: Deeds, message: ChatMessage) => ({
  person: model.person.name,
  chat: "teams" as const,
  message: message.id,
  approval: approvalOf(message),
  ms: undefined,
  dialog: undefined,
  trouble: undefined,
  opener: undefined,
});

function drawReply(reply: Loose): HTMLElement {
  const author = reply["author"] as { readonly name?: string } | undefined;
  return el(
    "div",
    { class: "teams-reply" },
    el("b", {}, author?.name ?? "Countersign"),
    drawTeamsText(textIn(reply, "text")),
  );
}
