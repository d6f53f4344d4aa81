import { countWords, drawMessages, unreadBadge } from "./chat-list.ts";
import { el, icon, part, portrait, setChildren, unseen } from "./dom.ts";
import type { Deeds } from "./press.ts";
import { sayLine } from "./say-line.ts";
import type { ChatChannel } from "./shapes.ts";
import { drawSlackDialog } from "./slack-dialog.ts";
import { openSlackHome } from "./slack-home.ts";
import { appPortrait, drawSlackMessage } from "./slack-message.ts";

/** Put the Slack pane on the page. Answers how to draw it again. */
export function openSlackPane(deeds: Deeds): () => void {
  const { model } = deeds;
  const composer = sayLine(deeds, "slack");
  part("slack-composer").append(composer.form);
  const drawHome = openSlackHome(deeds);
  return () => {
    const channel = model.channel("slack");
    if (!channel) return;
    part("slack-count").textContent = countWords(model, "slack");
    drawChannels(deeds, channel);
    drawHead(deeds, channel);
    drawHome();
    drawSlackDialog(deeds);
    if (model.visit("slack") !== undefined) return;
    drawMessages(deeds, part("slack-messages"), {
      chat: "slack",
      privately: "Only visible to you",
      draw: drawSlackMessage,
    });
    part("slack-empty").hidden = model.messagesIn("slack", channel.id).length > 0;
    part("slack-empty").textContent = sayEmpty(channel);
    composer.address(channel.name);
  };
}

/** Say what is open: a channel, or the app's Home, in which nobody speaks. */
function drawHead({ model }: Deeds, channel: ChatChannel): void {
  const isHome = model.visit("slack") !== undefined;
  for (const id of ["slack-scroll", "slack-composer", "slack-people"]) part(id).hidden = isHome;
  if (isHome) {
    const tab = el("span", { class: "slack-tab" }, "Home");
    setChildren(part("slack-title"), appPortrait("portrait-small"), "Countersign", tab);
    return;
  }
  const name = channel.name.replace(/^#/u, "");
  setChildren(part("slack-title"), icon(channel.private ? "lock" : "hash"), name);
  const people = model.chat("slack")?.people ?? [];
  setChildren(part("slack-people"), icon("people"), people.length, unseen(" people"));
}

/** Say why there is no message in a channel. */
export function sayEmpty({ name, member, archived }: ChatChannel): string {
  if (archived) return `${name} is archived: nobody can post here.`;
  return member
    ? `Nothing in ${name} yet.`
    : `Countersign is not in ${name}: it can post nothing here.`;
}

function drawChannels({ model }: Deeds, open: ChatChannel): void {
  const slack = model.chat("slack");
  const isHome = model.visit("slack") !== undefined;
  const byName = (slack?.channels ?? []).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const channels = byName.map((channel) => {
    const isOpen = !isHome && channel.id === open.id;
    const badge = !isOpen && unreadBadge(model, "slack", channel);
    const attributes = {
      type: "button",
      class: `slack-place ${badge ? "has-unread" : ""}`,
      "data-key": channel.id,
      "aria-current": isOpen ? "true" : undefined,
      onclick: () => model.choose("slack", channel.id),
    };
    const sign = icon(channel.private ? "lock" : "hash");
    const name = el("span", { class: "slack-place-name" }, channel.name.replace(/^#/u, ""));
    const note = channel.archived && el("span", { class: "slack-quiet" }, "archived");
    return el("li", {}, el("button", attributes, sign, name, note, badge));
  });
  const people = (slack?.people ?? []).map(({ name, guest }) =>
    el(
      "li",
      { class: "slack-place slack-person" },
      portrait(name, "portrait-small"),
      el("span", { class: "slack-place-name" }, name),
      guest && el("span", { class: "slack-quiet" }, "guest"),
      name === model.person.name && el("span", { class: "slack-quiet" }, "you"),
    ),
  );
  const app = drawApp(isHome, () => model.meetApp("slack"));
  keepFocus(part("slack-places"), () =>
    setChildren(
      part("slack-places"),
      group("Channels", channels),
      group("Direct messages", people),
      group("Apps", [app]),
    ),
  );
}

/** The way to the app's Home. */
function drawApp(isOpen: boolean, onclick: () => void): HTMLElement {
  const attributes = {
    type: "button",
    class: "slack-place",
    "data-key": "app",
    "aria-current": isOpen ? "true" : undefined,
    onclick,
  };
  const name = el("span", { class: "slack-place-name" }, "Countersign");
  return el("li", {}, el("button", attributes, appPortrait("portrait-small"), name));
}

const group = (word: string, items: readonly HTMLElement[]) =>
  el(
    "section",
    { class: `slack-group slack-group-${word.split(" ")[0]?.toLowerCase()}` },
    el("h3", { class: "slack-group-word" }, icon("chevron"), word),
    el("ul", { class: "plain-list" }, ...items),
  );

/** Draw a list of buttons again and leave the focus on the one that had it. */
export function keepFocus(list: HTMLElement, draw: () => void): void {
  const key = list.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset["key"]
    : undefined;
  draw();
  if (key !== undefined) {
    list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}
