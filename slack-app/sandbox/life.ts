import type {
  SandboxAccess,
  SandboxDone,
  SandboxPersonWish,
  SandboxTeam,
  SandboxUninstall,
  SlackLife,
} from "../../core/ports/sandbox-life.ts";
import { ChannelLife } from "./channel-life.ts";
import type { Consents } from "./consent.ts";
import type { Events } from "./events.ts";
import type { Grant } from "./grants.ts";
import { homeMessage } from "./homes.ts";
import type { Leaving } from "./leaving.ts";
import { findPerson, findTeam, type Rig } from "./rig.ts";
import type { Signal } from "./signal.ts";
import type { Sockets } from "./sockets.ts";
import { type Channel, plainMember } from "./things.ts";

/** How long a person looks at the Home for what comes. */
const lookMs = 2_500;

/** What life in the workspaces works with. */
export interface LifeTools {
  readonly rig: Rig;
  readonly signal: Signal;
  readonly events: Events;
  readonly consents: Consents;
  readonly leaving: Leaving;
  readonly sockets: Sockets;
}

const done = (id: string, told: (SandboxDone & { kind: "done" })["told"] = []): SandboxDone => ({
  kind: "done",
  id,
  told,
});

/** A channel as the panes and the sandbox's API show it. */
export const showChannel = (channel: Channel) => {
  const { id, name, member, archived, outsiders, private: hidden, people } = channel;
  return { id, name, private: hidden, member, archived, outsiders, ...(hidden ? { people } : {}) };
};

/** The channels of a workspace that people look at: a crowd is there to be listed by the app alone. */
export const channelsToShow = ({ channels }: Rig, team: string): readonly Channel[] =>
  channels
    .all()
    .filter((one) => one.workspace === team && !one.deleted && !(one.crowd && !one.member));

function listTeams(rig: Rig): readonly SandboxTeam[] {
  const { world, members, grants } = rig;
  return world.teams.map((team) => ({
    id: team.id,
    name: team.name,
    ...(team.enterprise === undefined ? {} : { organization: world.enterprise.name }),
    installed: grants.of(team) !== undefined,
    channels: channelsToShow(rig, team.id).map(showChannel),
    people: members
      .all()
      .filter(({ workspace }) => workspace === team.id)
      .map(({ id, name, guest }) => ({ id, name, guest })),
  }));
}

/** The live installation of a workspace or organization, by name or id. */
function grantOf(rig: Rig, asked: string | undefined): Grant | undefined {
  const { home, enterprise } = rig.world;
  const isOrg = asked === enterprise.id || asked?.toLowerCase() === enterprise.name.toLowerCase();
  if (isOrg) return rig.grants.live(enterprise.id);
  const team = asked === undefined ? home : findTeam(rig, asked);
  return team && rig.grants.of(team);
}

async function uninstall(
  { rig, leaving, signal }: LifeTools,
  { workspace, ...how }: SandboxUninstall,
): Promise<SandboxDone> {
  const grant = grantOf(rig, workspace);
  if (!grant) return { kind: "unknown", what: "installation", asked: workspace ?? "" };
  const told = await leaving.end(grant, how);
  signal.ring();
  return done(grant.id, told);
}

/** An org admin gives the app a workspace, or takes one away. */
async function changeTeams(
  { rig, events }: LifeTools,
  { workspace = "", do: what }: SandboxAccess,
): Promise<SandboxDone> {
  const team = findTeam(rig, workspace);
  const grant = team && rig.grants.live(team.enterprise ?? "");
  if (!team) return { kind: "unknown", what: "workspace", asked: workspace };
  if (!grant) return { kind: "unknown", what: "installation", asked: workspace };
  const others = grant.teams.filter((id) => id !== team.id);
  rig.grants.setTeams(grant.id, what === "grant" ? [...others, team.id] : others);
  const type = what === "grant" ? "team_access_granted" : "team_access_revoked";
  return done(team.id, [await events.tell(grant, { type, team_ids: [team.id] })]);
}

async function changeAccess(tools: LifeTools, wish: SandboxAccess): Promise<SandboxDone> {
  const { rig } = tools;
  if (wish.do === "grant" || wish.do === "withdraw") return changeTeams(tools, wish);
  const grant = grantOf(rig, wish.workspace);
  if (!grant) return { kind: "unknown", what: "installation", asked: wish.workspace ?? "" };
  const kept = grant.scopes.filter((one) => !wish.without?.includes(one));
  if (wish.do === "narrow") rig.grants.setScopes(grant.id, kept);
  else rig.grants.expire(grant.id);
  return done(grant.id);
}

function changePerson({ rig, signal }: LifeTools, wish: SandboxPersonWish): SandboxDone {
  const { name, workspace, ...changed } = wish;
  const known = findPerson(rig, name);
  const team = findTeam(rig, workspace ?? known?.workspace ?? rig.world.home.id);
  if (!team) return { kind: "unknown", what: "workspace", asked: workspace ?? "" };
  const isHere = known?.workspace === team.id;
  const id = rig.world.idOf("U", isHere ? known.id : `${team.id} ${name}`);
  const before = isHere
    ? known
    : plainMember({ id, name, workspace: team.id }, `${team.domain}.example`);
  rig.members.put({ ...before, ...changed });
  signal.ring();
  return done(before.id);
}

async function openHome({ rig, signal, events }: LifeTools, asked: string) {
  const person = findPerson(rig, asked);
  const team = person && findTeam(rig, person.workspace);
  if (!person || !team) return { kind: "unknown", what: "person", asked } as const;
  if (!rig.grants.of(team))
    return { kind: "unknown", what: "installation", asked: team.name } as const;
  const before = rig.homes.of(person.id);
  const channel = rig.world.idOf("D", person.id);
  const shown = before === undefined ? {} : { view: before };
  const happened = { type: "app_home_opened", user: person.id, channel, tab: "home", ...shown };
  const told = await events.tell(team, happened);
  const changed = () => {
    const now = rig.homes.of(person.id);
    return now === before ? undefined : now;
  };
  const view = told.status === 200 ? await signal.until(changed, lookMs) : undefined;
  const message = homeMessage(person.id);
  return { ...done(person.id, [told]), message, view: view ?? before ?? null } as const;
}

/** Make what admins and members of the local workspaces can do, apart from talking and pressing buttons. */
export function createLife(tools: LifeTools): SlackLife {
  const { rig, consents, signal, sockets, events } = tools;
  const channels = new ChannelLife(rig, events);
  return {
    workspaces: () => listTeams(rig),
    consent: (wish) => consents.arm(wish),
    uninstall: (wish) => uninstall(tools, wish),
    access: (wish) => changeAccess(tools, wish),
    changeChannel: async (wish) => {
      const outcome = await channels.change(wish);
      signal.ring();
      return outcome;
    },
    changePerson: (wish) => changePerson(tools, wish),
    home: (person) => openHome(tools, person),
    verifyAddress: async () => {
      const { status, body, challenge } = await events.verify();
      return { status, proven: status === 200 && body.includes(challenge) };
    },
    sockets: (wish) => {
      if (wish === "count") return sockets.count;
      return wish === "drop" ? sockets.drop() : sockets.refresh();
    },
  };
}
