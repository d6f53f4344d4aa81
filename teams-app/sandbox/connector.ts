import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import { checkCard, mostMessageBytes } from "../outbound/limits.ts";
import { connectorError, type Reply } from "./http.ts";
import type { Post, Posts } from "./posts.ts";
import { type Channel, findChannel, findMember, type Member, type Tenant } from "./tenant.ts";
import type { Throttle } from "./throttle.ts";

interface ConnectorDeps {
  readonly tenant: Tenant;
  readonly posts: Posts;
  readonly throttle: Throttle;
  readonly now: () => Date;
}

/** One call to the Bot Connector, after its token was checked. */
export interface ConnectorCall {
  readonly method: string;
  /** The parts of the path after `v3`, decoded. */
  readonly parts: readonly string[];
  readonly body: JsonObject | undefined;
}

const cardType = "application/vnd.microsoft.card.adaptive";
const conversationGone = connectorError(
  404,
  "ConversationNotFound",
  "There is no such conversation.",
);
const activityGone = connectorError(
  404,
  "ActivityNotFoundInConversation",
  "The conversation has no such activity.",
);
const notServed = connectorError(404, "NotFound", "The connector does not serve this.");

/** The channel that a call goes to, where it goes to one. */
export function channelOf({ parts }: ConnectorCall, tenant: Tenant): Channel | undefined {
  const [kind, id] = parts;
  return kind === "conversations" && id ? findChannel(tenant, channelIdOf(id)) : undefined;
}

const channelIdOf = (conversation: string) => conversation.split(";messageid=")[0] ?? conversation;

/** Answer a call, or refuse it with the error name that Teams has for it. */
export function answerCall(call: ConnectorCall, deps: ConnectorDeps): Reply {
  const [kind, id = "", what, one] = call.parts;
  if (call.method === "GET" && kind === "teams" && what === "conversations") {
    return listChannels(id, deps.tenant);
  }
  const channel = channelOf(call, deps.tenant);
  if (!channel) return kind === "conversations" ? conversationGone : notServed;
  if (call.method === "GET" && what === "members") return listMembers(one, deps.tenant);
  if (what !== "activities") return notServed;
  return changeActivity(call, channel, deps);
}

function changeActivity(call: ConnectorCall, channel: Channel, deps: ConnectorDeps): Reply {
  const waitMs = deps.throttle.admit(channel.id, deps.now().getTime());
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

/** List the channels of a team. Teams leaves the name of General out. */
function listChannels(teamId: string, tenant: Tenant): Reply {
  const channels = tenant.channels.filter(({ team }) => team.id === teamId);
  if (channels.length === 0) return conversationGone;
  const conversations = channels.map(({ id, name }) => (id === teamId ? { id } : { id, name }));
  return { status: 200, body: { conversations } };
}

function listMembers(who: string | undefined, tenant: Tenant): Reply {
  if (who === undefined)
    return { status: 200, body: tenant.people.map((one) => account(one, tenant)) };
  const member = findMember(tenant, who);
  if (member) return { status: 200, body: account(member, tenant) };
  return connectorError(404, "MemberNotFoundInConversation", "Nobody of this id is here.");
}

function account({ id, name, aadObjectId, guest }: Member, tenant: Tenant): JsonObject {
  const userRole = guest ? "guest" : "user";
  const email = `${name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()}@example.com`;
  // A guest's sign-in name lies in the tenant's own domain and is no address.
  const userPrincipalName = guest
    ? `${email.replace("@", "_")}#EXT#@${tenant.name.toLowerCase()}.example`
    : email;
  const names = { name, email, userPrincipalName };
  return { id, ...names, objectId: aadObjectId, aadObjectId, tenantId: tenant.id, userRole };
}

interface Content {
  readonly text: string;
  readonly card?: JsonObject;
  readonly editable: boolean;
}

/** Read what an activity shows, or refuse it as Teams does. */
function readContent(activity: JsonObject | undefined): Content | Reply {
  if (activity?.["type"] !== "message") {
    return connectorError(400, "BadSyntax", "The body must be a message activity.");
  }
  if (JSON.stringify(activity).length * 2 > mostMessageBytes) {
    return connectorError(413, "MessageSizeTooBig", "The message is too big.");
  }
  const text = typeof activity["text"] === "string" ? activity["text"] : "";
  const attachments = activity["attachments"] ?? [];
  if (!Array.isArray(attachments) || attachments.length > 1) {
    return connectorError(400, "BadArgument", "One attachment is served here.");
  }
  const [attachment] = attachments;
  if (attachment === undefined) {
    if (text !== "") return { text, editable: true };
    return connectorError(400, "BadSyntax", "The activity has neither text nor attachment.");
  }
  return readCard(attachment, text, activity);
}

function readCard(attachment: unknown, text: string, activity: JsonObject): Content | Reply {
  if (!isJsonObject(attachment) || attachment["contentType"] !== cardType) {
    return connectorError(400, "BadArgument", "Only Adaptive Cards are served here.");
  }
  const card = attachment["content"];
  const [error, ...others] = checkCard(card);
  if (error?.code === "too_big" && others.length === 0) {
    return connectorError(413, "MessageSizeTooBig", error.message);
  }
  if (error || !isJsonObject(card)) {
    return connectorError(400, "BadArgument", `${error?.pointer}: ${error?.message}`);
  }
  const summary = typeof activity["summary"] === "string" ? activity["summary"] : "";
  return { text: text === "" ? summary : text, card, editable: text === "" };
}

const isReply = (read: Content | Reply): read is Reply => "status" in read;

function postActivity(
  body: JsonObject | undefined,
  channel: Channel,
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
  channel: Channel,
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

function deleteActivity(channel: Channel, id: string, { posts }: ConnectorDeps): Reply {
  const post = editable(posts.find(channel.id, id));
  if (!post) return activityGone;
  posts.remove(post);
  return { status: 200 };
}

/** A bot changes its own messages, while they are there. */
function editable(post: Post | undefined): Post | undefined {
  return post?.author.app && post.editable && !post.deleted ? post : undefined;
}
