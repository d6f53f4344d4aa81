import { z } from "zod";
import { deriveId } from "../domain/ids.ts";
import type { Group, Person } from "../domain/person.ts";
import { unknown } from "../hub/policy-text.ts";
import type { Hub } from "../hub.ts";
import { namedKind } from "./settings-kind.ts";

const schema = z.strictObject({
  name: z.string().min(1).max(100),
  members: z.array(z.string().min(1).max(254)).max(10_000).describe("E-mail addresses, or names"),
});

const readPeople = ({ store, organization }: Hub) =>
  store.people.scan("byName", { prefix: [organization], limit: 10_000 });

/** Everybody whom a text may mean: by e-mail address, else by name, else by id. */
type Finder = (said: string) => readonly Person[];

function finderIn(people: readonly Person[]): Finder {
  const byEmail = new Map<string, Person[]>();
  const byName = new Map<string, Person[]>();
  const note = (table: Map<string, Person[]>, said: string, person: Person) =>
    table.set(said.toLowerCase(), [...(table.get(said.toLowerCase()) ?? []), person]);
  for (const person of people) {
    note(byName, person.name, person);
    if (person.email !== undefined) note(byEmail, person.email, person);
  }
  const byId = new Map<string, Person>(people.map((person) => [person.id, person]));
  return (said) => {
    const wanted = said.toLowerCase();
    const own = byId.get(said);
    return byEmail.get(wanted) ?? byName.get(wanted) ?? (own ? [own] : []);
  };
}

/** Write somebody so that nobody else is meant. */
const writePerson = (find: Finder, { id, name, email }: Person) =>
  [email, name].find((said) => said !== undefined && isOne(find(said), id)) ?? id;

const isOne = (found: readonly Person[], id: string) => found.length === 1 && found[0]?.id === id;

/** Groups of people, whom policies name. Who the people are is not in the file. */
export const groupSettings = namedKind<z.infer<typeof schema>, Group>({
  section: "groups",
  schema,
  known: Object.keys(schema.shape),
  nameOf: ({ name }) => name,
  normal: async (hub, items) => {
    const find = finderIn(await readPeople(hub));
    const written = (said: string) => {
      const [person] = find(said);
      return person ? writePerson(find, person) : said;
    };
    return items.map(({ name, members }) => ({ name, members: members.map(written).sort() }));
  },
  read: async (hub) => {
    const [groups, people] = await Promise.all([
      hub.store.groups.scan("byName", { prefix: [hub.organization], limit: 10_000 }),
      readPeople(hub),
    ]);
    const find = finderIn(people);
    const named = new Map(people.map((person) => [person.id, writePerson(find, person)]));
    return groups.map((group) => ({
      text: { name: group.name, members: group.members.map((id) => named.get(id) ?? id).sort() },
      stored: group,
    }));
  },
  mistakes: async (hub, items) => {
    const people = await readPeople(hub);
    const names = people.flatMap(({ name, email }) =>
      email === undefined ? [name] : [email, name],
    );
    const find = finderIn(people);
    return items.flatMap(({ members }, at) =>
      members.flatMap((said, place) => {
        const { length } = find(said);
        if (length === 1) return [];
        const message =
          length === 0
            ? unknown("person", said, names)
            : `${length} people are called "${said}"; give the e-mail address, or the id`;
        return [{ pointer: `/groups/${at}/members/${place}`, message }];
      }),
    );
  },
  save: async (hub, { name, members }, current) => {
    const { store, organization } = hub;
    const find = finderIn(await readPeople(hub));
    const ids = members.flatMap((said) =>
      find(said)
        .slice(0, 1)
        .map(({ id }) => id),
    );
    const group: Group = {
      id: current?.id ?? deriveId("group", organization, name),
      organization,
      revision: (current?.revision ?? 0) + 1,
      name,
      members: ids,
    };
    const saved = current
      ? await store.groups.replace(group, current.revision)
      : await store.groups.insert(group);
    return saved === "saved" || saved === "inserted" ? undefined : "it has changed meanwhile";
  },
  remove: async (hub, { id, name }) => {
    const policies = (await hub.policies.list()).filter(({ policy }) =>
      policy.approvers.some((one) => one.kind === "group" && one.group === id),
    );
    if (policies.length > 0) {
      return `the group ${name} is named by ${policies.map(({ policy }) => `the policy ${policy.name}`).join(", ")}`;
    }
    await hub.store.groups.remove(id);
    return undefined;
  },
});
