import type { Derive } from "./derive.ts";
import { chatOf, createTenant, findMember, findTeam, type Tenant } from "./tenant.ts";

/** Tenants of one app; the first is the home of its bot. */
export type Tenants<One extends Tenant = Tenant> = readonly [One, ...One[]];

/** The tenant beside the home, and the secret's corner that everything in it is derived from. */
const second = {
  name: "Northwind",
  // Two channels are called as two of Contoso's, as happens between companies.
  layout: { Ops: ["General", "Incidents"], Labs: ["General"] },
  people: ["Nia", "Noah"],
} as const;

/** Derive the things of one tenant apart from those of every other. */
function deriveWithin(derive: Derive, name: string): Derive {
  return {
    guid: (what) => derive.guid(`${name}: ${what}`),
    hex: (what, signs) => derive.hex(`${name}: ${what}`, signs),
    secret: (what) => derive.secret(`${name}: ${what}`),
  };
}

/** Tenants as they are laid out at first, each with what its own things are derived by. */
export function layOutTenants(
  derive: Derive,
  installed: boolean | undefined,
): readonly [LaidOut, ...LaidOut[]] {
  const home = createTenant(derive, installed);
  const within = deriveWithin(derive, second.name);
  const { appId, appPassword, stranger } = home;
  // One app registration for several organizations: the app is the same everywhere, its principal is not.
  const other = { ...createTenant(within, false, second), appId, appPassword, stranger };
  return [
    { first: home, derive },
    { first: other, derive: within },
  ];
}

interface LaidOut {
  readonly first: Tenant;
  readonly derive: Derive;
}

/** Find the tenant in which a conversation lies: a channel, also a deleted one, or somebody's chat with the app. */
export function tenantOf<One extends Tenant>(
  tenants: Tenants<One>,
  conversation: string,
): One | undefined {
  return tenants.find(
    (one) =>
      one.channels.some(({ id }) => id === conversation) ||
      one.people.some((person) => chatOf(person) === conversation),
  );
}

/** Find the tenant of a team by its id. */
export const tenantOfTeam = <One extends Tenant>(tenants: Tenants<One>, team: string) =>
  tenants.find((one) => findTeam(one, team)?.id === team);

/** Find the tenant in which somebody is, by name or by either id. */
export const tenantOfPerson = <One extends Tenant>(tenants: Tenants<One>, person: string) =>
  tenants.find((one) => findMember(one, person) !== undefined);

/** Find a tenant by what people or addresses call it. */
export const tenantNamed = <One extends Tenant>(tenants: Tenants<One>, asked: string) =>
  tenants.find(({ id, name }) => [id, name].includes(asked));
