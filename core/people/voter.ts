import type { Vote } from "../domain/approval.ts";
import type { OrganizationId } from "../domain/ids.ts";
import { accountId, type Person } from "../domain/person.ts";
import type { Click } from "../ports/inbox.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";

/** The person behind a chat account, and by what we know. */
export interface Voter {
  readonly person: Person;
  readonly identity: Vote["identity"];
}

export interface VoterDeps {
  readonly store: Store;
  readonly organization: OrganizationId;
  /** The record under which the hub acts in a workspace; an org-wide one spans several. */
  readonly recordOf: (
    platform: Click["platform"],
    workspace: string,
  ) => Promise<InstallationRecord | undefined>;
}

/**
 * Find the person who clicked; undefined for somebody whom the hub does not know.
 *
 * An e-mail address counts only where an admin has said so for that workspace (A11), only as the platform verified it,
 * and only for one person: where two have it, nobody is guessed. It is looked up at every click, so switching it off
 * holds at once.
 */
export async function findVoter(
  deps: VoterDeps,
  click: Pick<Click, "platform" | "workspace" | "user" | "outsider" | "owner">,
): Promise<Voter | undefined> {
  const { store, organization } = deps;
  const account = await store.accounts.get(accountId(click.platform, click.workspace, click.user));
  if (account) {
    const person = await store.people.get(account.person);
    if (person?.organization !== organization) return undefined;
    return { person, identity: account.confirmedBy === undefined ? "link" : "admin_link" };
  }
  const email = click.outsider ? undefined : click.owner?.email;
  if (email === undefined || !(await matchesByEmail(deps, click))) return undefined;
  const [person, ...others] = await store.people.scan("byEmail", {
    prefix: [organization, email.toLowerCase()],
    limit: 2,
  });
  return person && others.length === 0 ? { person, identity: "email" } : undefined;
}

async function matchesByEmail(
  { organization, recordOf }: VoterDeps,
  { platform, workspace }: Pick<Click, "platform" | "workspace">,
): Promise<boolean> {
  const record = await recordOf(platform, workspace);
  return record?.organization === organization && record.matchByEmail === true;
}
