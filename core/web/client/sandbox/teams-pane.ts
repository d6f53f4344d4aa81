import { countWords, drawMessages, unreadBadge } from "./chat-list.ts";
import { el, part, portrait, setChildren, unseen } from "./dom.ts";
import type { Deeds } from "./press.ts";
import { sayLine } from "./say-line.ts";
import { type ChatChannel, shortName } from "./shapes.ts";
import { appPortrait } from "./slack-message.ts";
import { keepFocus, sayEmpty } from "./slack-pane.ts";
import { drawTeamsChat, openPrompts } from "./teams-chat.ts";
import { drawTeamsMessage } from "./teams-message.ts";

/** Put the Teams pane on the page. Answers how to draw it again. */
export function openTeamsPane(deeds: Deeds): () => void {
  const { model } = deeds;
  const composer = sayLine(deeds, "teams");
  const start = part<HTMLButtonElement>("teams-start");
  part("teams-composer").append(composer.form);
  composer.form.hidden = true;
  start.addEventListener("click", () => {
    composer.form.hidden = !composer.form.hidden;
    start.setAttribute("aria-expanded", String(!composer.form.hidden));
    if (!composer.form.hidden) composer.focus();
  });
  openPrompts(composer);
  return () => {
    const channel = model.channel("teams");
    if (!channel) return;
    part("teams-count").textContent = countWords(model, "teams");
    const isChat = model.visit("teams") !== undefined;
    drawTeams(deeds, channel, isChat);
    drawTeamsChat(model);
    composer.form.hidden = !isChat && start.ariaExpanded !== "true";
    setChildren(part("teams-title"), ...(isChat ? chatTitle() : channelTitle(channel)));
    drawMessages(deeds, part("teams-messages"), {
      chat: "teams",
      privately: "Only you can see this",
      draw: drawTeamsMessage,
    });
    const shown = model.messagesIn("teams", model.conversation("teams") ?? "");
    part("teams-empty").hidden = shown.length > 0;
    part("teams-empty").textContent = isChat ? emptyChat : sayEmpty(channel);
    drawActivity(deeds, channel);
    composer.address(isChat ? "Countersign" : channel.name);
  };
}

const emptyChat = "Nobody else reads this chat. Ask Countersign which requests wait for you.";

const chatTitle = () => [appPortrait("portrait-square"), el("span", {}, "Countersign")];

const channelTitle = (channel: ChatChannel) => [
  portrait(channel.team ?? channel.name, "portrait-square"),
  el("span", {}, unseen(`${channel.team ?? ""} › `), shortName(channel)),
];

function drawTeams({ model }: Deeds, open: ChatChannel, isChat: boolean): void {
  const channels = model.chat("teams")?.channels ?? [];
  const teams = [...new Set(channels.map(({ team }) => team ?? ""))];
  const places = teams.map((team) =>
    el(
      "section",
      {},
      el("h3", { class: "teams-team" }, portrait(team, "portrait-square portrait-small"), team),
      el(
        "ul",
        { class: "plain-list" },
        ...channels
          .filter((channel) => (channel.team ?? "") === team)
          .map((channel) => {
            const isOpen = !isChat && channel.id === open.id;
            const badge = !isOpen && unreadBadge(model, "teams", channel);
            const attributes = {
              type: "button",
              class: `teams-place ${badge ? "has-unread" : ""}`,
              "data-key": channel.id,
              "aria-current": isOpen ? "true" : undefined,
              onclick: () => model.choose("teams", channel.id),
            };
            const type = channel.type !== "standard" && el("span", { class: "note" }, channel.type);
            return el("li", {}, el("button", attributes, shortName(channel), type, badge));
          }),
      ),
    ),
  );
  keepFocus(part("teams-places"), () => setChildren(part("teams-places"), ...places));
}

/** The number beside Activity: what is new in channels other than the open one. */
function drawActivity({ model }: Deeds, open: ChatChannel): void {
  const count = (model.chat("teams")?.channels ?? [])
    .filter(({ id }) => id !== open.id)
    .reduce((sum, { id }) => sum + model.unread("teams", id), 0);
  part("teams-activity").textContent = count > 0 ? String(count) : "";
}
