import { afterEach, beforeEach, expect, it } from "vitest";
import { createPlanningCache, ruleSetId } from "../../../core/ingest/planning-table.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { organization, policy, start } from "../domain/samples.ts";

let store: Store;
beforeEach(() => {
  store = openSqliteStore({ path: ":memory:", clock: handClock() });
});
afterEach(() => store.close());

const save = (version: number, name: string) =>
  store.ruleSets.insert({
    ...{ id: ruleSetId(organization, version), organization, revision: 1, version },
    ...{ author: "Ann", savedAt: start },
    rules: [{ name, types: ["*"], to: [], continue: false }],
  });

it("B3: planning reads a rule set once, and the next one as soon as it is there", async () => {
  let scans = 0;
  const scan: Store["ruleSets"]["scan"] = (...asked) => {
    scans += 1;
    return store.ruleSets.scan(...asked);
  };
  const counted = { ...store, ruleSets: { ...store.ruleSets, scan } };
  const planning = createPlanningCache(counted, organization);
  const named = async () => {
    planning.forget();
    const { rules } = await planning.current();
    return rules.ruleSet.rules.map(({ name }) => name);
  };
  expect(await named()).toEqual([]);
  await save(1, "first");
  expect(await named()).toEqual(["first"]);
  expect(await named()).toEqual(["first"]);
  expect(scans).toBe(2);
  await save(2, "second");
  await save(3, "third");
  expect(await named()).toEqual(["third"]);
  expect(scans).toBe(3);
});

it("B3: a rule, a policy and a pin that another process saved are in force within a second", async () => {
  let now = 0;
  // Two processes over one store: nobody tells the one what the other saved.
  const other = createPlanningCache(store, organization, () => now);
  const named = async () => (await other.current()).rules.ruleSet.rules.map(({ name }) => name);
  expect(await named()).toEqual([]);
  await save(1, "first");
  const { id } = policy;
  await store.policies.insert({ id, organization, revision: 1, policy });
  await store.pins.insert({
    ...{ id: "pin", organization, revision: 1, author: "Ann", pinnedAt: start },
    ...{ on: { kind: "type", name: "deploy.requested" }, policy: policy.name },
  });
  now = 500;
  expect(await named()).toEqual([]);
  now = 999;
  expect(await named()).toEqual(["first"]);
  const table = await other.current();
  expect(table.policies.get(policy.name)).toEqual(policy);
  expect(table.pins?.types.get("deploy.requested")).toBe(policy.name);
});
