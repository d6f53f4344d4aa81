import type { EventId, PersonId } from "../domain/ids.ts";
import { accountId, type LinkedAccount, type Person, type Role } from "../domain/person.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { createInstallations, type StoredInstallations } from "../installations/installations.ts";
import { type AccountLinks, createAccountLinks } from "../people/account-links.ts";
import {
  changePerson,
  isLastAdmin,
  type PersonChange,
  type PersonChanged,
} from "../people/change-person.ts";
import { createGroups, type Groups } from "../people/groups.ts";
import { createPasswords, type Passwords, type PasswordsDeps } from "../people/passwords.ts";
import { type IssuerClaims, type SignOn, signOn } from "../people/single-sign-on.ts";
import { endSessions, restorePerson, type Suspended, suspendPerson } from "../people/suspension.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { AccountLink, IssuerAccount } from "../ports/small-records.ts";
import type { Vault } from "../ports/vault.ts";
import { changeChoices } from "./hub-choices.ts";

/** What an admin writes down of somebody new. */
export interface PersonDraft {
  readonly name: string;
  readonly email?: string;
  readonly roles: readonly Role[];
}

/** People of the hub, their chat accounts, and whether they may come in. */
export interface People {
  readonly accountLinks: AccountLinks;
  readonly passwords: Passwords;
  readonly groups: Groups;
  /** Let in whom the issuer of single sign-on vouches for, or say why not. */
  signOn(claims: IssuerClaims): Promise<SignOn>;
  /** The role of people whom single sign-on brings and nobody here knows; undefined: they are not let in. */
  defaultRole(): Promise<Role | undefined>;
  setDefaultRole(role: Role | undefined): Promise<void>;
  get(id: PersonId): Promise<Person | undefined>;
  accountsOf(id: PersonId): Promise<readonly LinkedAccount[]>;
  /** Accounts at issuers of single sign-on that let this person in. */
  issuerAccountsOf(id: PersonId): Promise<readonly IssuerAccount[]>;
  /**
   * Take an issuer's account away from a person, and end their sessions. If it comes again it is found by its verified
   * address, as one that was never here. False when the person has no such account.
   */
  removeIssuerAccount(id: PersonId, account: string): Promise<boolean>;
  /** Write somebody down. Two people never share an e-mail address. */
  add(draft: PersonDraft): Promise<Person | "email_taken">;
  /** Change somebody, if they are still as the caller read them. */
  change(id: PersonId, readRevision: number, change: PersonChange): Promise<PersonChanged>;
  /** The record under which the hub acts in a workspace. */
  readonly recordOf: StoredInstallations["recordOf"];
  /** What people call a workspace; its id where none of this name is connected. */
  workspaceName(platform: "slack" | "teams", workspace: string): Promise<string>;
  /** Suspend somebody; never the last admin. */
  suspend(id: PersonId, by: PersonId): Promise<Suspended | "last_admin" | undefined>;
  restore(id: PersonId): Promise<Person | undefined>;
  /** End a person's sessions, wherever they are. */
  signOutEverywhere(id: PersonId): Promise<void>;
}

interface PeopleDeps extends PasswordsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
}

/** Bind what people do to what it works with. `raise` tells the hub's own events. */
export function createPeople(
  deps: PeopleDeps,
  raise: (raised: RaisedEvent) => Promise<EventId>,
): People {
  const { organization, store, random, vault } = deps;
  const { recordOf } = createInstallations(store, vault, organization);
  const issuerAccountsOf = (id: PersonId) =>
    store.issuerAccounts.scan("byPerson", { prefix: [id], limit: 100 });
  const accountsOf = (id: PersonId) =>
    store.accounts.scan("byPerson", { prefix: [id], limit: 100 });
  const get = async (id: PersonId) => {
    const person = await store.people.get(id);
    return person?.organization === organization ? person : undefined;
  };
  return {
    accountLinks: createAccountLinks({
      ...deps,
      linked: async (account, link) => {
        const person = await get(account.person);
        const accounts = await accountsOf(account.person);
        await raise(accountLinked(account, link, person?.name ?? account.person, accounts));
      },
    }),
    passwords: createPasswords(deps),
    groups: createGroups(deps),
    signOn: (claims) => signOn(deps, claims),
    ...defaultRoleOf(deps),
    get,
    accountsOf,
    issuerAccountsOf,
    removeIssuerAccount: async (id, account) => {
      const found = (await issuerAccountsOf(id)).find((one) => one.id === account);
      if (!found) return false;
      await store.issuerAccounts.remove(found.id);
      await endSessions(deps, id);
      return true;
    },
    add: async ({ name, email, roles }) => {
      const [taken] =
        email === undefined
          ? []
          : await store.people.scan("byEmail", {
              prefix: [organization, email.toLowerCase()],
              limit: 1,
            });
      if (taken) return "email_taken";
      const id = random.id("person");
      const person = { id, organization, revision: 1, name, roles, ...(email ? { email } : {}) };
      await store.people.insert(person);
      return person;
    },
    recordOf,
    workspaceName: async (platform, workspace) =>
      (await recordOf(platform, workspace))?.name ?? workspace,
    suspend: async (id, by) => {
      const person = await get(id);
      if (person && (await isLastAdmin(deps, person))) return "last_admin";
      return suspendPerson(deps, id, by);
    },
    change: (id, readRevision, change) => changePerson(deps, id, readRevision, change),
    restore: (id) => restorePerson(deps, id),
    signOutEverywhere: (id) => endSessions(deps, id),
  };
}

const defaultRoleOf = (deps: PeopleDeps): Pick<People, "defaultRole" | "setDefaultRole"> => ({
  defaultRole: async () => (await deps.store.hubChoices.get(deps.organization))?.defaultRole,
  setDefaultRole: (role) =>
    changeChoices(deps, ({ defaultRole: _, ...others }) =>
      role === undefined ? others : { ...others, defaultRole: role },
    ),
});

/**
 * What the hub says when a chat account was linked, so that who keeps the hub can see it and a rule can tell it where the
 * person's earlier accounts read.
 */
function accountLinked(
  account: LinkedAccount,
  { platform, workspace, user, shownName }: AccountLink,
  person: string,
  accounts: readonly LinkedAccount[],
): RaisedEvent {
  return {
    type: "installation.account_linked",
    occasion: `${account.id} ${account.linkedAt.toISOString()}`,
    subject: accountId(platform, workspace, user),
    level: "notice",
    data: {
      title: `${shownName} votes as ${person} from now on`,
      person: account.person,
      platform,
      workspace,
      account: user,
      confirmed_by: account.confirmedBy ?? null,
      earlier_accounts: accounts.map(({ id }) => id).filter((id) => id !== account.id),
    },
  };
}
