import type { Derive } from "./derive.ts";

/** Somebody of the tenant, with the three names that Teams has for a person. */
export interface Member {
  readonly name: string;
  readonly aadObjectId: string;
  /** The id that belongs to this bot alone, `29:…`. */
  readonly id: string;
  readonly guest: boolean;
}

/** A standard channel. Its thread id is its conversation id. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly team: Team;
}

/** A team. Its id is the thread id of its channel General, as in Teams. */
export interface Team {
  readonly id: string;
  readonly name: string;
}

/** The local tenant, with the app installed in both of its teams. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly people: readonly Member[];
  readonly channels: readonly Channel[];
}

const layout = { Ops: ["General", "Incidents", "On call"], Finance: ["General"] } as const;
const names = ["Ann", "Ben", "Chloé", "Dov", "Eve"] as const;

/** Lay out the tenant "Contoso": the same for the same secret. */
export function createTenant(derive: Derive): Tenant {
  const thread = (name: string) => `19:${derive.hex(name, 32)}@thread.tacv2`;
  return {
    id: derive.guid("tenant"),
    name: "Contoso",
    appId: derive.guid("app"),
    appPassword: derive.secret("app password"),
    people: names.map((name) => ({
      name,
      aadObjectId: derive.guid(`person ${name}`),
      id: `29:${derive.secret(`bot's name for ${name}`)}`,
      guest: name === "Dov",
    })),
    channels: Object.entries(layout).flatMap(([team, channels]) =>
      channels.map((name) => ({
        id: thread(`${team} ${name}`),
        name,
        team: { id: thread(`${team} General`), name: team },
      })),
    ),
  };
}

/** Say a channel as people do: `Ops › General`. */
export function sayChannel({ team, name }: Channel): string {
  return `${team.name} › ${name}`;
}

/** Find a person by name or by either id. */
export function findMember(tenant: Tenant, who: string): Member | undefined {
  return tenant.people.find((one) => [one.name, one.aadObjectId, one.id].includes(who));
}

/** Find a channel by name or id. */
export function findChannel(tenant: Tenant, which: string): Channel | undefined {
  return tenant.channels.find((one) => one.id === which || sayChannel(one) === which);
}
