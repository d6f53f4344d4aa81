import type { JsonObject } from "../../core/domain/json.ts";
import { connectorError, type Reply } from "./http.ts";
import {
  type Channel,
  findMember,
  isGeneral,
  isMember,
  isThere,
  type Member,
  type Team,
  type Tenant,
} from "./tenant.ts";

const channelsIn = (team: Team, { channels }: Tenant) =>
  channels.filter((one) => one.team.id === team.id && isThere(one));

/** List the channels of a team, of every type. */
export function listChannels(team: Team, tenant: Tenant): Reply {
  return { status: 200, body: { conversations: channelsIn(team, tenant).map(showConversation) } };
}

/** Tell of a team itself. */
export function showTeam(team: Team, tenant: Tenant): Reply {
  const { id, name, groupId: aadGroupId, members } = team;
  const counts = { channelCount: channelsIn(team, tenant).length, memberCount: members.length };
  const body = { id, name, aadGroupId, type: "standard", tenantId: tenant.id, ...counts };
  return { status: 200, body };
}

/** A channel in the list of its team. Teams leaves the name of General out. */
function showConversation(channel: Channel): JsonObject {
  const { id, name, kind: type } = channel;
  return isGeneral(channel) ? { id, type } : { id, name, type };
}

const peopleIn = ({ team }: Channel, { people }: Tenant) =>
  people.filter((one) => isMember(team, one));

/** Tell who is in the team of a channel: one of them, or all. */
export function listMembers(who: string | undefined, channel: Channel, tenant: Tenant): Reply {
  const people = peopleIn(channel, tenant);
  if (who === undefined) return { status: 200, body: people.map((one) => account(one, tenant)) };
  const member = findMember({ people }, who);
  if (member) return { status: 200, body: account(member, tenant) };
  return connectorError(404, "MemberNotFoundInConversation", "Nobody of this id is here.");
}

/** Tell of the one person of a personal chat. */
export function showMember(who: string | undefined, person: Member, tenant: Tenant): Reply {
  const member = who === undefined ? person : findMember({ people: [person] }, who);
  if (!member)
    return connectorError(404, "MemberNotFoundInConversation", "Nobody of this id is here.");
  const shown = account(member, tenant);
  return { status: 200, body: who === undefined ? [shown] : shown };
}

/** Everybody is on one page here: Teams' pages hold 50 people at least (PLATFORMS 2.7). */
export function pageMembers(channel: Channel, tenant: Tenant): Reply {
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
