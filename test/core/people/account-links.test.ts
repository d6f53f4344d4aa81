import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountId, type Person } from "../../../core/domain/person.ts";
import { ann, ben, organization, personOf, start } from "../domain/samples.ts";
import {
  type LinkingRig,
  openLinking,
  type Platform,
  tokenIn,
  workspaceOf,
} from "./linking-rig.ts";

const platforms = ["slack", "teams"] as const;
const eve = personOf("Eve");
const owner = { name: "Eve Example", email: "Eve@Example.com" };

let rig: LinkingRig;
beforeEach(async () => {
  rig = await openLinking();
  await rig.lanes.world.store.people.insert(eve);
});
afterEach(() => rig.lanes.close());

const linkOf = async (platform: Platform = "slack", fields: object = { owner }) =>
  tokenIn(await rig.press(platform, fields));
const accountOf = (platform: Platform = "slack", user = "Eve-1") =>
  rig.lanes.world.store.accounts.get(accountId(platform, workspaceOf(platform), user));
const giveAccount = (person: Person, platform: Platform, user: string) =>
  rig.lanes.world.store.accounts.insert({
    ...{ id: accountId(platform, workspaceOf(platform), user), organization, revision: 1 },
    ...{ person: person.id, linkedAt: start },
  });

describe("a private link", () => {
  it.each(platforms)(
    "A10: is given to somebody in %s who is not linked, and the click after linking counts",
    async (platform) => {
      const first = await rig.press(platform, { owner });
      expect(first).toMatchObject({ kind: "refused", refusal: "not_linked" });
      expect((await rig.stored()).state).toBe("open");
      const claimed = await rig.links.claim(tokenIn(first), eve);
      expect(claimed).toMatchObject({ kind: "linked", account: { person: eve.id } });
      expect(await rig.press(platform, { owner })).toMatchObject({ kind: "recorded" });
      expect(await rig.stored()).toMatchObject({
        state: "approved",
        deciding: { person: eve.id, via: platform, identity: "link" },
      });
      expect(rig.linked).toHaveLength(1);
    },
  );

  it("A10: is the same for the same click sent again, and nothing stored can be opened with", async () => {
    const click = await rig.clickOf("slack", { owner });
    const [first, second] = [await rig.again(click), await rig.again(click)];
    expect(second).toMatchObject({ repeated: true });
    const token = tokenIn(first);
    expect(tokenIn(second)).toBe(token);
    const { store } = rig.lanes.world;
    const kept = [
      ...(await store.accountLinks.scan("byExpiry", { limit: 10 })),
      ...(await store.seenClicks.scan("byTime", { limit: 10 })),
    ];
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it("A10: changes nothing however often it is looked at", async () => {
    const token = await linkOf();
    for (let look = 0; look < 1_000; look += 1) {
      expect((await rig.links.look(token)).kind).toBe("usable");
    }
    expect(await accountOf()).toBeUndefined();
    expect(await rig.links.claim(token, eve)).toMatchObject({ kind: "linked" });
  });

  it("A10: binds once, of however many who claim at once", async () => {
    const token = await linkOf();
    const claims = await Promise.all(
      [eve, eve, eve, ben].map((who) => rig.links.claim(token, who)),
    );
    const bound = claims.filter(({ kind }) => kind === "linked");
    expect(bound.length).toBeLessThanOrEqual(1);
    expect((await accountOf())?.person).not.toBe(ben.id);
    expect((await rig.links.look(token)).kind).toBe("used");
    expect(await rig.links.claim(token, eve)).not.toMatchObject({ kind: "linked" });
  });

  it("A10: is good for ten minutes", async () => {
    const token = await linkOf();
    rig.lanes.world.clock.pass(599_999);
    expect((await rig.links.look(token)).kind).toBe("usable");
    rig.lanes.world.clock.pass(1);
    expect((await rig.links.look(token)).kind).toBe("expired");
    expect(await rig.links.claim(token, eve)).toEqual({ kind: "refused", because: "expired" });
    expect(await accountOf()).toBeUndefined();
    expect(await rig.links.claim("made up", eve)).toEqual({ kind: "refused", because: "unknown" });
  });
});

describe("a link that was sent to somebody else", () => {
  it.each(platforms)(
    "A10: never binds that person to the account of the sender in %s by itself",
    async (platform) => {
      // Mallory pressed; Ann, who decides, is talked into opening the link and pressing its button.
      const mallory = { name: "Ann", email: "mallory@example.com" };
      const token = await linkOf(platform, { user: "Mallory-1", owner: mallory });
      expect(await rig.links.claim(token, ann)).toEqual({
        kind: "waits",
        because: "email_differs",
      });
      expect(await accountOf(platform, "Mallory-1")).toBeUndefined();
      const pressed = await rig.press(platform, { user: "Mallory-1", owner: mallory });
      expect(pressed).toMatchObject({ refusal: "not_linked" });
      expect((await rig.stored()).votes).toEqual([]);
    },
  );

  it("A10: waits for an admin where no address tells who the owner is", async () => {
    const token = await linkOf("slack", { owner: { name: "Eve" } });
    expect(await rig.links.claim(token, eve)).toEqual({ kind: "waits", because: "email_unknown" });
    expect(await accountOf()).toBeUndefined();
  });

  it("A10: waits for an admin where the person has another account in that workspace", async () => {
    await giveAccount(eve, "teams", "Eve-0");
    expect(await rig.links.claim(await linkOf("slack"), eve)).toMatchObject({ kind: "linked" });
    const second = { user: "Eve-2", owner };
    expect(await rig.links.claim(await linkOf("slack", second), eve)).toEqual({
      kind: "waits",
      because: "second_account",
    });
  });

  it("A10: takes no account away from whom it belongs to", async () => {
    const token = await linkOf();
    await giveAccount(ben, "slack", "Eve-1");
    expect(await rig.links.claim(token, eve)).toEqual({ kind: "taken" });
    expect(await rig.links.claim(token, ben)).toEqual({ kind: "already" });
    expect((await accountOf())?.person).toBe(ben.id);
  });
});

describe("a claim that waits", () => {
  const waiting = async () => {
    const token = await linkOf("slack", { owner: { name: "Eve" } });
    await rig.links.claim(token, eve);
    const [claim] = await rig.links.waiting();
    if (!claim) throw new Error("nothing waits");
    return { token, claim };
  };

  it("A10: counts once an admin has agreed, and each vote names that", async () => {
    const { claim } = await waiting();
    expect(await rig.links.settle(claim.id, ann.id, "linked")).toBe("linked");
    expect(await rig.links.waiting()).toEqual([]);
    await rig.press("slack");
    expect(await rig.stored()).toMatchObject({ deciding: { identity: "admin_link" } });
    expect(await rig.links.settle(claim.id, ann.id, "refused")).toBe("unknown");
  });

  it("A10: binds nothing once an admin has refused, and the person may ask anew", async () => {
    const { token, claim } = await waiting();
    expect(await rig.links.settle(claim.id, ann.id, "refused")).toBe("refused");
    expect(await accountOf()).toBeUndefined();
    expect(await rig.links.claim(token, eve)).toEqual({ kind: "refused", because: "used" });
    expect(await linkOf()).not.toBe(token);
  });

  it("A10: binds nothing to the claimant where the account went to somebody else meanwhile", async () => {
    const { claim } = await waiting();
    await giveAccount(ben, "slack", "Eve-1");
    expect(await rig.links.settle(claim.id, ann.id, "linked")).toBe("taken");
    expect((await accountOf())?.person).toBe(ben.id);
  });
});
