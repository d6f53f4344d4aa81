import { deriveId, type GroupId, type OrganizationId, type PersonId } from "../domain/ids.ts";
import type { Group } from "../domain/person.ts";
import type { Store } from "../ports/store.ts";

/** A group as an admin writes it. */
export interface GroupDraft {
  readonly name: string;
  readonly members: readonly PersonId[];
}

export type GroupSaved = { readonly kind: "saved"; readonly group: Group } | GroupRefused;

/** Why a group stays as it is. */
export type GroupRefused =
  | { readonly kind: "stale"; readonly group: Group }
  | { readonly kind: "name_taken" | "unknown" }
  | { readonly kind: "unknown_member"; readonly index: number }
  /** Policies name it, so its name stays and it is not removed. */
  | { readonly kind: "in_use"; readonly policies: readonly string[] };

/** Groups of people, for policies to name. */
export interface Groups {
  list(): Promise<readonly Group[]>;
  get(id: GroupId): Promise<Group | undefined>;
  /** The names of the policies that ask this group. */
  policiesOf(id: GroupId): Promise<readonly string[]>;
  add(draft: GroupDraft): Promise<GroupSaved>;
  change(id: GroupId, readRevision: number, draft: GroupDraft): Promise<GroupSaved>;
  remove(id: GroupId, readRevision: number): Promise<GroupSaved>;
}

interface GroupsDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
}

/** More groups, or policies, than an organization has; policies name groups among as many. */
const most = 10_000;

/** Make the groups of one organization. */
export function createGroups(deps: GroupsDeps): Groups {
  const { organization, store } = deps;
  const list = () => store.groups.scan("byName", { prefix: [organization], limit: most });
  const get = async (id: GroupId) => {
    const group = await store.groups.get(id);
    return group?.organization === organization ? group : undefined;
  };
  const policiesOf = async (id: GroupId) => {
    const policies = await store.policies.scan("byName", { prefix: [organization], limit: most });
    return policies
      .filter(({ policy }) =>
        policy.approvers.some((one) => one.kind === "group" && one.group === id),
      )
      .map(({ policy }) => policy.name);
  };
  const others = async (draft: GroupDraft, own?: GroupId) =>
    (await list()).some(({ id, name }) => id !== own && sameName(name, draft.name));
  const whyNotRenamed = async (id: GroupId, draft: GroupDraft): Promise<GroupSaved | undefined> => {
    const policies = await policiesOf(id);
    if (policies.length > 0) return { kind: "in_use", policies };
    return (await others(draft, id)) ? { kind: "name_taken" } : undefined;
  };
  return {
    list,
    get,
    policiesOf,
    add: async (draft) => {
      const index = await strangerIn(deps, draft.members);
      if (index !== undefined) return { kind: "unknown_member", index };
      if (await others(draft)) return { kind: "name_taken" };
      return insert(deps, draft);
    },
    change: async (id, readRevision, draft) => {
      const group = await get(id);
      if (!group) return { kind: "unknown" };
      if (group.revision !== readRevision) return { kind: "stale", group };
      const index = await strangerIn(deps, draft.members);
      if (index !== undefined) return { kind: "unknown_member", index };
      const refused = group.name === draft.name ? undefined : await whyNotRenamed(id, draft);
      if (refused) return refused;
      const changed = { ...group, ...draft, revision: group.revision + 1 };
      const written = await store.groups.replace(changed, group.revision);
      return written === "saved"
        ? { kind: "saved", group: changed }
        : { kind: "stale", group: (await get(id)) ?? group };
    },
    remove: async (id, readRevision) => {
      const group = await get(id);
      if (!group) return { kind: "unknown" };
      if (group.revision !== readRevision) return { kind: "stale", group };
      const policies = await policiesOf(id);
      if (policies.length > 0) return { kind: "in_use", policies };
      await store.groups.remove(id);
      return { kind: "saved", group };
    },
  };
}

/** Of two who add the same name at once, the id lets one. It may belong to a group that had this name before. */
async function insert({ organization, store }: GroupsDeps, draft: GroupDraft): Promise<GroupSaved> {
  const name = draft.name.toLowerCase();
  for (let turn = 0; ; turn += 1) {
    const parts = turn === 0 ? [name] : [name, turn];
    const id = deriveId("group", organization, "named", ...parts);
    const group = { id, organization, revision: 1, ...draft };
    if ((await store.groups.insert(group)) === "inserted") return { kind: "saved", group };
    const present = await store.groups.get(id);
    if (present && sameName(present.name, draft.name)) return { kind: "name_taken" };
  }
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** The place of the first member who is nobody here. */
async function strangerIn(
  { organization, store }: GroupsDeps,
  members: readonly PersonId[],
): Promise<number | undefined> {
  const found = await Promise.all(members.map((id) => store.people.get(id)));
  const index = found.findIndex((person) => person?.organization !== organization);
  return index === -1 ? undefined : index;
}
