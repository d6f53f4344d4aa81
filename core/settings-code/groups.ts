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

const writePerson = ({ name, email }: Person) => email ?? name;

const findPerson = (people: readonly Person[], said: string) => {
  const wanted = said.toLowerCase();
  return (
    people.find(({ email }) => email?.toLowerCase() === wanted) ??
    people.find(({ name }) => name.toLowerCase() === wanted)
  );
};

/** Groups of people, whom policies name. Who the people are is not in the file. */
export const groupSettings = namedKind<z.infer<typeof schema>, Group>({
  section: "groups",
  schema,
  known: Object.keys(schema.shape),
  nameOf: ({ name }) => name,
  normal: async (hub, items) => {
    const people = await readPeople(hub);
    const written = (said: string) => {
      const person = findPerson(people, said);
      return person ? writePerson(person) : said;
    };
    return items.map(({ name, members }) => ({ name, members: members.map(written).sort() }));
  },
  read: async (hub) => {
    const [groups, people] = await Promise.all([
      hub.store.groups.scan("byName", { prefix: [hub.organization], limit: 10_000 }),
      readPeople(hub),
    ]);
    const named = new Map(people.map((person) => [person.id, writePerson(person)]));
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
    return items.flatMap(({ members }, at) =>
      members.flatMap((said, place) =>
        findPerson(people, said) || people.some(({ id }) => id === said)
          ? []
          : [
              {
                pointer: `/groups/${at}/members/${place}`,
                message: unknown("person", said, names),
              },
            ],
      ),
    );
  },
  save: async (hub, { name, members }, current) => {
    const { store, organization } = hub;
    const people = await readPeople(hub);
    const ids = members.flatMap(
      (said) => findPerson(people, said)?.id ?? people.find(({ id }) => id === said)?.id ?? [],
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
