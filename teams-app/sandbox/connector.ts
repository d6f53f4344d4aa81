import { changeActivity } from "./activities.ts";
import type { ConnectorCall, ConnectorDeps } from "./connector-call.ts";
import { connectorError, notServed, type Reply } from "./http.ts";
import { listChannels, listMembers, pageMembers, showMember, showTeam } from "./rosters.ts";
import {
  type Channel,
  chatOf,
  findChannel,
  findChat,
  findTeam,
  isOpenToApp,
  isThere,
  type Member,
  type Region,
  type Team,
  type Tenant,
} from "./tenant.ts";

const conversationGone = connectorError(
  404,
  "ConversationNotFound",
  "There is no such conversation.",
);

/** The channel that a call goes to, where it goes to one. */
export function channelOf({ parts }: ConnectorCall, tenant: Tenant): Channel | undefined {
  const [kind, id] = parts;
  return kind === "conversations" && id ? findChannel(tenant, channelIdOf(id)) : undefined;
}

const channelIdOf = (conversation: string) => conversation.split(";messageid=")[0] ?? conversation;

/** Answer a call, or refuse it with the error name that Teams has for it. */
export function answerCall(call: ConnectorCall, deps: ConnectorDeps): Reply {
  const [kind, id = "", what, one] = call.parts;
  if (kind === "teams") return answerTeam(call, findTeam(deps.tenant, id), deps.tenant);
  const person = kind === "conversations" && findChat(deps.tenant, channelIdOf(id));
  if (person) return answerChat(call, person, deps);
  const channel = channelOf(call, deps.tenant);
  if (!channel) return kind === "conversations" ? conversationGone : notServed;
  const refusal = refuseTeam(channel.team, call.region, deps.tenant) ?? refusePlace(channel);
  if (refusal) return refusal;
  if (call.method === "GET" && what === "members") return listMembers(one, channel, deps.tenant);
  if (call.method === "GET" && what === "pagedmembers") return pageMembers(channel, deps.tenant);
  if (what !== "activities") return notServed;
  return channel.team.archived ? readOnly : changeActivity(call, channel, deps);
}

/** A personal chat with the app, which its person has opened. */
function answerChat(call: ConnectorCall, person: Member, deps: ConnectorDeps): Reply {
  const { catalogue } = deps.tenant.standing;
  const [, , what, one] = call.parts;
  if (catalogue === "blocked") return blocked;
  if (catalogue === "absent") {
    return connectorError(403, "BotNotInConversationRoster", "The app is not in this chat.");
  }
  if (call.method === "GET" && what === "members") return showMember(one, person, deps.tenant);
  if (what !== "activities") return notServed;
  return changeActivity(call, { id: chatOf(person) }, deps);
}

const blocked = connectorError(403, "BotDisabledByAdmin", "The admin of Teams blocks the app.");

const readOnly = connectorError(403, "ForbiddenOperationException", "The team is archived.");

/** Why the app has no business in a team. */
function refuseTeam(team: Team, region: Region, { standing }: Tenant): Reply | undefined {
  if (team.deleted) return conversationGone;
  if (standing.catalogue === "blocked") return blocked;
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
  return what === undefined ? showTeam(team, tenant) : listChannels(team, tenant);
}
