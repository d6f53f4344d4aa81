import type { Approval } from "../domain/approval.ts";
import type { GroupId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { asksPerson } from "../domain/policy.ts";
import type { Store } from "../ports/store.ts";

/** How many groups one look reads. */
const oneLook = 500;

/**
 * Say which requests concern somebody who does not keep the hub: those whose policy asks them, which they asked for,
 * or on which they voted (SURFACE §9). The groups are read once, so the answer is for one request of theirs and no longer.
 */
export async function sightOf(
  store: Pick<Store, "groups">,
  person: Person,
): Promise<(approval: Approval) => boolean> {
  const groups = await groupsOf(store, person);
  return ({ policy, requester, votes }) =>
    requester?.person === person.id ||
    votes.some((vote) => vote.person === person.id) ||
    asksPerson(policy, person, groups);
}

/** The groups that somebody belongs to. */
export async function groupsOf(
  { groups }: Pick<Store, "groups">,
  { id, organization }: Person,
): Promise<ReadonlySet<GroupId>> {
  const found = new Set<GroupId>();
  let after: string | undefined;
  do {
    const part = await groups.scan("byName", {
      prefix: [organization],
      limit: oneLook,
      ...(after === undefined ? {} : { after }),
    });
    for (const group of part) if (group.members.includes(id)) found.add(group.id);
    const last = part.at(-1);
    after = last && part.length === oneLook ? groups.cursorOf("byName", last) : undefined;
  } while (after !== undefined);
  return found;
}
