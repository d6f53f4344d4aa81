import { deriveId, type PersonId } from "../domain/ids.ts";
import type { Scope } from "../domain/producer.ts";
import { keepKey, localProducerId } from "../hub/callers.ts";
import type { Hub } from "../hub.ts";

/**
 * Let the commands of this machine in: their key belongs to the sandbox's person, who may vote, or else to the
 * operator, who may not.
 */
export async function keepOperator(
  hub: Hub,
  adminKey: string,
  sandboxPerson: PersonId | undefined,
): Promise<void> {
  const { store, organization } = hub;
  const operator = deriveId("person", organization, "operator");
  const scopes: readonly Scope[] = sandboxPerson
    ? ["events", "read", "vote", "admin"]
    : ["events", "read", "admin"];
  await Promise.all([
    store.producers.insert({
      id: localProducerId,
      organization,
      revision: 1,
      name: "local",
      callbackHosts: [],
      callbackSecret: "",
      mayNamePolicies: true,
    }),
    sandboxPerson
      ? undefined
      : store.people.insert({
          id: operator,
          organization,
          revision: 1,
          name: "Operator",
          roles: [],
        }),
    keepKey(store, adminKey, {
      organization,
      name: "this machine",
      owner: { kind: "person", person: sandboxPerson ?? operator },
      scopes,
    }),
  ]);
}

/** A sign-in link for the first admin, on a terminal alone and only until there is one: logs are kept and read by others. */
export async function operatorLink(hub: Hub, terminal: boolean): Promise<string | undefined> {
  if (!terminal) return undefined;
  const people = await hub.store.people.scan("byName", {
    prefix: [hub.organization],
    limit: 1_000,
  });
  if (people.some(({ roles }) => roles.includes("admin"))) return undefined;
  return (await hub.signInLinks.make()).token;
}
