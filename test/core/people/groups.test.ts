import { afterEach, beforeEach, expect, it } from "vitest";
import { createGroups } from "../../../core/people/groups.ts";
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
