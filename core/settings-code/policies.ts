import { deriveId } from "../domain/ids.ts";
import type { Group } from "../domain/person.ts";
import type { SavedPolicy } from "../hub/policies.ts";
import { readPolicy, writePolicy } from "../hub/policy-text.ts";
import type { StoredPolicy } from "../ports/small-records.ts";
import { type PolicyText, policySchema } from "../routing/policy-schema.ts";
import { namedKind } from "./settings-kind.ts";

const sayTrouble = (saved: SavedPolicy): string | undefined => {
  switch (saved.kind) {
    case "saved":
    case "unchanged":
      return undefined;
    case "stale":
    case "unread":
      return "it has changed meanwhile";
    case "invalid":
      return saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ");
  }
};

/** Policies; each change of one is its next version. */
export const policySettings = namedKind<PolicyText, StoredPolicy>({
  section: "policies",
  schema: policySchema,
  known: [...Object.keys(policySchema.shape), "group", "person", "anyone"],
  nameOf: ({ name }) => name,
  normal: async (hub, items) => {
    const known = await hub.policies.known();
    return items.map((text) => {
      const read = readPolicy(text, known);
      const id = deriveId("policy", text.name);
      return "errors" in read ? text : writePolicy({ ...read, id, version: 1 }, known);
    });
  },
  read: async (hub) => {
    const [policies, known] = await Promise.all([hub.policies.list(), hub.policies.known()]);
    return policies.map((stored) => ({ text: writePolicy(stored.policy, known), stored }));
  },
  mistakes: async (hub, items, names) => {
    const { organization } = hub;
    const known = await hub.policies.known();
    const ofFile = [...(names.get("groups") ?? [])].map(
      (name): Group => ({
        ...{ id: deriveId("group", organization, name), organization },
        ...{ revision: 1, name, members: [] },
      }),
    );
    const found = await Promise.all(
      items.map((text) => hub.policies.mistakesOf(text, { ...known, groups: ofFile })),
    );
    return found.flatMap((errors, at) =>
      errors.map((error) => ({ ...error, pointer: `/policies/${at}${error.pointer}` })),
    );
  },
  save: async (hub, text, current, by) =>
    sayTrouble(await hub.policies.save(text, current?.revision, by)),
  remove: async (hub, { policy, revision }) => {
    const removed = await hub.policies.remove(policy.name, revision);
    switch (removed.kind) {
      case "removed":
      case "unknown":
        return undefined;
      case "stale":
        return "it has changed meanwhile";
      case "in_use":
        return `the policy ${policy.name} is named by ${removed.users.map(({ kind, name }) => `the ${kind} ${name}`).join(", ")}`;
    }
  },
});
