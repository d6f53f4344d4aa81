import { createHash } from "node:crypto";
import type { OrganizationId, PersonId } from "../domain/ids.ts";
import { accountId, type LinkedAccount, type Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Visit } from "../ports/inbox.ts";
import type { AccountClaim, AccountLink, WhyWaits } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** How long a private link can be used (SURFACE §9). */
const linkLifeMs = 10 * 60_000;

/** How long a claim waits for an admin. */
const claimLifeMs = 7 * 24 * 3_600_000;

/** More claims than an admin reads at once. */
const mostWaiting = 200;

/** What a link would do now. */
export type LinkLook =
  | { readonly kind: "usable" | "used" | "expired"; readonly link: AccountLink }
  | { readonly kind: "unknown" };

/** What became of somebody who said that an account is theirs. Only `linked` binds anything. */
export type Claimed =
  | { readonly kind: "linked"; readonly account: LinkedAccount }
  | { readonly kind: "waits"; readonly because: WhyWaits }
  /** The account was this person's before. */
  | { readonly kind: "already" }
  /** The account belongs to somebody else. */
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly because: "used" | "expired" | "unknown" };

export type Settled = "linked" | "refused" | "taken" | "unknown";

export interface AccountLinksDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: Pick<Vault, "mac">;
  /** Called after an account was linked. */
  readonly linked: (account: LinkedAccount, link: AccountLink) => Promise<void>;
}

/** Private links that bind a chat account to a person of the hub (A10). */
export interface AccountLinks {
  /** Make the link of one click, or answer the one that it has. Only its hash is kept. */
  offer(click: Visit): Promise<{ readonly token: string }>;
  /** Say what a link would do. Changes nothing, however often it is asked. */
  look(token: string): Promise<LinkLook>;
  claim(token: string, person: Person): Promise<Claimed>;
  /** Claims that wait for an admin, oldest first. */
  waiting(): Promise<readonly AccountLink[]>;
  settle(id: string, by: PersonId, as: "linked" | "refused"): Promise<Settled>;
}

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");
const accountOf = ({
  platform,
  workspace,
  user,
}: Pick<AccountLink, "platform" | "workspace" | "user">) => accountId(platform, workspace, user);

/**
 * Make the account links of one organization.
 *
 * Whoever pressed in chat may send the link to somebody else, so opening it proves nothing about the account. It binds at
 * once only where the account's verified e-mail address is the person's own and the person has no other account in
 * that workspace; everything else waits for an admin, who knows both.
 */
export function createAccountLinks(deps: AccountLinksDeps): AccountLinks {
  const { organization, store, clock, vault } = deps;
  const find = async (id: string) => {
    const link = await store.accountLinks.get(id);
    return link?.organization === organization ? link : undefined;
  };
  return {
    offer: async (click) => {
      // The token follows from the click, so that the same click sent again is answered alike, and nothing keeps it.
      const account = accountOf(click);
      const token = vault.mac("account link", `${account} ${click.click}`);
      const { platform, workspace, user, owner } = click;
      await store.accountLinks.insert({
        id: hashOf(token),
        organization,
        revision: 1,
        ...{ platform, workspace, user },
        shownName: owner?.name ?? user,
        ...(owner?.email === undefined ? {} : { email: owner.email }),
        expiresAt: new Date(clock.now().getTime() + linkLifeMs),
      });
      return { token };
    },
    look: async (token) => {
      const link = await find(hashOf(token));
      if (!link) return { kind: "unknown" };
      if (link.claim) return { kind: "used", link };
      return { kind: link.expiresAt <= clock.now() ? "expired" : "usable", link };
    },
    claim: async (token, person) => claim(deps, await find(hashOf(token)), person),
    waiting: () =>
      store.accountLinks.scan("waiting", { prefix: [organization], limit: mostWaiting }),
    settle: async (id, by, as) => settle(deps, await find(id), by, as),
  };
}

async function claim(
  deps: AccountLinksDeps,
  link: AccountLink | undefined,
  person: Person,
): Promise<Claimed> {
  const { store, clock } = deps;
  if (!link) return { kind: "refused", because: "unknown" };
  if (link.claim) return { kind: "refused", because: "used" };
  const now = clock.now();
  if (link.expiresAt <= now) return { kind: "refused", because: "expired" };
  const before = await store.accounts.get(accountOf(link));
  if (before) return { kind: before.person === person.id ? "already" : "taken" };
  const waits = await whyWaits(store, link, person);
  const made: AccountClaim = { person: person.id, at: now, ...(waits ? { waits } : {}) };
  const used = {
    ...link,
    claim: made,
    revision: link.revision + 1,
    // Housekeeping leaves it until the admin has had time to answer.
    expiresAt: new Date(now.getTime() + claimLifeMs),
  };
  // Of two who claim at once, the link itself says who was first.
  if ((await store.accountLinks.replace(used, link.revision)) === "stale") {
    return { kind: "refused", because: "used" };
  }
  if (waits) return { kind: "waits", because: waits };
  const account = await bind(deps, used, person.id);
  return account ? { kind: "linked", account } : { kind: "taken" };
}

/** Say why an admin must agree; undefined where the e-mail address settles it. */
async function whyWaits(
  store: Store,
  link: AccountLink,
  person: Person,
): Promise<WhyWaits | undefined> {
  const accounts = await store.accounts.scan("byPerson", { prefix: [person.id], limit: 100 });
  const here = accountId(link.platform, link.workspace, "");
  if (accounts.some(({ id }) => id.startsWith(here))) return "second_account";
  if (link.email === undefined || person.email === undefined) return "email_unknown";
  return link.email.toLowerCase() === person.email.toLowerCase() ? undefined : "email_differs";
}

async function bind(
  { organization, store, clock, linked }: AccountLinksDeps,
  link: AccountLink,
  person: PersonId,
  confirmedBy?: PersonId,
): Promise<LinkedAccount | undefined> {
  const account: LinkedAccount = {
    id: accountOf(link),
    organization,
    revision: 1,
    person,
    linkedAt: clock.now(),
    shownName: link.shownName,
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
  };
  if ((await store.accounts.insert(account)) === "present") return undefined;
  await linked(account, link);
  return account;
}

async function settle(
  deps: AccountLinksDeps,
  link: AccountLink | undefined,
  by: PersonId,
  as: "linked" | "refused",
): Promise<Settled> {
  if (!link?.claim?.waits || link.claim.settled) return "unknown";
  const claim = { ...link.claim, settled: { as, by, at: deps.clock.now() } };
  const settled = { ...link, claim, revision: link.revision + 1 };
  if ((await deps.store.accountLinks.replace(settled, link.revision)) === "stale") return "unknown";
  if (as === "refused") return "refused";
  return (await bind(deps, link, link.claim.person, by)) ? "linked" : "taken";
}
