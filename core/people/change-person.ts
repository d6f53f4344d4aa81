import type { OrganizationId, PersonId } from "../domain/ids.ts";
import type { Language } from "../domain/message.ts";
import { isAdmin, type Person, type Role } from "../domain/person.ts";
import type { Store } from "../ports/store.ts";

/** What an admin changes of somebody; what is left out stays. */
export interface PersonChange {
  readonly name?: string;
  /** Null takes the address away. */
  readonly email?: string | null;
  readonly roles?: readonly Role[];
  /** Null: as the browser asks. */
  readonly language?: Language | null;
}

export type PersonChanged =
  | { readonly kind: "saved"; readonly person: Person }
  | { readonly kind: "stale"; readonly person: Person }
  | { readonly kind: "email_taken" | "last_admin" | "unknown" };

interface PeopleStore {
  readonly organization: OrganizationId;
  readonly store: Store;
}

/**
 * Change somebody, if they are still as the caller read them.
 *
 * The role admin is not taken from the last one who has it. Two admins who take it from each other in the same moment
 * may both succeed; `countersign admin link` then makes another.
 */
export async function changePerson(
  { organization, store }: PeopleStore,
  id: PersonId,
  readRevision: number,
  change: PersonChange,
): Promise<PersonChanged> {
  const person = await store.people.get(id);
  if (person?.organization !== organization) return { kind: "unknown" };
  if (person.revision !== readRevision) return { kind: "stale", person };
  const { email: before, language: spoken, ...rest } = person;
  const email = changedTo(before, change.email);
  if (email && (await isTaken({ organization, store }, email, id))) return { kind: "email_taken" };
  const language = changedTo(spoken, change.language);
  const changed: Person = {
    ...rest,
    revision: person.revision + 1,
    name: change.name ?? person.name,
    roles: change.roles ?? person.roles,
    ...(email === undefined ? {} : { email }),
    ...(language === undefined ? {} : { language }),
  };
  if (!isAdmin(changed) && (await isLastAdmin({ organization, store }, person))) {
    return { kind: "last_admin" };
  }
  if ((await store.people.replace(changed, person.revision)) === "saved") {
    return { kind: "saved", person: changed };
  }
  const newer = await store.people.get(id);
  return newer ? { kind: "stale", person: newer } : { kind: "unknown" };
}

/** Left out: as it was. Null: taken away. */
const changedTo = <Value>(before: Value | undefined, change: Value | null | undefined) =>
  change === undefined ? before : (change ?? undefined);

/** Tell whether an address is somebody else's. */
async function isTaken(
  { organization, store }: PeopleStore,
  email: string,
  own: PersonId,
): Promise<boolean> {
  const prefix = [organization, email.toLowerCase()];
  const owners = await store.people.scan("byEmail", { prefix, limit: 2 });
  return owners.some(({ id }) => id !== own);
}

/** Tell whether nobody else is left who is admin and may come in. */
export async function isLastAdmin(
  { organization, store }: PeopleStore,
  person: Person,
): Promise<boolean> {
  if (!isAdmin(person) || person.suspended) return false;
  let after: string | undefined;
  do {
    const part = await store.people.scan("byName", {
      prefix: [organization],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    if (part.some((one) => one.id !== person.id && isAdmin(one) && !one.suspended)) return false;
    const last = part.at(-1);
    after = last && part.length === 500 ? store.people.cursorOf("byName", last) : undefined;
  } while (after !== undefined);
  return true;
}
