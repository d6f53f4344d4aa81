import { hash } from "node:crypto";
import { deriveId, type OrganizationId, type PersonId } from "../domain/ids.ts";
import { isAdmin, type Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";

/** How long a sign-in link can be used (SURFACE §1), and one that is handed over to somebody else. */
const linkLifeMs = 30 * 60_000;
const invitationLifeMs = 24 * 3_600_000;

export type LinkUse =
  | { readonly kind: "signed_in"; readonly person: Person }
  | { readonly kind: "refused"; readonly because: "used" | "expired" | "unknown" };

export interface SignInLinks {
  /**
   * Make a link's token. Without a person it signs in the first admin, or where that one is admin no more, another. Only
   * its hash is kept. An invitation lives longer: it is handed over to somebody else.
   */
  make(
    person?: PersonId,
    as?: "invitation",
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Say what using it would answer, without using it. */
  look(token: string): Promise<"usable" | "used" | "expired" | "unknown">;
  /** Use it up. Of two who use it at once, one is signed in. */
  use(token: string): Promise<LinkUse>;
}

/** Make the sign-in links of one organization. */
export function createSignInLinks(deps: {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}): SignInLinks {
  const { organization, store, clock, random } = deps;
  const find = (token: string) => store.signInLinks.get(hashOf(token));
  const look: SignInLinks["look"] = async (token) => {
    const link = await find(token);
    if (!link) return "unknown";
    if (link.usedAt) return "used";
    return link.expiresAt <= clock.now() ? "expired" : "usable";
  };
  return {
    make: async (person, as) => {
      const token = random.token();
      const expiresAt = new Date(clock.now().getTime() + (as ? invitationLifeMs : linkLifeMs));
      const named = person === undefined ? {} : { person };
      await store.signInLinks.insert({
        id: hashOf(token),
        organization,
        revision: 1,
        expiresAt,
        ...named,
      });
      return { token, expiresAt };
    },
    look,
    use: async (token) => {
      const state = await look(token);
      const link = await find(token);
      if (state !== "usable" || !link)
        return { kind: "refused", because: state === "usable" ? "unknown" : state };
      const used = { ...link, usedAt: clock.now(), revision: link.revision + 1 };
      if ((await store.signInLinks.replace(used, link.revision)) === "stale") {
        return { kind: "refused", because: "used" };
      }
      const person = link.person
        ? await store.people.get(link.person)
        : await firstAdmin(store, organization);
      if (!person || person.suspended) return { kind: "refused", because: "unknown" };
      return { kind: "signed_in", person };
    },
  };
}

const hashOf = (token: string) => hash("sha256", token, "hex");

/**
 * The person whom a link for nobody in particular signs in: the first admin, made where there is none, one at most
 * whoever comes at once. One who left or is admin no more is not brought back: the next one takes the place.
 */
async function firstAdmin(store: Store, organization: OrganizationId): Promise<Person> {
  for (let nth = 1; ; nth += 1) {
    const place = nth === 1 ? "first admin" : `first admin ${nth}`;
    const id = deriveId("person", organization, place);
    const roles = ["admin", "approver"] as const;
    const admin: Person = { id, organization, revision: 1, name: "Admin", roles };
    await store.people.insert(admin);
    const found = (await store.people.get(id)) ?? admin;
    if (isAdmin(found) && !found.suspended) return found;
  }
}
