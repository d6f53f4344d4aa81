import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { slackMistakes } from "../outbound/limits/mistakes.ts";
import { buttonsOf, checkCard } from "./card-check.ts";
import { type Rig, teamOf } from "./rig.ts";
import { botUserOf } from "./shapes.ts";
import type { Team } from "./things.ts";
import type { Post } from "./timeline.ts";

function authorOf(rig: Rig, post: Post, team: Team): SandboxMessage["author"] {
  const person = rig.members.get(post.person ?? "");
  if (person) return { id: person.id, name: person.name, app: false };
  return { id: botUserOf(rig, team), name: "Countersign", app: true };
}

/** A message as the sandbox's API shows it. */
export function showPost(rig: Rig, post: Post): SandboxMessage {
  const channel = rig.channels.get(post.channel);
  const team = teamOf(rig, channel);
  const isByPerson = rig.members.get(post.person ?? "") !== undefined;
  const buttons = buttonsOf(post).map((button) => ({
    action: String(button["action_id"] ?? ""),
    label: (button["text"] as { readonly text?: string } | undefined)?.text ?? "",
  }));
  return {
    id: `slack:${post.channel}:${post.ts}`,
    platform: "slack",
    workspace: team.id,
    channel: post.channel,
    channel_name: channel?.name ?? "",
    author: authorOf(rig, post, team),
    text: post.text,
    ...(post.blocks === undefined ? {} : { blocks: post.blocks }),
    buttons: post.deleted ? [] : buttons,
    edits: post.edits,
    thread: (post.replies ?? []).map(({ ts, ...content }) => ({
      author: { id: botUserOf(rig, team), name: "Countersign", app: true },
      ...content,
      at: new Date(Number(ts) * 1_000).toISOString(),
    })),
    posted_at: new Date(Number(post.ts) * 1_000).toISOString(),
    edited_at: post.editedAt ?? null,
    deleted: post.deleted,
    check: checkCard(post),
    mistakes: isByPerson ? [] : slackMistakes(post),
  };
}
