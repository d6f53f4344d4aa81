import { createHash } from "node:crypto";
import { deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Person, Role } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { IssuerAccount } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";

/** What an issuer says of whoever signed in there. Its signature was checked before. */
export interface IssuerClaims {
  readonly issuer: string;
  /** Its own id of the account, which it gives to nobody else. */
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  /** It says that the address is theirs. Anything but a plain yes is a no. */
  readonly emailVerified: boolean;
  /** When they signed in there, where it says so. */
  readonly signedInAt?: Date;
}

/** What coming by single sign-on led to. Nothing was written where it was refused. */
export type SignOn =
  | { readonly kind: "signed_in"; readonly person: Person }
  | { readonly kind: "refused"; readonly because: SignOnRefusal };

export type SignOnRefusal = "suspended" | "email_unverified" | "email_shared" | "no_role";

interface SignOnDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly wallClock: Clock;
}

const longestName = 100;
const refused = (because: SignOnRefusal) => ({ kind: "refused", because }) as const;

/**
 * Find whose account it is that an issuer vouches for, and let them in (G7).
 *
 * The account itself is looked for first: an address may change, and is given to somebody else one day. Only an account
 * that was never here is matched by its verified address, once; from then on the account counts. Somebody whom nobody
 * here knows is made a person with the role that admins chose, or is not let in where they chose none.
 */
export async function signOn(deps: SignOnDeps, claims: IssuerClaims): Promise<SignOn> {
  const { store, organization } = deps;
  const account = accountOf(deps, claims);
  const linked = await store.issuerAccounts.get(account.id);
  if (linked) return enter(deps, linked);
  const { email } = claims;
  if (email === undefined || !claims.emailVerified) return refused("email_unverified");
  const prefix = [organization, email.toLowerCase()];
  const [person, another] = await store.people.scan("byEmail", { prefix, limit: 2 });
  if (another) return refused("email_shared");
  if (person) return person.suspended ? refused("suspended") : link(deps, account, person);
  const role = (await store.hubChoices.get(organization))?.defaultRole;
  if (role === undefined) return refused("no_role");
  return link(deps, account, await makePerson(deps, { ...claims, email }, role));
}

function accountOf(
  { organization, wallClock }: SignOnDeps,
  { issuer, subject }: IssuerClaims,
): Omit<IssuerAccount, "person"> {
  const id = createHash("sha256")
    .update(JSON.stringify([organization, issuer, subject]))
    .digest("hex");
  return { id, organization, revision: 1, issuer, subject, linkedAt: wallClock.now() };
}

/** Of two who come with one account at once, both are the person whom the first was linked to. */
async function link(
  deps: SignOnDeps,
  account: Omit<IssuerAccount, "person">,
  person: Person,
): Promise<SignOn> {
  const record = { ...account, person: person.id };
  await deps.store.issuerAccounts.insert(record);
  return enter(deps, (await deps.store.issuerAccounts.get(record.id)) ?? record);
}

async function enter({ store, organization }: SignOnDeps, account: IssuerAccount): Promise<SignOn> {
  const person = await store.people.get(account.person);
  if (person?.organization !== organization || person.suspended) return refused("suspended");
  return { kind: "signed_in", person };
}

/** The id follows from the account, so that coming twice at once makes one person. */
async function makePerson(
  { store, organization }: SignOnDeps,
  { issuer, subject, name, email }: IssuerClaims & { readonly email: string },
  role: Role,
): Promise<Person> {
  const id = deriveId("person", organization, issuer, subject);
  const called = (name?.trim() || email).slice(0, longestName);
  const person: Person = { id, organization, revision: 1, name: called, email, roles: [role] };
  await store.people.insert(person);
  return (await store.people.get(id)) ?? person;
}
