import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubError } from "../../../core/domain/hub-error.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { findCaller, keepKey } from "../../../core/hub/callers.ts";
import { createSignInLinks } from "../../../core/hub/sign-in-links.ts";
import { restorePerson, suspendPerson } from "../../../core/people/suspension.ts";
import { type LanesRig, openLanes } from "../deliveries/lanes-rig.ts";
import { ann, ben, later, organization, policy } from "../domain/samples.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const keepsPolicy = (name: string, approvers: typeof policy.approvers, votes = 1) =>
  lanes.world.keepPolicy({ ...policy, id: deriveId("policy", name), name, approvers, votes });
const byName = ({ id, name }: typeof ann) => ({ kind: "person", person: id, name }) as const;

describe("suspending a person", () => {
  it("G11: ends sessions, keys and links at once, and restoring brings none of them back", async () => {
    const { store } = lanes.world;
    const session = { organization, revision: 1, content: "{}", expiresAt: later(3_600) };
    await store.sessions.insert({ id: "of Ben", ...session, person: ben.id });
    await store.sessions.insert({ id: "of Ann", ...session, person: ann.id });
    const owner = { kind: "person", person: ben.id } as const;
    await keepKey(store, "cs_ben", { organization, name: "Ben", owner, scopes: ["read"] });
    const links = createSignInLinks(lanes.world);
    const [before, unused] = [await links.make(ben.id), await links.make(ben.id)];

    const suspended = await suspendPerson(lanes.world, ben.id, ann.id);
    expect(suspended?.person.suspended).toEqual({ at: later(0), by: ann.id });
    const ended = async () => ({
      session: await store.sessions.get("of Ben"),
      key: await findCaller(store, "cs_ben", later(1)),
      link: (await links.use(before.token)).kind,
    });
    expect(await ended()).toEqual({ session: undefined, key: undefined, link: "refused" });
    const late = await links.make(ben.id);
    expect(await links.use(late.token)).toMatchObject({ kind: "refused" });

    expect((await restorePerson(lanes.world, ben.id))?.suspended).toBeUndefined();
    expect(await ended()).toEqual({ session: undefined, key: undefined, link: "refused" });
    expect((await links.use(unused.token)).kind).toBe("refused");
    expect((await links.use((await links.make(ben.id)).token)).kind).toBe("signed_in");
    expect(await store.sessions.get("of Ann")).toBeDefined();
  });

  it("G11: restoring brings none of them back either where suspending was cut off after its mark", async () => {
    const { store } = lanes.world;
    const session = { organization, revision: 1, content: "{}", expiresAt: later(3_600) };
    await store.sessions.insert({ id: "of Ben", ...session, person: ben.id });
    const owner = { kind: "person", person: ben.id } as const;
    await keepKey(store, "cs_ben", { organization, name: "Ben", owner, scopes: ["read"] });
    const links = createSignInLinks(lanes.world);
    const { token } = await links.make(ben.id);
    const sessions = {
      ...store.sessions,
      scan: async () => {
        throw new HubError("store_unavailable", "It is away.");
      },
    };
    const cutOff = { ...lanes.world, store: { ...store, sessions } };
    await expect(suspendPerson(cutOff, ben.id, ann.id)).rejects.toThrow("It is away.");

    await restorePerson(lanes.world, ben.id);
    expect(await store.sessions.get("of Ben")).toBeUndefined();
    expect(await findCaller(store, "cs_ben", later(1))).toBeUndefined();
    expect((await links.use(token)).kind).toBe("refused");
  });

  it("G11: names the open requests that too few people are left to approve, and no others", async () => {
    await keepsPolicy("only Ben", [byName(ben)]);
    await keepsPolicy("both", [byName(ann), byName(ben)], 2);
    await keepsPolicy("either", [byName(ann), byName(ben)]);
    await keepsPolicy("only Ann", [byName(ann)]);
    const opened: string[] = [];
    for (const name of ["only Ben", "both", "either", "only Ann"]) {
      await lanes.world.route([{ to: ["#releases"], policy: name }]);
      opened.push((await lanes.request(name)).id);
    }
    const suspended = await suspendPerson(lanes.world, ben.id, ann.id);
    expect(new Set(suspended?.stranded.map(({ id }) => id))).toEqual(new Set(opened.slice(0, 2)));
  });

  it("G11: says nothing of somebody who is not here", async () => {
    expect(await suspendPerson(lanes.world, "per_nobody", ann.id)).toBeUndefined();
    expect(await restorePerson(lanes.world, "per_nobody")).toBeUndefined();
  });
});
