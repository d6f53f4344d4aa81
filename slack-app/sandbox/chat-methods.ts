import { blocksLength, limits, validateBlocks } from "../outbound/limits.ts";
import { type Answer, ok, refuse, textOf } from "./answers.ts";
import { type Arguments, structured } from "./http.ts";
import { type Caller, findChannel, findPerson, type Rig } from "./rig.ts";
import { messageFields } from "./shapes.ts";
import type { Channel } from "./things.ts";
import type { Content, Post } from "./timeline.ts";

/**
 * One message a second and channel (docs.slack.dev/apis/web-api/rate-limits). Slack takes short bursts; of that we grant
 * only what a sender that keeps the pace needs, because two posts may travel at different speeds.
 */
const paceMs = 1_000;
const jitterMs = 100;

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
export function visibleChannel(
  rig: Rig,
  given: Arguments,
  { grant }: Pick<Caller, "grant">,
): Channel | undefined {
  const channel = findChannel(rig, textOf(given["channel"]), grant.teams);
  return channel && (channel.member || !channel.private) ? channel : undefined;
}

function waitLeft(rig: Rig, channel: Channel): number {
  const last = rig.postedAt.get(channel.id);
  const passed = last === undefined ? paceMs : rig.now().getTime() - last;
  return passed >= paceMs - jitterMs ? 0 : paceMs - passed;
}

/** Find a channel that the app may write to, or Slack's refusal. */
function openChannel(rig: Rig, given: Arguments, caller: Caller): Channel | Answer {
  const channel = visibleChannel(rig, given, caller);
  if (!channel) return refuse("channel_not_found");
  if (channel.archived) return refuse("is_archived");
  const mayFromOutside = !channel.private && caller.grant.scopes.includes("chat:write.public");
  if (!channel.member && !mayFromOutside) return refuse("not_in_channel");
  return channel.readOnly ? refuse("restricted_action_read_only_channel") : channel;
}

/** `chat.postMessage`. */
export function postMessage(rig: Rig, given: Arguments, caller: Caller): Answer {
  const channel = openChannel(rig, given, caller);
  if ("kind" in channel) return channel;
  const content = readContent(given);
  if (isAnswer(content)) return content;
  const { thread_ts: thread } = given;
  const root = thread === undefined ? undefined : rig.timeline.find(channel.id, textOf(thread));
  if (thread !== undefined && (!root || root.deleted)) return refuse("thread_not_found");
  const wait = waitLeft(rig, channel);
  if (wait > 0) return { kind: "limited", retryAfter: Math.ceil(wait / 1_000) };
  rig.postedAt.set(channel.id, rig.now().getTime());
  if (root) {
    const ts = rig.timeline.reply(root, content);
    return ok({
      channel: channel.id,
      ts,
      message: { ...messageFields(rig, root), ...content, ts },
    });
  }
  const post = rig.timeline.post(channel.id, content);
  return ok({ channel: channel.id, ts: post.ts, message: messageFields(rig, post) });
}

/** Find one of the app's own messages, or Slack's refusal under this name. Those of an archived channel stay as they are. */
function ownMessage(
  rig: Rig,
  given: Arguments,
  caller: Caller,
  foreign: string,
): { readonly post: Post; readonly channel: string } | Answer {
  const channel = visibleChannel(rig, given, caller);
  if (!channel) return refuse("channel_not_found");
  if (channel.archived) return refuse("is_inactive");
  const ts = textOf(given["ts"]);
  const post = rig.timeline.find(channel.id, ts) ?? rig.timeline.find(channel.formerly ?? "", ts);
  if (!post || post.deleted) return refuse("message_not_found");
  return post.person === undefined ? { post, channel: channel.id } : refuse(foreign);
}

/** `chat.update`. */
export function update(rig: Rig, given: Arguments, caller: Caller): Answer {
  const own = ownMessage(rig, given, caller, "cant_update_message");
  if ("kind" in own) return own;
  const content = readContent(given);
  if (isAnswer(content)) return content;
  if (content.text.length > limits.updateText) return refuse("msg_too_long");
  const { post, channel } = own;
  rig.timeline.edit(post, content);
  const edited = rig.timeline.find(post.channel, post.ts) ?? post;
  const { text } = content;
  return ok({ channel, ts: post.ts, text, message: messageFields(rig, edited) });
}

/** `chat.delete`. */
export function deleteMessage(rig: Rig, given: Arguments, caller: Caller): Answer {
  const own = ownMessage(rig, given, caller, "cant_delete_message");
  if ("kind" in own) return own;
  rig.timeline.delete(own.post);
  return ok({ channel: own.channel, ts: own.post.ts });
}

/** `chat.postEphemeral`. */
export function postEphemeral(rig: Rig, given: Arguments, caller: Caller): Answer {
  const channel = openChannel(rig, given, caller);
  if ("kind" in channel) return channel;
  const person = findPerson(rig, textOf(given["user"]));
  if (!person || !channel.people.includes(person.id)) return refuse("user_not_in_channel");
  const content = readContent(given);
  if (isAnswer(content)) return content;
  rig.whispers.hear({ channel: channel.id, person: person.id, text: content.text });
  const seconds = Math.floor(rig.now().getTime() / 1_000);
  return ok({ message_ts: `${seconds}.000000` });
}
