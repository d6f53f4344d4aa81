import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import { checkCard, mostMessageBytes } from "../outbound/limits.ts";
import { connectorError, type Reply } from "./http.ts";
import type { Post, Posts } from "./posts.ts";
import {
  type Channel,
  findChannel,
  findMember,
  findTeam,
  isGeneral,
  isMember,
  isOpenToApp,
  isThere,
  type Member,
  type Region,
  type Team,
  type Tenant,
} from "./tenant.ts";
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
  /** The region whose connector was called. */
  readonly region: Region;
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

/** What a call is about, for trouble that was ordered for such calls alone. */
export function nameOf({ parts }: ConnectorCall): string {
  const [kind, , what = kind] = parts;
  return kind === "teams" && what === "conversations" ? "channels" : (what ?? "");
}

/** Answer a call, or refuse it with the error name that Teams has for it. */
export function answerCall(call: ConnectorCall, deps: ConnectorDeps): Reply {
  const [kind, id = "", what, one] = call.parts;
  if (kind === "teams") return answerTeam(call, findTeam(deps.tenant, id), deps.tenant);
  const channel = channelOf(call, deps.tenant);
  if (!channel) return kind === "conversations" ? conversationGone : notServed;
  const refusal = refuseTeam(channel.team, call.region, deps.tenant) ?? refusePlace(channel);
  if (refusal) return refusal;
  if (call.method === "GET" && what === "members") return listMembers(one, channel, deps.tenant);
  if (call.method === "GET" && what === "pagedmembers") return pageMembers(channel, deps.tenant);
  if (what !== "activities") return notServed;
  return channel.team.archived ? readOnly : changeActivity(call, channel, deps);
}

const readOnly = connectorError(403, "ForbiddenOperationException", "The team is archived.");

/** Why the app has no business in a team. */
function refuseTeam(team: Team, region: Region, { standing }: Tenant): Reply | undefined {
  if (team.deleted) return conversationGone;
  if (standing.catalogue === "blocked")
    return connectorError(403, "BotDisabledByAdmin", "The admin of Teams blocks the app.");
  if (!team.hasApp)
    return connectorError(403, "BotNotInConversationRoster", "The app is not in this team.");
  if (team.region !== region)
    return connectorError(403, "InvalidBotApiHost", "This team is served at another address.");
  return undefined;
}

/** Why the app has no business in a channel of a team in which it is. */
function refusePlace(channel: Channel): Reply | undefined {
  if (!isThere(channel)) return conversationGone;
  if (isOpenToApp(channel)) return undefined;
  return connectorError(
    403,
    "ForbiddenOperationException",
    `Apps have no part in ${channel.kind} channels.`,
  );
}

function answerTeam(
  { method, parts, region }: ConnectorCall,
  team: Team | undefined,
  tenant: Tenant,
): Reply {
  const what = parts[2];
  if (method !== "GET" || (what !== undefined && what !== "conversations")) return notServed;
  if (!team) return conversationGone;
  const refusal = refuseTeam(team, region, tenant);
  if (refusal) return refusal;
  const channels = tenant.channels.filter((one) => one.team.id === team.id && isThere(one));
  if (what === "conversations") {
    return { status: 200, body: { conversations: channels.map(showConversation) } };
  }
  const { id, name, groupId: aadGroupId, members } = team;
  const counts = { channelCount: channels.length, memberCount: members.length };
  const body = { id, name, aadGroupId, type: "standard", tenantId: tenant.id, ...counts };
  return { status: 200, body };
}

/** A channel in the list of its team. Teams leaves the name of General out. */
function showConversation(channel: Channel): JsonObject {
  const { id, name, kind: type } = channel;
  return isGeneral(channel) ? { id, type } : { id, name, type };
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

const peopleIn = ({ team }: Channel, { people }: Tenant) =>
  people.filter((one) => isMember(team, one));

function listMembers(who: string | undefined, channel: Channel, tenant: Tenant): Reply {
  const people = peopleIn(channel, tenant);
  if (who === undefined) return { status: 200, body: people.map((one) => account(one, tenant)) };
  const member = findMember({ people }, who);
  if (member) return { status: 200, body: account(member, tenant) };
  return connectorError(404, "MemberNotFoundInConversation", "Nobody of this id is here.");
}

/** Everybody is on one page here: Teams' pages hold 50 people at least (PLATFORMS 2.7). */
function pageMembers(channel: Channel, tenant: Tenant): Reply {
  const members = peopleIn(channel, tenant).map((one) => account(one, tenant));
  return { status: 200, body: { members } };
}

function account({ id, name, aadObjectId, guest, ...one }: Member, tenant: Tenant): JsonObject {
  const userRole = guest ? "guest" : "user";
  const made = `${name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()}@example.com`;
  const email = one.email ?? made;
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
