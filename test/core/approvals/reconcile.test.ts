import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceLeft } from "../../../core/approvals/announce.ts";
import { mendLateSend } from "../../../core/approvals/late-send.ts";
import { reconcile } from "../../../core/approvals/reconcile.ts";
import { adoptedId } from "../../../core/deliveries/keys.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import type {
  DeliveredDelivery,
  Delivery,
  SendingDelivery,
} from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { refKey } from "../../../core/domain/message-ref.ts";
import { type LanesRig, openLanes } from "../deliveries/lanes-rig.ts";
import { policy } from "../domain/samples.ts";

let lanes: LanesRig;
let request: Approval;
beforeEach(async () => {
  lanes = await openLanes();
  await lanes.world.keepPolicy({ ...policy, id: deriveId("policy", "two"), name: "two", votes: 2 });
  await lanes.world.route([
    { types: ["deploy.*"], to: ["#releases", "Ops › General"], policy: "two" },
  ]);
  lanes.work();
  request = await lanes.request("web/1");
  await lanes.drain();
});
afterEach(() => lanes.close());

const repairs = () => lanes.world.entries.filter(({ kind }) => kind === "hub.reconciled");
const edits = () => lanes.calls.filter((call) => call.includes("edit"));

async function copyIn(label: string): Promise<DeliveredDelivery> {
  const copy = (await lanes.deliveries("post")).find((one) => one.label === label);
  if (copy?.state !== "delivered") throw new Error("the card is not there");
  return copy;
}

/** Make a copy look as if it showed an earlier revision. */
async function showOld(copy: DeliveredDelivery, shownRevision: number): Promise<void> {
  const changed = { ...copy, shownRevision, revision: copy.revision + 1 };
  await lanes.world.store.deliveries.replace(changed, copy.revision);
}

describe("a start", () => {
  it("F4: leaves cards alone that show their request, and says nothing", async () => {
    await reconcile(lanes.world);
    await lanes.drain();
    expect(edits()).toEqual([]);
    expect(repairs()).toEqual([]);
  });

  it("F4: edits a card that shows something old, once, and counts it", async () => {
    await showOld(await copyIn("#releases"), 0);
    await reconcile(lanes.world);
    await reconcile(lanes.world);
    await lanes.drain();
    expect(edits()).toEqual(["0 edit #releases: waiting web/1"]);
    expect(await copyIn("#releases")).toMatchObject({ shownRevision: 1 });
    expect(repairs()).toEqual([{ kind: "hub.reconciled", requests: 1, repaired: 1 }]);
  });

  it("F4: edits also a card that came behind a thousand edits and notes of its request", async () => {
    const { deliveries } = lanes.world.store;
    const copy = await copyIn("#releases");
    const task = { ...copy.task, kind: "edit" as const, copy: copy.id } as Delivery["task"];
    const { ref: _, ...edit } = {
      ...copy,
      task,
      createdAt: new Date(copy.createdAt.getTime() + 1),
    };
    const ids = Array.from({ length: 1_000 }, (__, number) => deriveId("delivery", "edit", number));
    await Promise.all(ids.map((id) => deliveries.insert({ ...edit, id } as Delivery)));
    const ref = { ...copy.ref, message: "late" } as NonNullable<typeof copy.ref>;
    const createdAt = new Date(copy.createdAt.getTime() + 2);
    await deliveries.insert({ ...copy, id: deriveId("delivery", "late"), ref, createdAt });
    await lanes.decide(request);
    await lanes.drain();
    expect(edits()).toHaveLength(3);
  });

  it("F4: edits a card again where the edit to this revision has left before", async () => {
    await lanes.decide(request);
    await lanes.drain();
    expect(edits()).toHaveLength(2);
    await showOld(await copyIn("#releases"), 1);
    await reconcile(lanes.world);
    await lanes.drain();
    expect(edits()).toHaveLength(3);
    expect(await copyIn("#releases")).toMatchObject({ shownRevision: 2 });
  });

  it("F4: leaves a dead edit to people, who see it", async () => {
    lanes.answer("edit #releases", { kind: "rejected", because: "cant_update_message" });
    await lanes.decide(request);
    await lanes.drain();
    await reconcile(lanes.world);
    await lanes.drain();
    expect(edits()).toHaveLength(2);
    expect(repairs()).toEqual([]);
  });
});

describe("a send that came too late", () => {
  const late = (delivery: Delivery): SendingDelivery => {
    const {
      settledAt: _,
      state: __,
      durationMs: ___,
      ref: ____,
      ...record
    } = delivery as DeliveredDelivery;
    const now = lanes.world.clock.now();
    return { ...record, state: "sending", fence: 1, startedAt: now, attempts: 1 };
  };

  it("is edited away where it was an edit to something older", async () => {
    await lanes.decide(request);
    await lanes.drain();
    const [edit] = await lanes.deliveries("edit");
    if (!edit) throw new Error("there was no edit");
    await mendLateSend(lanes.world, { delivery: late(edit), shownRevision: 1 });
    await lanes.drain();
    expect(edits()).toHaveLength(3);
    expect(await copyIn(edit.label)).toMatchObject({ shownRevision: 2 });
  });

  it("changes nothing where it showed what the request is", async () => {
    await lanes.decide(request);
    await lanes.drain();
    const [edit] = await lanes.deliveries("edit");
    if (!edit) throw new Error("there was no edit");
    const { store } = lanes.world;
    const known = () => Promise.all([store.approvals.get(request.id), copyIn(edit.label)]);
    const before = await known();
    const replace = () => Promise.reject(new Error("Nothing is to be written."));
    const { approvals } = store;
    const deps = { ...lanes.world, store: { ...store, approvals: { ...approvals, replace } } };
    await mendLateSend(deps, { delivery: late(edit), shownRevision: 2 });
    await lanes.drain();
    expect(edits()).toHaveLength(2);
    expect(await known()).toEqual(before);
  });

  it("is closed where it was a post, when its request is decided at that moment", async () => {
    const copy = await copyIn("#releases");
    if (!copy.ref) throw new Error("the card has no place");
    const ref = { ...copy.ref, message: "second card" };
    const { store } = lanes.world;
    const insert: typeof store.deliveries.insert = async (twin) => {
      await lanes.decide(request);
      return store.deliveries.insert(twin);
    };
    const deps = {
      ...lanes.world,
      store: { ...store, deliveries: { ...store.deliveries, insert } },
    };
    await mendLateSend(deps, { delivery: late(copy), ref, shownRevision: 1 });
    await lanes.drain();
    const twin = await store.deliveries.get(adoptedId(refKey(ref)));
    expect(twin).toMatchObject({ state: "delivered", shownRevision: 2 });
  });

  it("F1: is closed where it was a post of a request that is over, after a crash before its edit is stored", async () => {
    const copy = await copyIn("#releases");
    if (!copy.ref) throw new Error("the card has no place");
    await lanes.decide(request, "reject");
    await lanes.drain();
    const ref = { ...copy.ref, message: "second card" };
    const { store } = lanes.world;
    const takeIn = () => Promise.reject(new Error("The process is gone."));
    const cut = { ...lanes.world, store: { ...store, takeIn } };
    const second = { delivery: late(copy), ref, shownRevision: 1 };
    await expect(mendLateSend(cut, second)).rejects.toThrow("gone");
    await announceLeft({ ...lanes.world, raise: async () => {} });
    await lanes.drain();
    const twin = await store.deliveries.get(adoptedId(refKey(ref)));
    expect(twin).toMatchObject({ state: "delivered", shownRevision: 2 });
    expect(await store.approvals.get(request.id)).toMatchObject({ revision: 2, announced: 2 });
  });

  it("does not mark a request as announced that somebody has yet to announce", async () => {
    const copy = await copyIn("#releases");
    if (!copy.ref) throw new Error("the card has no place");
    await lanes.decide(request, "reject");
    await lanes.drain();
    const { store } = lanes.world;
    const over = await store.approvals.get(request.id);
    if (!over) throw new Error("the request is not there");
    await store.approvals.replace({ ...over, announced: 1 }, over.revision);
    const ref = { ...copy.ref, message: "second card" };
    await mendLateSend(lanes.world, { delivery: late(copy), ref, shownRevision: 1 });
    expect(await store.approvals.get(request.id)).toMatchObject({ revision: 2, announced: 1 });
  });

  it("is kept as a card of its own where it was a post, and closes with its twin", async () => {
    const copy = await copyIn("#releases");
    if (!copy.ref) throw new Error("the card has no place");
    const ref = { ...copy.ref, message: "second card" };
    await mendLateSend(lanes.world, { delivery: late(copy), ref, shownRevision: 1 });
    await lanes.decide(request);
    await lanes.drain();
    const twin = await lanes.world.store.deliveries.get(adoptedId(refKey(ref)));
    expect(twin).toMatchObject({ state: "delivered", shownRevision: 2 });
    expect(edits()).toHaveLength(3);
  });
});
