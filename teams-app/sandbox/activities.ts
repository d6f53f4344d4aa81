import type { JsonObject } from "../../core/domain/json.ts";
import type { ConnectorCall, ConnectorDeps } from "./connector-call.ts";
import { isReply, readContent } from "./content.ts";
import { connectorError, notServed, type Reply } from "./http.ts";
import type { Post } from "./posts.ts";
import type { Channel } from "./tenant.ts";

const activityGone = connectorError(
  404,
  "ActivityNotFoundInConversation",
  "The conversation has no such activity.",
);
/** Post, edit or delete an activity in a channel, as fast as Teams lets a bot. */
export function changeActivity(
  call: ConnectorCall,
  channel: Pick<Channel, "id">,
  deps: ConnectorDeps,
): Reply {
  const waitMs = deps.throttle.admit(channel.id);
  if (waitMs !== undefined) return throttled(waitMs);
  const [, conversation = "", , activity] = call.parts;
  switch (call.method) {
    case "POST":
      return postActivity(call.body, channel, [activity, rootOf(conversation)], deps);
    case "PUT":
      return putActivity(call.body, channel, activity ?? "", deps);
    case "DELETE":
      return deleteActivity(channel, activity ?? "", deps);
    default:
      return notServed;
  }
}

const rootOf = (conversation: string): string | undefined => conversation.split(";messageid=")[1];

function throttled(waitMs: number): Reply {
  const reply = connectorError(429, "Throttled", "Too many requests.");
  return { ...reply, headers: { "Retry-After": String(Math.ceil(waitMs / 1_000)) } };
}

function postActivity(
  body: JsonObject | undefined,
  channel: Pick<Channel, "id">,
  roots: readonly (string | undefined)[],
  { posts, tenant }: ConnectorDeps,
): Reply {
  const content = readContent(body);
  if (isReply(content)) return content;
  const author = { id: tenant.appId, name: "Countersign", app: true };
  // A reply goes below the message that it names, else below that of its conversation, else it begins a new one.
  const root = roots.map((id) => id && posts.find(channel.id, id)).find((post) => post);
  if (root && !content.card) {
    posts.reply(root, { author, text: content.text });
    return { status: 201, body: { id: `${root.id}-${root.replies.length + 1}` } };
  }
  const post = posts.add({ ...content, channel: channel.id, author });
  return content.editable ? { status: 201, body: { id: post.id } } : { status: 202 };
}

function putActivity(
  body: JsonObject | undefined,
  channel: Pick<Channel, "id">,
  id: string,
  { posts }: ConnectorDeps,
): Reply {
  const post = editable(posts.find(channel.id, id));
  if (!post) return activityGone;
  const content = readContent(body);
  if (isReply(content)) return content;
  posts.edit(post, content);
  return { status: 200, body: { id } };
}

function deleteActivity(channel: Pick<Channel, "id">, id: string, { posts }: ConnectorDeps): Reply {
  const post = editable(posts.find(channel.id, id));
  if (!post) return activityGone;
  posts.remove(post);
  return { status: 200 };
}

/** A bot changes its own messages, while they are there. */
function editable(post: Post | undefined): Post | undefined {
  return post?.author.app && post.editable && !post.deleted ? post : undefined;
}
