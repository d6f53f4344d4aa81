import { el, unseen } from "./dom.ts";
import { drawList } from "./keyed.ts";
import { drawNotices } from "./message-views.ts";
import type { Model } from "./model.ts";
import { type Deeds, keepFocusAt } from "./press.ts";
import type { Chat, ChatChannel, ChatMessage } from "./shapes.ts";
import { sayDay } from "./times.ts";

/** A number of unread messages, with its word for screen readers. */
export const unreadBadge = (model: Model, chat: Chat, { id }: Pick<ChatChannel, "id">) => {
  const count = model.unread(chat, id);
  return count > 0 && el("span", { class: "unread" }, count, unseen(" unread"));
};

/** What a pane knows about drawing its own messages. */
export interface Manner {
  readonly chat: Chat;
  /** How the chat says that only one person sees a text. */
  readonly privately: string;
  readonly draw: (deeds: Deeds, message: ChatMessage, redrawn: boolean) => HTMLElement;
}

type Row =
  | { readonly kind: "day"; readonly word: string }
  | { readonly kind: "message"; readonly message: ChatMessage };

/** How close to its end a list must be to follow what is new. */
const nearPx = 120;

/**
 * Draw the messages of the open conversation. A message is drawn again only when it changed, so that half-typed text and
 * unfolded forms stay; the list follows its end while the reader is there.
 */
export function drawMessages(deeds: Deeds, list: HTMLElement, manner: Manner): void {
  const { model } = deeds;
  const { chat } = manner;
  const conversation = model.conversation(chat);
  if (conversation === undefined) return;
  const scroller = list.closest<HTMLElement>("[data-scroller]") ?? list;
  const wasChannel = list.dataset["channel"];
  const isAtEnd =
    wasChannel !== conversation ||
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;
  const messages = model.messagesIn(chat, conversation);
  const focused = document.activeElement?.closest<HTMLElement>("[data-message]");
  drawList<Row>(list, rowsOf(messages, model.now()), {
    key: (row) => (row.kind === "day" ? row.word : row.message.id),
    signature: (row) =>
      row.kind === "day"
        ? ""
        : [
            row.message.edits,
            row.message.edited_at,
            row.message.thread.length,
            row.message.alone,
            model.tab(row.message.id),
          ].join(" "),
    draw: (row, redrawn) =>
      row.kind === "day"
        ? el("li", { class: "day-line" }, el("span", {}, row.word))
        : manner.draw(deeds, row.message, redrawn),
  });
  list.dataset["channel"] = conversation;
  if (focused && !focused.isConnected) keepFocusAt(focused.dataset["message"] ?? "", undefined);
  for (const message of messages) tellUnder(model, list, message, manner.privately);
  if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  model.markRead(chat, conversation);
}

function rowsOf(messages: readonly ChatMessage[], now: Date): readonly Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const message of messages) {
    const word = sayDay(message.posted_at, now);
    if (word !== day) rows.push({ kind: "day", word });
    day = word;
    rows.push({ kind: "message", message });
  }
  return rows;
}

function tellUnder(model: Model, list: HTMLElement, message: ChatMessage, privately: string): void {
  const box = list.querySelector<HTMLElement>(
    `[data-message="${CSS.escape(message.id)}"] > .notices`,
  );
  if (!box) return;
  const person = model.person.name;
  drawNotices(box, model.notices(message.id), privately, () => model.tell(message.id, person, []));
}

/** Say how much stands in the channels of a pane. */
export function countWords(model: Model, chat: Chat): string {
  const { messages = [], people = [] } = model.chat(chat) ?? {};
  const chats = new Set(people.map((person) => person.chat));
  const count = messages.filter(
    ({ author, deleted, channel }) => author.app && !deleted && !chats.has(channel),
  ).length;
  return `${count} ${count === 1 ? "message" : "messages"} · signed clicks`;
}
