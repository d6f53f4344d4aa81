import { type Answer, ok, refuse, textOf } from "./answers.ts";
import type { Arguments } from "./http.ts";
import { orgBot } from "./oauth-methods.ts";
import type { Caller, Rig } from "./rig.ts";
import { botUserOf } from "./shapes.ts";
import type { Member } from "./things.ts";

/** Whether the app meets this person at all: of its own workspaces, or in a channel that is shared with another. */
function isMet({ channels }: Rig, { grant }: Caller, person: Member): boolean {
  const { id, workspace } = person;
  if (grant.teams.includes(workspace)) return true;
  const isShared = channels
    .all()
    .some((one) => one.outsiders && one.people.includes(id) && grant.teams.includes(one.workspace));
  return isShared;
}

/** Slack tells addresses of an app's own workspaces alone, and only with the right to read them. */
function userFields(person: Member, { grant }: Caller) {
  const { id, name, guest, deactivated, workspace, email } = person;
  const isOurs = grant.teams.includes(workspace);
  const tellsEmail = isOurs && !deactivated && grant.scopes.includes("users:read.email");
  return {
    id,
    team_id: workspace,
    name: name.toLowerCase(),
    real_name: name,
    deleted: deactivated,
    is_bot: false,
    is_app_user: false,
    is_email_confirmed: true,
    ...(isOurs && !deactivated
      ? { is_admin: false, is_owner: false, is_restricted: guest, is_ultra_restricted: false }
      : {}),
    // True of people whom the app meets nowhere; those are not told at all here.
    ...(isOurs ? {} : { is_stranger: false }),
    profile: { real_name: name, display_name: name, ...(tellsEmail ? { email } : {}) },
  };
}

/** `users.info`. */
export function describeUser(rig: Rig, given: Arguments, caller: Caller): Answer {
  const person = rig.members.get(textOf(given["user"]));
  if (!person) return refuse("user_not_found");
  return isMet(rig, caller, person)
    ? ok({ user: userFields(person, caller) })
    : refuse("user_not_visible");
}

/** `users.lookupByEmail`. */
export function findByEmail(rig: Rig, given: Arguments, caller: Caller): Answer {
  const email = textOf(given["email"]).toLowerCase();
  const person = rig.members
    .all()
    .find((one) => one.email.toLowerCase() === email && caller.grant.teams.includes(one.workspace));
  return person && !person.deactivated
    ? ok({ user: userFields(person, caller) })
    : refuse("users_not_found");
}

/** `auth.test`: by whose token this is. */
export function testAuth(rig: Rig, _given: Arguments, { grant, team }: Caller): Answer {
  const { world } = rig;
  const { enterprise } = world;
  const place = grant.isOrg ? enterprise : (team ?? world.home);
  const isInOrg = grant.isOrg || team?.enterprise !== undefined;
  return ok({
    url: `https://${place.domain}.slack.com/`,
    team: place.name,
    user: "countersign",
    team_id: place.id,
    user_id: grant.isOrg ? orgBot(world) : botUserOf(rig, team ?? world.home),
    bot_id: (team ?? world.home).botId,
    ...(isInOrg ? { enterprise_id: enterprise.id } : {}),
    is_enterprise_install: grant.isOrg,
  });
}

/** `auth.teams.list`: the workspaces that an org-wide installation was added to. */
export function listTeams({ world }: Rig, _given: Arguments, { grant }: Caller): Answer {
  const teams = world.teams.filter(({ id }) => grant.teams.includes(id));
  return ok({
    teams: teams.map(({ id, name }) => ({ id, name })),
    response_metadata: { next_cursor: "" },
  });
}

/** `team.info`. */
export function describeTeam(_rig: Rig, _given: Arguments, { team }: Caller): Answer {
  if (!team) return refuse("missing_argument");
  const { id, name, domain } = team;
  return ok({ team: { id, name, domain, email_domain: "", icon: { image_default: true } } });
}
