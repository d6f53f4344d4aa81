import { blocksLength, limits, validateBlocks } from "../outbound/limits.ts";
import type { Dialog, Dialogs, ViewRefusal } from "./dialogs.ts";
import { type Arguments, structured } from "./http.ts";
import type { Content, Post, Timeline } from "./timeline.ts";
import type { Whispers } from "./whispers.ts";
import { type Channel, findChannel, findPerson, type Workspace } from "./workspace.ts";

/** What the methods of the Web API work on. */
export interface Rig {
  readonly workspace: Workspace;
  readonly timeline: Timeline;
  readonly whispers: Whispers;
  readonly dialogs: Dialogs;
  readonly now: () => Date;
  /** When each channel last took a message, in milliseconds. */
  readonly postedAt: Map<string, number>;
}

/** What a method answers, before it is written as JSON. */
export type Answer =
  | { readonly kind: "ok"; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: "error"; readonly error: string; readonly details?: readonly string[] }
  | { readonly kind: "limited"; readonly retryAfter: number };

/**
 * One message a second and channel (docs.slack.dev/apis/web-api/rate-limits). Slack takes short bursts; of that we grant
 * only what a sender that keeps the pace needs, because two posts may travel at different speeds.
 */
const paceMs = 1_000;
const jitterMs = 100;

const ok = (fields: Readonly<Record<string, unknown>> = {}): Answer => ({ kind: "ok", fields });
const refuse = (error: string, details?: readonly string[]): Answer => ({
  kind: "error",
  error,
  ...(details === undefined ? {} : { details }),
});
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Read what a message shows, or Slack's refusal of it. */
export function readContent(given: Arguments): Content | Answer {
  const text = textOf(given["text"]);
  if (text.length > limits.messageText) return refuse("msg_too_long");
  if (given["blocks"] === undefined) return text === "" ? refuse("no_text") : { text };
  const blocks = structured(given["blocks"]);
  if (!Array.isArray(blocks)) return refuse("invalid_blocks_format");
  if (blocks.length === 0) return text === "" ? refuse("no_text") : { text };
  const errors = validateBlocks(blocks);
  if (errors.length > 0) {
    const details = errors.map((one) => `[ERROR] ${one.message} [json-pointer:${one.pointer}]`);
    return refuse("invalid_blocks", details);
  }
  if (blocksLength(blocks) > limits.allBlocks) return refuse("msg_blocks_too_long");
  return { text, blocks };
}

/** Tell a refusal from a content. */
export const isAnswer = (value: Content | Answer): value is Answer => "kind" in value;

/** Find a channel that the app can see. A private one without the app does not exist for it. */
function visibleChannel(rig: Rig, given: Arguments): Channel | undefined {
  const channel = findChannel(rig.workspace, textOf(given["channel"]));
  return channel && (channel.member || !channel.private) ? channel : undefined;
}

function waitLeft(rig: Rig, channel: Channel): number {
  const last = rig.postedAt.get(channel.id);
  const passed = last === undefined ? paceMs : rig.now().getTime() - last;
  return passed >= paceMs - jitterMs ? 0 : paceMs - passed;
}

/** A message in the form in which Slack shows it to apps. */
export function messageFields(rig: Rig, post: Post): Readonly<Record<string, unknown>> {
  const { installation, appId, teamId } = rig.workspace;
  return {
    type: "message",
    user: post.person ?? installation.botUserId,
    ...(post.person === undefined ? { bot_id: installation.botId, app_id: appId } : {}),
    team: teamId,
    ts: post.ts,
    text: post.text,
    ...(post.blocks === undefined ? {} : { blocks: post.blocks }),
    ...(post.edits === 0 ? {} : { edited: { user: installation.botUserId, ts: post.ts } }),
  };
}

function postMessage(rig: Rig, given: Arguments): Answer {
  const channel = visibleChannel(rig, given);
  if (!channel) return refuse("channel_not_found");
  if (!channel.member) return refuse("not_in_channel");
  const content = readContent(given);
  if (isAnswer(content)) return content;
  const wait = waitLeft(rig, channel);
  if (wait > 0) return { kind: "limited", retryAfter: Math.ceil(wait / 1_000) };
  rig.postedAt.set(channel.id, rig.now().getTime());
  const post = rig.timeline.post(channel.id, content);
  return ok({ channel: channel.id, ts: post.ts, message: messageFields(rig, post) });
}

/** Find one of the app's own messages, or Slack's refusal under this name. */
function ownMessage(rig: Rig, given: Arguments, foreign: string): Post | Answer {
  const channel = visibleChannel(rig, given);
  if (!channel) return refuse("channel_not_found");
  const post = rig.timeline.find(channel.id, textOf(given["ts"]));
  if (!post || post.deleted) return refuse("message_not_found");
  return post.person === undefined ? post : refuse(foreign);
}

function update(rig: Rig, given: Arguments): Answer {
  const post = ownMessage(rig, given, "cant_update_message");
  if ("kind" in post) return post;
  const content = readContent(given);
  if (isAnswer(content)) return content;
  rig.timeline.edit(post, content);
  const { channel, ts } = post;
  const edited = rig.timeline.find(channel, ts) ?? post;
  return ok({ channel, ts, text: content.text, message: messageFields(rig, edited) });
}

function deleteMessage(rig: Rig, given: Arguments): Answer {
  const post = ownMessage(rig, given, "cant_delete_message");
  if ("kind" in post) return post;
  rig.timeline.delete(post);
  return ok({ channel: post.channel, ts: post.ts });
}

function postEphemeral(rig: Rig, given: Arguments): Answer {
  const channel = visibleChannel(rig, given);
  if (!channel) return refuse("channel_not_found");
  if (!channel.member) return refuse("not_in_channel");
  const person = findPerson(rig.workspace, textOf(given["user"]));
  if (!person || !channel.people.includes(person.id)) return refuse("user_not_in_channel");
  const content = readContent(given);
  if (isAnswer(content)) return content;
  rig.whispers.hear({ channel: channel.id, person: person.id, text: content.text });
  const seconds = Math.floor(rig.now().getTime() / 1_000);
  return ok({ message_ts: `${seconds}.000000` });
}

function viewAnswer(rig: Rig, shown: Dialog | ViewRefusal): Answer {
  if ("error" in shown) return refuse(shown.error, shown.details);
  return ok({ view: viewFields(rig, shown) });
}

/** A dialog in the form in which Slack shows it to apps. */
export function viewFields(rig: Rig, dialog: Dialog): Readonly<Record<string, unknown>> {
  const { teamId, appId, installation } = rig.workspace;
  return {
    ...dialog.view,
    id: dialog.id,
    team_id: teamId,
    hash: dialog.hash,
    root_view_id: dialog.id,
    previous_view_id: null,
    app_id: appId,
    app_installed_team_id: teamId,
    bot_id: installation.botId,
    external_id: "",
    clear_on_close: false,
    notify_on_close: false,
    state: { values: {} },
  };
}

function describeUser({ workspace }: Rig, given: Arguments): Answer {
  const person = workspace.people.find((one) => one.id === given["user"]);
  if (!person) return refuse("user_not_found");
  const { id, name, guest } = person;
  const profile = { real_name: name, display_name: name };
  return ok({
    user: {
      id,
      team_id: workspace.teamId,
      name: name.toLowerCase(),
      real_name: name,
      deleted: false,
      is_bot: false,
      is_restricted: guest,
      is_ultra_restricted: false,
      is_stranger: false,
      profile,
    },
  });
}

function channelFields(channel: Channel): Readonly<Record<string, unknown>> {
  return {
    id: channel.id,
    name: channel.name.slice(1),
    is_channel: true,
    is_private: channel.private,
    is_archived: false,
    is_member: channel.member,
    num_members: channel.people.length,
  };
}

function listChannels(rig: Rig, onlyMine: boolean): Answer {
  const seen = rig.workspace.channels.filter((one) => one.member || (!onlyMine && !one.private));
  return ok({ channels: seen.map(channelFields), response_metadata: { next_cursor: "" } });
}

function joinChannel(rig: Rig, given: Arguments): Answer {
  const channel = visibleChannel(rig, given);
  if (!channel) return refuse("channel_not_found");
  const already = channel.member ? { warning: "already_in_channel" } : {};
  return ok({ channel: channelFields(channel), ...already });
}

/** The methods of the Web API that the local Slack knows. Any other is `unknown_method`. */
export const methods: Readonly<Record<string, (rig: Rig, given: Arguments) => Answer>> = {
  "chat.postMessage": postMessage,
  "chat.update": update,
  "chat.delete": deleteMessage,
  "chat.postEphemeral": postEphemeral,
  "views.open": (rig, given) =>
    viewAnswer(rig, rig.dialogs.open(textOf(given["trigger_id"]), structured(given["view"]))),
  "views.update": (rig, given) => {
    const hash = given["hash"] === undefined ? undefined : textOf(given["hash"]);
    return viewAnswer(
      rig,
      rig.dialogs.replace(textOf(given["view_id"]), structured(given["view"]), hash),
    );
  },
  "users.info": describeUser,
  "conversations.info": (rig, given) => {
    const channel = visibleChannel(rig, given);
    return channel ? ok({ channel: channelFields(channel) }) : refuse("channel_not_found");
  },
  "conversations.join": joinChannel,
  "conversations.list": (rig) => listChannels(rig, false),
  "users.conversations": (rig) => listChannels(rig, true),
  "auth.test": ({ workspace }) =>
    ok({
      url: `https://${workspace.domain}.slack.com/`,
      team: workspace.name,
      user: "countersign",
      team_id: workspace.teamId,
      user_id: workspace.installation.botUserId,
      bot_id: workspace.installation.botId,
    }),
  "team.info": ({ workspace: { teamId: id, name, domain } }) => ok({ team: { id, name, domain } }),
};
