import { unreadBadge } from "./chat-list.ts";
import { el, part, setChildren } from "./dom.ts";
import type { Model } from "./model.ts";
import type { SayLine } from "./say-line.ts";
import { appPortrait } from "./slack-message.ts";
import { keepFocus } from "./slack-pane.ts";

/** What the app's manifest tells Teams to propose in the chat with it. */
const prompts = ["requests", "channels"] as const;

/** Put the words that the app proposes above the line of the chat; a press puts them in the line. */
export function openPrompts({ propose }: SayLine): void {
  setChildren(
    part("teams-prompts"),
    ...prompts.map((word) =>
      el("button", { type: "button", class: "teams-prompt", onclick: () => propose(word) }, word),
    ),
  );
}

/** Draw the way to the chat with the app, and the parts of the pane that it changes. */
export function drawTeamsChat(model: Model): void {
  const isOpen = model.visit("teams") !== undefined;
  const id = model.member("teams")?.chat ?? "";
  const badge = !isOpen && unreadBadge(model, "teams", { id });
  const attributes = {
    type: "button",
    class: `teams-place teams-place-app ${badge ? "has-unread" : ""}`,
    "data-key": "app",
    "aria-current": isOpen ? "true" : undefined,
    onclick: () => model.meetApp("teams"),
  };
  const place = el("button", attributes, appPortrait("portrait-small"), "Countersign", badge);
  keepFocus(part("teams-chats"), () => setChildren(part("teams-chats"), place));
  part("teams-rail-chat").classList.toggle("is-current", isOpen);
  part("teams-rail-teams").classList.toggle("is-current", !isOpen);
  part("teams-messages").classList.toggle("teams-talk", isOpen);
  const region = isOpen ? "Chat with Countersign" : "Posts in Teams";
  part("teams-scroll").setAttribute("aria-label", region);
  part("teams-tab").textContent = isOpen ? "Chat" : "Posts";
  part("teams-start").hidden = isOpen;
  part("teams-prompts").hidden = !isOpen;
}
