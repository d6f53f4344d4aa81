import { afterEach, beforeEach, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { createGroups } from "../../../core/people/groups.ts";
import { policy } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

it("a group may get a name that another one had before", async () => {
  const groups = createGroups(world);
  const first = await groups.add({ name: "Leads", members: [] });
  if (first.kind !== "saved") throw new Error("it was not saved");
  const renamed = await groups.change(first.group.id, 1, { name: "Managers", members: [] });
  expect(renamed.kind).toBe("saved");
  const both = await Promise.all([
    groups.add({ name: "Leads", members: [] }),
    groups.add({ name: "leads", members: [] }),
  ]);
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(["name_taken", "saved"]);
  expect((await groups.list()).map(({ name }) => name)).toHaveLength(2);
});

it("a group stays while a policy asks it, also behind a thousand other policies", async () => {
  const groups = createGroups(world);
  const added = await groups.add({ name: "Leads", members: [] });
  if (added.kind !== "saved") throw new Error("it was not saved");
  const { id } = added.group;
  const others = Array.from({ length: 1_000 }, (_, number) => `a-${number}`);
  for (const name of others) {
    await world.keepPolicy({ ...policy, id: deriveId("policy", name), name });
  }
  const asking = { kind: "group", group: id, name: "Leads" } as const;
  const last = { ...policy, id: deriveId("policy", "last"), name: "last", approvers: [asking] };
  await world.keepPolicy(last);
  expect(await groups.remove(id, 1)).toEqual({ kind: "in_use", policies: ["last"] });
});
