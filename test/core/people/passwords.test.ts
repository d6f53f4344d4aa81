import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usualCost } from "../../../core/people/password-hash.ts";
import { createPasswords } from "../../../core/people/passwords.ts";
import { suspendPerson } from "../../../core/people/suspension.ts";
import { ann, ben } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const cheap = { logN: 4, r: 1, p: 1 };
const right = "correct horse battery";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Another call is another process over the same store. */
const passwords = (cost = cheap) =>
  createPasswords({ ...world, wallClock: world.clock, passwordCost: cost });
const kindOf = async (name: string, password: string, address = "192.0.2.1") =>
  (await passwords().tryIn(name, password, address)).kind;

describe("a password", () => {
  beforeEach(async () => {
    expect(await passwords().set(ann, "Ann@example.com", right)).toBeUndefined();
  });

  it("signs its person in, whatever the case of the name", async () => {
    const tried = await passwords().tryIn(" ann@EXAMPLE.com", right, "192.0.2.1");
    expect(tried).toEqual({ kind: "signed_in", person: ann });
    expect(await kindOf("ann@example.com", `${right}!`)).toBe("refused");
    expect(await kindOf("ben@example.com", right)).toBe("refused");
  });

  it("is kept by scrypt alone, under a salt of its own", async () => {
    await passwords(usualCost).set(ben, "ben", right);
    const [anns, bens] = await Promise.all([passwords().of(ann.id), passwords().of(ben.id)]);
    expect(bens?.hash).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(anns?.hash.split("$")[4]).not.toBe(bens?.hash.split("$")[4]);
    expect(JSON.stringify([anns, bens])).not.toContain("horse");
    expect(await kindOf("ben", right)).toBe("signed_in");
  });

  it("has a name that is one person's alone, and follows it to a new name", async () => {
    expect(await passwords().set(ben, "ann@example.com", right)).toMatchObject({ field: "name" });
    expect(await passwords().set(ann, "ann", "another good password")).toBeUndefined();
    expect(await kindOf("ann@example.com", right)).toBe("refused");
    expect(await kindOf("ann", "another good password")).toBe("signed_in");
    expect(await passwords().set(ben, "ann@example.com", right)).toBeUndefined();
  });

  it.each([
    ["set", () => passwords().set(ann, "ann", "another good password")],
    ["removed", () => passwords().remove(ann.id)],
  ])("leaves no former one behind that a crash left beside it, once it is %s", async (_, step) => {
    const { remove } = world.store.passwords;
    world.store.passwords.remove = () => Promise.reject(new Error("The power went."));
    await expect(passwords().set(ann, "ann", "a good password")).rejects.toThrow();
    world.store.passwords.remove = remove;
    // Whoever heard of no success does it again.
    await step();
    expect(await kindOf("ann@example.com", right)).toBe("refused");
    expect(await kindOf("ann", "a good password")).toBe("refused");
  });

  it.each([
    ["", right, "name"],
    ["ann", "short", "password"],
    ["ann", "aaaaaaaaaaaaaaaa", "password"],
    ["ann", "ann ann ann 123", "password"],
    ["ann", "x".repeat(201), "password"],
  ])("is refused as (%s, %s), at its field", async (name, password, field) => {
    expect(await passwords().set(ann, name, password)).toMatchObject({ field });
    expect(await kindOf("ann@example.com", right)).toBe("signed_in");
  });

  it("G11: is nobody's key while its person is suspended", async () => {
    await suspendPerson(world, ann.id, ben.id);
    expect(await kindOf("ann@example.com", right)).toBe("refused");
  });

  it.each([
    ["ann@example.com", "a name that somebody has"],
    ["nobody@example.com", "a name that nobody has"],
  ])("G7: %s is locked after ten wrong tries, over processes: %s", async (name) => {
    // All at once, from ten addresses: what is counted is counted before it is judged.
    const tries = Array.from({ length: 14 }, (_, n) => kindOf(name, "wrong", `192.0.2.${n}`));
    expect((await Promise.all(tries)).filter((kind) => kind === "refused")).toHaveLength(10);
    expect(await kindOf(name, right, "198.51.100.1")).toBe("locked");
    world.clock.pass(15 * 60_000 - 1);
    expect(await kindOf(name, right, "198.51.100.1")).toBe("locked");
    world.clock.pass(1);
    const after = name.startsWith("ann") ? "signed_in" : "refused";
    expect(await kindOf(name, right, "198.51.100.1")).toBe(after);
  });

  it("G7: an address is locked after ten wrong tries with whatever names, and no other is", async () => {
    for (let n = 0; n < 10; n += 1) expect(await kindOf(`name ${n}`, "wrong")).toBe("refused");
    const until = new Date(world.clock.now().getTime() + 15 * 60_000);
    const locked = await passwords().tryIn("ann@example.com", right, "192.0.2.1");
    expect(locked).toEqual({ kind: "locked", until });
    expect(await kindOf("ann@example.com", right, "192.0.2.2")).toBe("signed_in");
  });

  it("G7: signing in forgives the name, and its address that one try alone", async () => {
    for (let n = 0; n < 9; n += 1) await kindOf("ann@example.com", "wrong");
    expect(await kindOf("ann@example.com", right)).toBe("signed_in");
    expect(await kindOf("ann@example.com", "wrong")).toBe("refused");
    expect(await kindOf("ann@example.com", right)).toBe("locked");
    expect(await kindOf("ann@example.com", right, "192.0.2.2")).toBe("signed_in");
  });
});
