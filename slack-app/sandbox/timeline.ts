import type { SandboxJournal } from "../../core/ports/sandbox.ts";
import type { Signal } from "./signal.ts";

/** What a message shows. */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

/** A message of the app in the thread below another one. */
export interface ThreadReply extends Content {
  readonly ts: string;
}

/** One message of the workspace, as it stands. */
export interface Post extends Content {
  readonly channel: string;
  readonly ts: string;
  /** A person's id; absent on the app's own messages. */
  readonly person?: string;
  readonly edits: number;
  readonly editedAt?: string;
  readonly deleted: boolean;
  /** Number of its last change; grows with every change anywhere. */
  readonly position: number;
  /** Absent in journals of earlier versions. */
  readonly replies?: readonly ThreadReply[];
  /** What it showed before its latest edits, oldest first: clients that have not drawn the edit yet still show that. */
  readonly earlier: readonly Content[];
}

/** One line of the journal. */
type Line =
  | { readonly kind: "seeded" | "cleared"; readonly position: number }
  | { readonly kind: "posted" | "kept"; readonly post: Post }
  | {
      readonly kind: "edited";
      readonly channel: string;
      readonly ts: string;
      readonly position: number;
      readonly at: string;
      readonly content: Content;
    }
  | {
      readonly kind: "replied";
      readonly channel: string;
      /** Of the message below which it stands. */
      readonly ts: string;
      readonly position: number;
      readonly reply: ThreadReply;
    }
  | {
      readonly kind: "deleted";
      readonly channel: string;
      readonly ts: string;
      readonly position: number;
    };

const keyOf = (channel: string, ts: string) => `${channel} ${ts}`;

/** So many earlier versions of a message are kept, for clients that are behind. */
const versionsKept = 5;

/** Past this many lines for each message, the journal is written anew when it is read. */
const linesPerPost = 4;

/** The messages of the workspace, in memory and in the journal, so that a restart shows them as they were. */
export class Timeline {
  readonly #posts = new Map<string, Post>();
  readonly #journal: SandboxJournal;
  readonly #signal: Signal;
  readonly #now: () => Date;
  #position = 0;
  #lastMicros = 0;
  /** True when the journal was empty: the workspace is seen for the first time. */
  readonly isNew: boolean;

  constructor(journal: SandboxJournal, signal: Signal, now: () => Date) {
    this.#journal = journal;
    this.#signal = signal;
    this.#now = now;
    const lines = journal.read() as readonly Line[];
    this.isNew = lines.length === 0;
    for (const line of lines) this.#apply(line);
    if (lines.length > 50 + this.#posts.size * linesPerPost) this.#compact();
  }

  get position(): number {
    return this.#position;
  }

  find(channel: string, ts: string): Post | undefined {
    return this.#posts.get(keyOf(channel, ts));
  }

  /** Messages that changed after a position, oldest change first. */
  since(position: number): readonly Post[] {
    const changed = [...this.#posts.values()].filter((post) => post.position > position);
    return changed.sort((one, other) => one.position - other.position);
  }

  post(channel: string, content: Content, person?: string): Post {
    const post: Post = {
      channel,
      ts: this.#nextTs(),
      ...(person === undefined ? {} : { person }),
      ...content,
      edits: 0,
      deleted: false,
      position: this.#position + 1,
      earlier: [],
    };
    this.#write({ kind: "posted", post });
    return post;
  }

  edit(post: Post, content: Content): void {
    const { channel, ts } = post;
    const at = this.#now().toISOString();
    this.#write({ kind: "edited", channel, ts, position: this.#position + 1, at, content });
  }

  /** Write below a message. Answers the ts of what was written. */
  reply({ channel, ts }: Post, content: Content): string {
    const reply = { ...content, ts: this.#nextTs() };
    this.#write({ kind: "replied", channel, ts, position: this.#position + 1, reply });
    return reply.ts;
  }

  delete(post: Post): void {
    const { channel, ts } = post;
    this.#write({ kind: "deleted", channel, ts, position: this.#position + 1 });
  }

  /** Forget every message. The workspace counts as seen, so nothing is seeded again. */
  clear(): void {
    const line: Line = { kind: "cleared", position: this.#position + 1 };
    this.#journal.rewrite([line]);
    this.#apply(line);
    this.#signal.ring();
  }

  #write(line: Line): void {
    this.#journal.append(line);
    this.#apply(line);
    this.#signal.ring();
  }

  #apply(line: Line): void {
    switch (line.kind) {
      case "seeded":
        break;
      case "cleared":
        this.#posts.clear();
        break;
      case "posted":
      case "kept": {
        const { post } = line;
        this.#posts.set(keyOf(post.channel, post.ts), post);
        this.#lastMicros = Math.max(this.#lastMicros, Number(post.ts.replace(".", "")));
        break;
      }
      case "edited": {
        const post = this.find(line.channel, line.ts);
        if (!post) break;
        const { text, blocks, earlier, ...kept } = post;
        const before = { text, ...(blocks === undefined ? {} : { blocks }) };
        this.#posts.set(keyOf(line.channel, line.ts), {
          ...kept,
          ...line.content,
          earlier: [...earlier, before].slice(-versionsKept),
          edits: post.edits + 1,
          editedAt: line.at,
          position: line.position,
        });
        break;
      }
      case "replied": {
        const post = this.find(line.channel, line.ts);
        if (!post) break;
        const replies = [...(post.replies ?? []), line.reply];
        this.#posts.set(keyOf(line.channel, line.ts), {
          ...post,
          replies,
          position: line.position,
        });
        this.#lastMicros = Math.max(this.#lastMicros, Number(line.reply.ts.replace(".", "")));
        break;
      }
      case "deleted": {
        const post = this.find(line.channel, line.ts);
        if (!post) break;
        const gone = { ...post, deleted: true, position: line.position };
        this.#posts.set(keyOf(line.channel, line.ts), gone);
        break;
      }
    }
    this.#position = Math.max(this.#position, "post" in line ? line.post.position : line.position);
  }

  #compact(): void {
    const kept = this.since(0).map((post) => ({ kind: "kept", post }) as const);
    this.#journal.rewrite([{ kind: "seeded", position: this.#position }, ...kept]);
  }

  /** Seconds and microseconds, never the same twice: Slack's ts is the id of a message in its channel. */
  #nextTs(): string {
    const micros = Math.max(this.#now().getTime() * 1_000, this.#lastMicros + 1);
    return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, "0")}`;
  }
}
