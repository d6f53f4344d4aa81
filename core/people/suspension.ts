import type { OpenApproval } from "../domain/approval.ts";
import type { GroupId, OrganizationId, PersonId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { asksPerson } from "../domain/policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";

export interface SuspensionDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
}

/** A person after the change, and the open requests that too few people are left to approve. */
export interface Suspended {
  readonly person: Person;
  readonly stranded: readonly OpenApproval[];
}

/**
 * Suspend a person (G11): no session, key, link or click of theirs counts from the moment on at which this settles.
 * Undefined when there is nobody of this id.
 *
 * The mark on the person is what every door looks at; sessions, keys and sign-in links are removed besides, so that
 * restoring the person brings none of them back. Linked accounts stay, and count again then.
 */
export async function suspendPerson(
  deps: SuspensionDeps,
  id: PersonId,
  by: PersonId,
): Promise<Suspended | undefined> {
  const { clock } = deps;
  const person = await change(deps, id, (now) => ({
    ...now,
    suspended: now.suspended ?? { at: clock.now(), by },
  }));
  if (!person) return undefined;
  await removeEntries(deps, id);
  return { person, stranded: await strandedBy(deps, person) };
}

/** Remove all by which a person comes in: sessions, keys and sign-in links. */
async function removeEntries(deps: SuspensionDeps, id: PersonId): Promise<void> {
  const { store, organization } = deps;
  await endSessions(deps, id);
  await removeAll(
    store.apiKeys,
    "byName",
    [organization],
    ({ owner }) => owner.kind === "person" && owner.person === id,
  );
  await removeAll(store.signInLinks, "byExpiry", [], (link) => link.person === id);
}

/** End a person's sessions, in every browser and at every process. */
export function endSessions({ store }: Pick<SuspensionDeps, "store">, id: PersonId): Promise<void> {
  return removeAll(store.sessions, "byPerson", [id], () => true);
}

/**
 * Let a suspended person in again. Undefined when there is nobody of this id.
 *
 * What suspending left, where a crash or the store cut it off, is removed before the mark is: it comes back for nobody.
 */
export async function restorePerson(
  deps: SuspensionDeps,
  id: PersonId,
): Promise<Person | undefined> {
  const person = await deps.store.people.get(id);
  if (person?.organization === deps.organization && person.suspended) await removeEntries(deps, id);
  return change(deps, id, ({ suspended: _, ...found }) => found);
}

async function change(
  { store, organization }: SuspensionDeps,
  id: PersonId,
  step: (person: Person) => Person,
): Promise<Person | undefined> {
  for (;;) {
    const person = await store.people.get(id);
    if (person?.organization !== organization) return undefined;
    const changed = { ...step(person), revision: person.revision + 1 };
    if ((await store.people.replace(changed, person.revision)) === "saved") return changed;
  }
}

/** How many records one look reads. */
const oneLook = 200;

/** Walk an index to its end. */
async function* walk<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  prefix: readonly string[],
): AsyncGenerator<Value> {
  let after: string | undefined;
  do {
    const part = await records.scan(index, {
      prefix,
      limit: oneLook,
      ...(after === undefined ? {} : { after }),
    });
    yield* part;
    const last = part.at(-1);
    after = last && part.length === oneLook ? records.cursorOf(index, last) : undefined;
  } while (after !== undefined);
}

async function removeAll<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  prefix: readonly string[],
  wanted: (record: Value) => boolean,
): Promise<void> {
  for await (const record of walk(records, index, prefix)) {
    if (wanted(record)) await records.remove(record.id);
  }
}

/** Open requests that ask this person, and for which fewer people are left than must still approve. */
async function strandedBy(
  { store, organization }: SuspensionDeps,
  suspended: Person,
): Promise<readonly OpenApproval[]> {
  const people: Person[] = [];
  for await (const person of walk(store.people, "byName", [organization])) people.push(person);
  const groups = new Map<PersonId, Set<GroupId>>();
  for await (const group of walk(store.groups, "byName", [organization])) {
    for (const member of group.members) {
      groups.set(member, (groups.get(member) ?? new Set()).add(group.id));
    }
  }
  const asks = (approval: OpenApproval, person: Person) =>
    asksPerson(approval.policy, person, groups.get(person.id) ?? new Set());
  const stranded: OpenApproval[] = [];
  for await (const approval of walk(store.approvals, "byState", [organization, "open"])) {
    if (approval.state !== "open" || !asks(approval, suspended)) continue;
    const left = people.filter(
      (person) => mayStillVote(approval, person) && asks(approval, person),
    );
    const given = approval.votes.filter(({ choice }) => choice === "approve").length;
    if (given + left.length < approval.policy.votes) stranded.push(approval);
  }
  return stranded;
}

function mayStillVote({ policy, requester, votes }: OpenApproval, person: Person): boolean {
  if (person.suspended || votes.some((vote) => vote.person === person.id)) return false;
  return policy.requesterMayVote || requester?.person !== person.id;
}
