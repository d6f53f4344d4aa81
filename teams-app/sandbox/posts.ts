import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import type { SandboxJournal } from "../../core/ports/sandbox.ts";
import { buttonsOf } from "./buttons.ts";
import { isKeyLine } from "./issuer.ts";
import { latestTenantLines } from "./live-tenant.ts";

interface Author {
  readonly id: string;
  readonly name: string;
  readonly app: boolean;
}

/** One message in a channel, as everybody sees it. */
export interface Post {
  readonly id: string;
  readonly channel: string;
  readonly author: Author;
  readonly text: string;
  readonly card?: JsonObject;
  /** The last version that asked for a decision: what a client shows that has not drawn the edits since. */
  readonly earlier?: JsonObject;
  /** False for text with a card: Teams gives no id for it, so nobody can edit it (PLATFORMS 2.5 c). */
  readonly editable: boolean;
  readonly replies: readonly {
    readonly author: Author;
    readonly text: string;
    readonly at: string;
  }[];
  readonly edits: number;
  readonly postedAt: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
  /** Position of its last change among all changes. */
  readonly changed: number;
}

/** The id of a message in the sandbox's API. */
export const messageId = ({ channel, id }: Pick<Post, "channel" | "id">) =>
  `teams:${channel}:${id}`;

/** The messages of all tenants, in the order of their last change. */
export interface Posts {
  /** Post a message. Its id is the millisecond of its posting, as in Teams, or the next free one. */
  add(post: Pick<Post, "channel" | "author" | "text" | "editable" | "card">): Post;
  /** Write a reply below a message. */
  reply(root: Post, reply: Omit<Post["replies"][number], "at">): void;
  edit(post: Post, change: { readonly text: string; readonly card?: JsonObject }): Post;
  remove(post: Post): void;
  find(channel: string, id: string): Post | undefined;
  since(position: number): readonly Post[];
  /** The position of the latest change. */
  position(): number;
  clear(): void;
}

interface PostsDeps {
  readonly journal: SandboxJournal;
  readonly now: () => Date;
  readonly changed: () => void;
}

/** Open the messages that the journal holds. Every change is in the journal when it returns. */
export function openPosts({ journal, now, changed }: PostsDeps): Posts {
  const lines = journal.read();
  const posts = new Map<string, Post>();
  for (const post of lines.filter(isPostLine).map((line) => line.post))
    posts.set(keyOf(post), post);
  let position = Math.max(0, ...lines.map(positionOf));
  let lastId = Math.max(0, ...[...posts.values()].map(({ id }) => Number(id)));

  const keep = (post: Omit<Post, "changed">): Post => {
    position += 1;
    const kept = { ...post, changed: position };
    posts.set(keyOf(kept), kept);
    journal.append({ kind: "post", position, post: kept });
    changed();
    return kept;
  };
  const rewrite = () => {
    const ordered = [...posts.values()].sort((a, b) => a.changed - b.changed);
    const written = ordered.map((post) => ({ kind: "post", position: post.changed, post }));
    const before = journal.read();
    journal.rewrite([
      ...before.filter(isKeyLine),
      ...latestTenantLines(before),
      { kind: "position", position },
      ...written,
    ]);
  };
  if (lines.length > 2 * posts.size + 100) rewrite();

  return {
    add: (post) => {
      lastId = Math.max(lastId + 1, now().getTime());
      const postedAt = now().toISOString();
      const fresh = { replies: [], edits: 0, postedAt, editedAt: null, deleted: false };
      return keep({ ...post, ...fresh, id: String(lastId) });
    },
    reply: (root, reply) => {
      keep({ ...root, replies: [...root.replies, { ...reply, at: now().toISOString() }] });
    },
    edit: (post, { text, card }) => {
      const { card: before, ...rest } = post;
      const asked = buttonsOf(before).some(({ kind }) => kind === "execute");
      const earlier = asked && before ? { earlier: before } : {};
      const shown = { ...(card ? { card } : {}), ...earlier };
      const edits = post.edits + 1;
      return keep({ ...rest, ...shown, text, edits, editedAt: now().toISOString() });
    },
    remove: (post) => {
      keep({ ...post, deleted: true });
    },
    find: (channel, id) => posts.get(keyOf({ channel, id })),
    since: (from) =>
      [...posts.values()]
        .filter((post) => post.changed > from)
        .sort((a, b) => a.changed - b.changed),
    position: () => position,
    clear: () => {
      posts.clear();
      rewrite();
      changed();
    },
  };
}

const keyOf = ({ channel, id }: Pick<Post, "channel" | "id">) => `${channel} ${id}`;

/** A journal line that this program wrote. */
function isPostLine(line: unknown): line is { readonly kind: "post"; readonly post: Post } {
  return isJsonObject(line) && line["kind"] === "post" && isJsonObject(line["post"]);
}

function positionOf(line: unknown): number {
  const position = isJsonObject(line) ? line["position"] : undefined;
  return typeof position === "number" ? position : 0;
}
