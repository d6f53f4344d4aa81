import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApiKeys } from "../../../core/hub/api-keys.ts";
import { rememberCallers } from "../../../core/hub/callers.ts";
import { ann, producer } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

describe("API keys", () => {
  let world: World;
  let nowMs: number;
  beforeEach(async () => {
    world = await openWorld();
    nowMs = 0;
  });
  afterEach(() => world.close());

  /** One process: what it remembers, and the store as it sees it. */
  const begin = () => {
    const { callers, store } = rememberCallers(world.store, () => nowMs);
    return { callers, keys: createApiKeys({ ...world, store }) };
  };
  const owner = { kind: "producer", producer: producer.id } as const;
  const make = async ({ keys }: ReturnType<typeof begin>) => {
    const created = await keys.create({ name: "ci", owner, scopes: ["events"] }, "Ann");
    if (created.kind !== "created") throw new Error(created.code);
    return created;
  };

  it("are stored as a hash alone, and found by their text", async () => {
    const one = begin();
    const { text, key } = await make(one);
    expect(text).toMatch(/^cs_/);
    expect(JSON.stringify(await world.store.apiKeys.get(key.id))).not.toContain(text);
    const found = await one.callers.find(text, world.clock.now());
    expect(found?.producer?.id).toBe(producer.id);
  });

  it("G1: stop at once in the process that revokes them, and within a second in every other", async () => {
    const [one, other] = [begin(), begin()];
    const { text, key } = await make(one);
    for (const { callers } of [one, other]) {
      expect(await callers.find(text, world.clock.now())).toBeDefined();
    }
    const revoked = await one.keys.revoke(key.key, "Ben");
    expect(revoked?.revoked).toEqual({ at: world.clock.now(), by: "Ben" });
    expect(await one.callers.find(text, world.clock.now())).toBeUndefined();
    nowMs += 999;
    expect(await other.callers.find(text, world.clock.now())).toBeUndefined();
  });

  it("note when they were last used, once a minute", async () => {
    const one = begin();
    const { text, key } = await make(one);
    const used = async () => (await world.store.apiKeys.get(key.id))?.lastUsedAt;
    const first = world.clock.now();
    await one.callers.find(text, first);
    await expect.poll(used).toEqual(first);
    world.clock.pass(59_000);
    await one.callers.find(text, world.clock.now());
    expect(await used()).toEqual(first);
    world.clock.pass(2_000);
    nowMs += 1_000;
    await one.callers.find(text, world.clock.now());
    await expect.poll(used).toEqual(world.clock.now());
  });

  it("run out by the clock", async () => {
    const one = begin();
    const expiresAt = new Date(world.clock.now().getTime() + 1_000);
    const wish = { name: "short", owner, scopes: ["read"], expiresAt } as const;
    const created = await one.keys.create(wish, "Ann");
    const text = created.kind === "created" ? created.text : "";
    expect(await one.callers.find(text, world.clock.now())).toBeDefined();
    world.clock.pass(1_000);
    expect(await one.callers.find(text, world.clock.now())).toBeUndefined();
  });

  it("give a producer neither votes nor administration, and nobody more than their roles", async () => {
    const { keys } = begin();
    const asked = (over: object) =>
      keys.create({ name: "x", owner, scopes: ["read"], ...over }, "Ann");
    expect(await asked({ scopes: ["vote"] })).toMatchObject({ code: "scope_not_for_producers" });
    expect(await asked({ scopes: ["admin"] })).toMatchObject({ code: "scope_not_for_producers" });
    const person = { kind: "person", person: ann.id } as const;
    await world.store.people.replace({ ...ann, roles: ["approver"], revision: 2 }, 1);
    expect(await asked({ owner: person, scopes: ["admin"] })).toMatchObject({
      code: "admin_role_missing",
    });
    expect((await asked({ owner: person, scopes: ["vote"] })).kind).toBe("created");
    expect(await asked({ expiresAt: world.clock.now() })).toMatchObject({ code: "expired" });
  });
});
