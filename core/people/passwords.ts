import { createHash } from "node:crypto";
import type { PersonId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { Password } from "../ports/small-records.ts";
import { say } from "../words/say.ts";
import { fitsHash, type HashCost, hashPassword, nobodysHash, usualCost } from "./password-hash.ts";
import { forgiveTry, type TriesDeps, takeTry } from "./sign-in-tries.ts";

/** Length is what keeps a password safe: NIST SP 800-63B asks for no mixture of signs, and neither do we. */
export const leastPassword = 12;
const mostPassword = 200;
const mostName = 254;
/** More passwords than a person has. */
const mostOfOne = 100;

/** What one try to sign in came to. `refused` never says whether the name is anybody's. */
export type SignInTry =
  | { readonly kind: "signed_in"; readonly person: Person }
  | { readonly kind: "refused" }
  | { readonly kind: "locked"; readonly until: Date };

/** Why a password was not set; `field` says where the mistake stands. */
export interface PasswordMistake {
  readonly field: "name" | "password";
  readonly message: string;
}

export interface Passwords {
  /** A person's password, without which they sign in by links or single sign-on. */
  of(person: PersonId): Promise<Password | undefined>;
  /** Set it. Answers what is wrong with the name or the password; then nothing was changed. */
  set(person: Person, name: string, password: string): Promise<PasswordMistake | undefined>;
  remove(person: PersonId): Promise<void>;
  tryIn(name: string, password: string, address: string): Promise<SignInTry>;
}

export interface PasswordsDeps extends TriesDeps {
  /** What a hash costs; less in tests alone. */
  readonly passwordCost?: HashCost;
}

/**
 * Passwords of one organization, by the names that people sign in with.
 *
 * A name belongs to one person: its hash is the record's id. A try takes one scrypt whether or not the name is
 * anybody's, and the lock counts names that nobody has just the same, so neither time nor answer tells who is here.
 */
export function createPasswords(deps: PasswordsDeps): Passwords {
  const { organization, store, wallClock, passwordCost = usualCost } = deps;
  const idOf = (name: string) =>
    createHash("sha256").update(`${organization} ${name.toLowerCase()}`).digest("hex");
  // One; a crash between keeping a new one and removing the former leaves two, until the next step of this person.
  const allOf = (person: PersonId) =>
    store.passwords.scan("byPerson", { prefix: [person], limit: mostOfOne });
  const of = async (person: PersonId) => (await allOf(person)).toSorted(newestFirst)[0];
  const removeAll = (found: readonly Password[]) =>
    Promise.all(found.map(({ id }) => store.passwords.remove(id)));
  return {
    of,
    set: async (person, typed, password) => {
      const name = typed.trim();
      const mistake = mistakeIn(name, password);
      if (mistake) return mistake;
      const before = await allOf(person.id);
      const record = {
        ...{ id: idOf(name), organization, revision: 1, person: person.id, name },
        hash: await hashPassword(password, passwordCost),
        changedAt: wallClock.now(),
      };
      if (!(await keep(deps, record))) {
        return { field: "name", message: say`Somebody else signs in with this name.` };
      }
      await removeAll(before.filter(({ id }) => id !== record.id));
      return undefined;
    },
    remove: async (person) => {
      await removeAll(await allOf(person));
    },
    tryIn: async (name, password, address) => {
      const trier = { name: name.trim(), address };
      const until = await takeTry(deps, trier);
      if (until) return { kind: "locked", until };
      const found = await store.passwords.get(idOf(trier.name));
      const fits = await fitsHash(password, found?.hash ?? nobodysHash(passwordCost));
      const person = found && (await store.people.get(found.person));
      if (!fits || person?.organization !== organization || person.suspended) {
        return { kind: "refused" };
      }
      await forgiveTry(deps, trier);
      return { kind: "signed_in", person };
    },
  };
}

const newestFirst = (one: Password, other: Password) =>
  other.changedAt.getTime() - one.changedAt.getTime();

/** Write a password under its name, unless the name is somebody else's. */
async function keep({ store }: PasswordsDeps, record: Password): Promise<boolean> {
  for (;;) {
    if ((await store.passwords.insert(record)) === "inserted") return true;
    const there = await store.passwords.get(record.id);
    if (!there) continue;
    if (there.person !== record.person) return false;
    const next = { ...record, revision: there.revision + 1 };
    if ((await store.passwords.replace(next, there.revision)) === "saved") return true;
  }
}

function mistakeIn(name: string, password: string): PasswordMistake | undefined {
  const length = [...password].length;
  if (name === "" || name.length > mostName) {
    return { field: "name", message: say`Give the name that you will sign in with.` };
  }
  if (length < leastPassword) {
    const message = say`A password has at least ${leastPassword} characters; this one has ${length}.`;
    return { field: "password", message };
  }
  if (length > mostPassword) {
    return { field: "password", message: say`A password has at most ${mostPassword} characters.` };
  }
  const easy =
    new Set([...password]).size < 5 || password.toLowerCase().includes(name.toLowerCase());
  return easy
    ? {
        field: "password",
        message: say`This is easy to guess. Use more different characters, and not your name.`,
      }
    : undefined;
}
