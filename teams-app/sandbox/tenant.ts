import type { Derive } from "./derive.ts";

/** Somebody of the tenant, with the three names that Teams has for a person. */
export interface Member {
  readonly name: string;
  readonly aadObjectId: string;
  /** The id that belongs to this bot alone, `29:…`. */
  readonly id: string;
  readonly guest: boolean;
  /** An address of their own; absent: made from the name. */
  readonly email?: string;
  /** Whether the app is in a personal chat with them. */
  readonly hasChat?: boolean;
  /** Left the company. */
  readonly gone?: boolean;
}

/** Where a team's conversations are served: each region has its own serviceUrl. */
export type Region = "emea" | "amer";

/** A team. Its id is the thread id of its channel General, as in Teams. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** The Microsoft 365 group behind it. */
  readonly groupId: string;
  readonly region: Region;
  /** Whether the app was added to it. */
  readonly hasApp: boolean;
  readonly archived: boolean;
  readonly deleted: boolean;
  /** `aadObjectId`s of the people in it. */
  readonly members: readonly string[];
}

/** What Teams calls the type of a channel. */
export type ChannelKind = "standard" | "private" | "shared";

/** A channel. Its thread id is its conversation id. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly deleted: boolean;
  readonly team: Team;
}

/** How far the app has come in the tenant. */
export interface Standing {
  /** An admin has agreed to what the app asks for. */
  readonly consented: boolean;
  /** Whether the organization's catalogue holds the app; `blocked`: it does, and a policy lets nobody use it. */
  readonly catalogue: "absent" | "published" | "blocked";
  /** Whether custom apps may be uploaded at all. */
  readonly customApps: boolean;
  /** Whether the app's secret has run out. */
  readonly secretExpired: boolean;
  /** Whether an admin has deleted the app from the directory; consenting brings it back. */
  readonly principalGone: boolean;
}

/** The local tenant. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly appId: string;
  readonly appPassword: string;
  /** Another tenant, whose admin may turn up on the consent page. */
  readonly stranger: { readonly id: string; readonly name: string };
  readonly people: readonly Member[];
  readonly teams: readonly Team[];
  readonly channels: readonly Channel[];
  readonly standing: Standing;
}

/** Who and what is in a tenant at first. The first person is its admin. */
interface Layout {
  readonly name: string;
  /** Teams with their channels, General first. */
  readonly layout: Readonly<Record<string, readonly string[]>>;
  readonly people: readonly string[];
}

const contoso: Layout = {
  name: "Contoso",
  layout: { Ops: ["General", "Incidents", "On call"], Finance: ["General"] },
  people: ["Ann", "Ben", "Chloé", "Dov", "Eve"],
};

/** The thread id of a channel of this name: the same for the same secret. */
export function threadOf(derive: Derive, name: string): string {
  return `19:${derive.hex(name, 32)}@thread.tacv2`;
}

/** Somebody of this name, who is no guest: the same for the same secret. */
export function memberOf(derive: Derive, name: string): Member {
  return {
    name,
    aadObjectId: derive.guid(`person ${name}`),
    id: `29:${derive.secret(`bot's name for ${name}`)}`,
    guest: false,
  };
}

/** Lay out a tenant: the same for the same secret. Not installed, nobody has let the app in anywhere. */
export function createTenant(
  derive: Derive,
  installed = true,
  { name: called, layout, people: names }: Layout = contoso,
): Tenant {
  const people = names.map((name) => ({ ...memberOf(derive, name), guest: name === "Dov" }));
  const teams = Object.keys(layout).map((name) => ({
    id: threadOf(derive, `${name} General`),
    name,
    groupId: derive.guid(`group ${name}`),
    region: "emea" as const,
    hasApp: installed,
    archived: false,
    deleted: false,
    members: people.map(({ aadObjectId }) => aadObjectId),
  }));
  return {
    id: derive.guid("tenant"),
    name: called,
    appId: derive.guid("app"),
    appPassword: derive.secret("app password"),
    stranger: { id: derive.guid("tenant Fabrikam"), name: "Fabrikam" },
    people,
    teams,
    channels: teams.flatMap((team) =>
      (layout[team.name] ?? []).map((name) => ({
        id: threadOf(derive, `${team.name} ${name}`),
        name,
        kind: "standard" as const,
        deleted: false,
        team,
      })),
    ),
    standing: {
      consented: installed,
      catalogue: installed ? "published" : "absent",
      customApps: true,
      secretExpired: false,
      principalGone: false,
    },
  };
}

/** Say a channel as people do: `Ops › General`. */
export function sayChannel({ team, name }: Pick<Channel, "team" | "name">): string {
  return `${team.name} › ${name}`;
}

/** Find a person by name or by either id. */
export function findMember(tenant: Pick<Tenant, "people">, who: string): Member | undefined {
  return tenant.people.find((one) => [one.name, one.aadObjectId, one.id].includes(who));
}

/** The conversation of somebody's personal chat with the app. */
export const chatOf = ({ id }: Pick<Member, "id">) => `a:${id.slice("29:".length)}`;

/** Find whose personal chat a conversation is; undefined for one that nobody has opened. */
export const findChat = ({ people }: Pick<Tenant, "people">, conversation: string) =>
  people.find((one) => one.hasChat === true && !one.gone && chatOf(one) === conversation);

/** Find a channel by name or id, also one that was deleted; of two of a name, the one that is there. */
export function findChannel(tenant: Tenant, which: string): Channel | undefined {
  const found = tenant.channels.filter((one) => one.id === which || sayChannel(one) === which);
  return found.find(isThere) ?? found[0];
}

/** Find a team by name, by thread or by group, also one that was deleted; of two of a name, the one that is there. */
export function findTeam(tenant: Tenant, which: string): Team | undefined {
  const found = tenant.teams.filter(({ id, name, groupId }) => [id, name, groupId].includes(which));
  return found.find(({ deleted }) => !deleted) ?? found[0];
}

/** Whether people see the channel. */
export function isThere({ deleted, team }: Channel): boolean {
  return !deleted && !team.deleted;
}

/** Whether the app may speak there: it was added to the team, and lives in standard channels alone (PLATFORMS 2.11). */
export function isOpenToApp({ kind, team }: Channel): boolean {
  return kind === "standard" && team.hasApp;
}

/** Whether this is the channel that every team begins with. */
export function isGeneral({ id, team }: Channel): boolean {
  return id === team.id;
}

/** Whether somebody is in a team. */
export function isMember({ members }: Team, { aadObjectId, gone }: Member): boolean {
  return !gone && members.includes(aadObjectId);
}
