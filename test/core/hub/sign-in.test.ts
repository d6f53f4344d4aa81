import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findCaller,
  keepKey,
  localProducerId,
  rememberCallers,
} from "../../../core/hub/callers.ts";
import { createSignInLinks } from "../../../core/hub/sign-in-links.ts";
import { ann, later, organization, producer, start } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe("a sign-in link", () => {
  const links = () => createSignInLinks(world);

  it("signs its person in, once, of however many who use it at once", async () => {
    const { token } = await links().make(ann.id);
    expect(await links().look(token)).toBe("usable");
    const uses = await Promise.all(Array.from({ length: 8 }, () => links().use(token)));
    expect(uses.filter(({ kind }) => kind === "signed_in")).toEqual([
      { kind: "signed_in", person: ann },
    ]);
    expect(uses.filter(({ kind }) => kind === "refused")).toHaveLength(7);
    expect(await links().look(token)).toBe("used");
    expect(await links().use(token)).toEqual({ kind: "refused", because: "used" });
  });

  it("is good for half an hour", async () => {
    const { token, expiresAt } = await links().make(ann.id);
    expect(expiresAt).toEqual(later(1_800));
    world.clock.pass(1_799_999);
    expect(await links().look(token)).toBe("usable");
    world.clock.pass(1);
    expect(await links().look(token)).toBe("expired");
    expect(await links().use(token)).toEqual({ kind: "refused", because: "expired" });
  });

  it("without a person makes the first admin, one for all such links", async () => {
    const [one, two] = [await links().make(), await links().make()];
    const first = await links().use(one.token);
    const second = await links().use(two.token);
    expect(first).toMatchObject({ person: { name: "Admin", roles: ["admin", "approver"] } });
    expect(second).toEqual(first);
  });

  it("is refused when nobody made it, or its person is gone", async () => {
    expect(await links().use("made up")).toEqual({ kind: "refused", because: "unknown" });
    const { token } = await links().make("per_gone");
    expect(await links().use(token)).toEqual({ kind: "refused", because: "unknown" });
  });

  it("is kept as a hash alone", async () => {
    const { token } = await links().make(ann.id);
    const stored = await world.store.signInLinks.scan("byExpiry", { limit: 9 });
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});

describe("an API key", () => {
  const onlyStored = async () => {
    const [stored] = await world.store.apiKeys.scan("byName", { limit: 1 });
    if (!stored) throw new Error("the key was not kept");
    return stored;
  };
  const owner = { kind: "producer", producer: producer.id } as const;
  const keep = (key: string, over: Partial<Parameters<typeof keepKey>[2]> = {}) =>
    keepKey(world.store, key, { organization, name: "ci", owner, scopes: ["events"], ...over });

  it("is found by its whole text, as its producer's", async () => {
    await keep("cs_one");
    const caller = await findCaller(world.store, "cs_one", start);
    expect(caller).toMatchObject({ producer: { name: "ci" }, key: { scopes: ["events"] } });
    expect(caller).not.toHaveProperty("person");
    for (const wrong of ["cs_on", "cs_one ", "CS_ONE", "", (await onlyStored()).id]) {
      expect(await findCaller(world.store, wrong, start)).toBeUndefined();
    }
  });

  it("of a person posts as the local producer", async () => {
    await world.store.producers.insert({ ...producer, id: localProducerId, name: "local" });
    await keep("cs_ann", { owner: { kind: "person", person: ann.id } });
    expect(await findCaller(world.store, "cs_ann", start)).toMatchObject({
      person: { name: "Ann" },
      producer: { name: "local" },
    });
  });

  it("is of no use once its time is over, or its owner is gone", async () => {
    await keep("cs_old");
    const stored = await onlyStored();
    await world.store.apiKeys.replace({ ...stored, expiresAt: later(10), revision: 2 }, 1);
    expect(await findCaller(world.store, "cs_old", later(9))).toBeDefined();
    expect(await findCaller(world.store, "cs_old", later(10))).toBeUndefined();
    await keep("cs_gone", { owner: { kind: "person", person: "per_gone" } });
    await keep("cs_lost", { owner: { kind: "producer", producer: "prd_gone" } });
    expect(await findCaller(world.store, "cs_gone", start)).toBeUndefined();
    expect(await findCaller(world.store, "cs_lost", start)).toBeUndefined();
  });

  it("is looked up once in half a second, and anew at once when it is revoked here", async () => {
    await keep("cs_one");
    let now = 0;
    let looks = 0;
    const { apiKeys } = world.store;
    const counted = {
      ...apiKeys,
      get: (id: string) => {
        looks += 1;
        return apiKeys.get(id);
      },
    };
    const { callers, store } = rememberCallers({ ...world.store, apiKeys: counted }, () => now);
    const find = () => callers.find("cs_one", start);
    await find();
    expect(await find()).toMatchObject({ producer: { name: "ci" } });
    expect(looks).toBe(1);
    now = 500;
    await find();
    expect(looks).toBe(2);
    await store.apiKeys.remove((await onlyStored()).id);
    expect(await find()).toBeUndefined();
    expect(await find()).toBeUndefined();
    expect(looks).toBe(4);
  });

  it("that is revoked while somebody looks is not remembered", async () => {
    await keep("cs_one");
    const answers: (() => void)[] = [];
    const { apiKeys } = world.store;
    const slow = {
      ...apiKeys,
      get: async (id: string) => {
        const found = await apiKeys.get(id);
        await new Promise<void>((resolve) => answers.push(resolve));
        return found;
      },
    };
    const { callers, store } = rememberCallers({ ...world.store, apiKeys: slow }, () => 0);
    const finds = [callers.find("cs_one", start)];
    await expect.poll(() => answers.length).toBe(1);
    await store.apiKeys.remove((await onlyStored()).id);
    answers[0]?.();
    await finds[0];
    finds.push(callers.find("cs_one", start));
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    expect(await finds[1]).toBeUndefined();
  });

  it("of somebody who is suspended here, or whose time is over, is of no use at once", async () => {
    const { callers, store } = rememberCallers(world.store, () => 0);
    await keep("cs_ann", { owner: { kind: "person", person: ann.id } });
    expect(await callers.find("cs_ann", start)).toBeDefined();
    const suspended = { at: start, by: ann.id };
    await store.people.replace({ ...ann, suspended, revision: ann.revision + 1 }, ann.revision);
    expect(await callers.find("cs_ann", start)).toBeUndefined();
    await keep("cs_old");
    const [old] = (await store.apiKeys.scan("byName", { limit: 9 })).filter(
      ({ owner: { kind } }) => kind === "producer",
    );
    if (!old) throw new Error("the key was not kept");
    await store.apiKeys.replace({ ...old, expiresAt: later(10), revision: 2 }, 1);
    expect(await callers.find("cs_old", later(9))).toBeDefined();
    expect(await callers.find("cs_old", later(10))).toBeUndefined();
  });

  it("is kept as a hash alone, and stays as it is when it is kept again", async () => {
    await keep("cs_one");
    await keep("cs_one", { scopes: ["events", "admin"] });
    const stored = await world.store.apiKeys.scan("byName", { limit: 9 });
    expect(stored).toMatchObject([{ scopes: ["events"] }]);
    expect(JSON.stringify(stored)).not.toContain("cs_one");
  });
});
