import { recall, remember } from "./memory.ts";
import type {
  CastMember,
  Chat,
  ChatChannel,
  ChatMessage,
  ChatPerson,
  ChatState,
  Loose,
  OpenDialog,
  ReceivedCallback,
  SandboxState,
  TracedEvent,
} from "./shapes.ts";

/** How a message is looked at. */
export type Tab = "rendered" | "json" | "check";

/** What one person was told under a message. `private` came from the app, `trouble` from the platform or this page. */
export interface Notice {
  readonly kind: "private" | "trouble";
  readonly text: string;
}

/** A form that waits for a person to send it. */
export interface Asking {
  readonly person: string;
  readonly chat: Chat;
  readonly message: string;
  /** The request that it is about, where the message names one. */
  readonly approval: string | undefined;
  readonly ms: number | undefined;
  /** Slack's own dialog. Teams unfolds the form inside the card instead. */
  readonly dialog: OpenDialog | undefined;
  readonly trouble: string | undefined;
  /** The button that led here; it gets the focus back. */
  readonly opener: HTMLElement | undefined;
}

const firstChannels: Readonly<Record<Chat, string>> = {
  slack: "#releases",
  teams: "Ops › General",
};

/** Everything that the page shows, and the only place where it changes. */
export class Model {
  readonly #listeners: (() => void)[] = [];
  readonly #tabs = new Map<string, Tab>();
  readonly #notices = new Map<string, readonly Notice[]>();
  readonly #chosen: Partial<Record<Chat, string>> = {};
  readonly #visits: Record<Chat, number> = { slack: 0, teams: 0 };
  readonly #withApp = new Set<Chat>();
  readonly #alone = new Map<string, { readonly card: Loose; readonly edits: number }>();
  readonly #read = new Map<string, string>(
    Object.entries((recall("read") ?? {}) as Record<string, string>),
  );
  #person = recall("person");
  #clockAheadMs = 0;
  state: SandboxState;
  traces: readonly TracedEvent[] = [];
  callbacks: readonly ReceivedCallback[] = [];
  asking: Asking | undefined;
  /** The event that the strip was told to follow; else it follows the newest. */
  followed: string | undefined;

  constructor(state: SandboxState) {
    this.state = state;
    this.take(state);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  take(state: SandboxState): void {
    this.state = state;
    this.#clockAheadMs = Date.parse(state.now) - Date.now();
  }

  /** The hub's clock. */
  now(): Date {
    return new Date(Date.now() + this.#clockAheadMs);
  }

  get person(): CastMember {
    const { people } = this.state;
    const nobody: CastMember = { name: "Nobody", note: "", guest: false };
    return people.find(({ name }) => name === this.#person) ?? people[0] ?? nobody;
  }

  become(name: string): void {
    this.#person = name;
    this.asking = undefined;
    remember("person", name);
    this.changed();
  }

  chat(chat: Chat): ChatState | undefined {
    return this.state.platforms.find(({ platform }) => platform === chat);
  }

  channel(chat: Chat): ChatChannel | undefined {
    const channels = this.chat(chat)?.channels ?? [];
    return (
      channels.find(({ id }) => id === this.#chosen[chat]) ??
      channels.find(({ name }) => name === firstChannels[chat]) ??
      channels[0]
    );
  }

  choose(chat: Chat, channel: string): void {
    this.#chosen[chat] = channel;
    this.#withApp.delete(chat);
    this.changed();
  }

  /** Open the app's own place in a chat, in the place of a channel: its Home, or the chat with it. */
  meetApp(chat: Chat): void {
    this.#withApp.add(chat);
    this.#visits[chat] += 1;
    this.changed();
  }

  /** The number of the visit that the present person pays the app in a chat; undefined while a channel is open. */
  visit(chat: Chat): number | undefined {
    return this.#withApp.has(chat) ? this.#visits[chat] : undefined;
  }

  /** The present person in the workspace of a chat. */
  member(chat: Chat): ChatPerson | undefined {
    return this.chat(chat)?.people.find(({ name }) => name === this.person.name);
  }

  /** The conversation that a pane shows: of the open channel, or of the chat with the app. */
  conversation(chat: Chat): string | undefined {
    return this.visit(chat) === undefined ? this.channel(chat)?.id : this.member(chat)?.chat;
  }

  /** Let a card stand for one person alone, until everybody's is edited. */
  showAlone({ id, edits }: Pick<ChatMessage, "id" | "edits">, person: string, card: Loose): void {
    this.#alone.set(`${id} ${person}`, { card, edits });
  }

  #asSeen(message: ChatMessage): ChatMessage {
    const seen = this.#alone.get(`${message.id} ${this.person.name}`);
    return seen?.edits === message.edits ? { ...message, card: seen.card, alone: true } : message;
  }

  messagesIn(chat: Chat, channel: string): readonly ChatMessage[] {
    return (this.chat(chat)?.messages ?? [])
      .filter((message) => message.channel === channel && !message.deleted)
      .map((message) => this.#asSeen(message))
      .toSorted((one, other) => Date.parse(one.posted_at) - Date.parse(other.posted_at));
  }

  unread(chat: Chat, channel: string): number {
    const upTo = this.#read.get(channel) ?? "";
    return this.messagesIn(chat, channel).filter((message) => message.posted_at > upTo).length;
  }

  markRead(chat: Chat, channel: string): void {
    const last = this.messagesIn(chat, channel).at(-1)?.posted_at;
    if (last === undefined || last <= (this.#read.get(channel) ?? "")) return;
    this.#read.set(channel, last);
    remember("read", Object.fromEntries(this.#read));
  }

  tab(message: string): Tab {
    return this.#tabs.get(message) ?? "rendered";
  }

  show(message: string, tab: Tab): void {
    this.#tabs.set(message, tab);
    this.changed();
  }

  /** What the present person was told under a message. */
  notices(message: string): readonly Notice[] {
    return this.#notices.get(`${message} ${this.person.name}`) ?? [];
  }

  tell(message: string, person: string, notices: readonly Notice[]): void {
    this.#notices.set(`${message} ${person}`, notices);
    this.changed();
  }

  ask(asking: Asking | undefined): void {
    this.asking = asking;
    this.changed();
  }

  /** Let the strip show one event, or the event of a request. */
  follow(id: string | undefined): void {
    if (id === undefined) return;
    const found = this.traces.find((one) => one.id === id || one.approval?.id === id);
    this.followed = found?.id ?? id;
    this.changed();
  }

  /** The event that the strip shows. */
  get trace(): TracedEvent | undefined {
    return this.traces.find(({ id }) => id === this.followed) ?? this.traces.at(-1);
  }
}

/** The id of the request that a message is about, read from what was sent. */
export function approvalOf({
  blocks,
  card,
}: Pick<ChatMessage, "blocks" | "card">): string | undefined {
  return /apr_[0-9a-z]{8,}/u.exec(JSON.stringify(blocks ?? card ?? ""))?.[0];
}
