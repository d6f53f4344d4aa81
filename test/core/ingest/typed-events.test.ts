import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventTypeDefinition } from "../../../core/domain/event-type.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { recordOf } from "../../../core/event-types/find-type.ts";
import { organization, policy, producer } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.route([{ types: ["*"], to: ["#releases", "Ops › General"] }]);
});
afterEach(() => world.close());

async function receiptOf(body: object) {
  const ingested = await world.post(body);
  if (ingested.kind === "refused") throw new Error(JSON.stringify(ingested.problem));
  const [receipt] = ingested.receipts;
  if (!receipt) throw new Error("there is no receipt");
  return receipt;
}
async function refusalOf(body: unknown) {
  const ingested = await world.post(body);
  if (ingested.kind !== "refused") throw new Error("it was accepted");
  return ingested.problem;
}
const write = async (type: Partial<EventTypeDefinition> & { readonly name: string }) => {
  const whole = {
    ...{ version: 1, about: "", level: "info", sample: { data: {} }, texts: {} },
    ...{ approval: { kind: "no" }, ...type },
  } as EventTypeDefinition;
  await world.store.eventTypes.insert(recordOf(organization, whole, 1));
  await world.route([{ types: ["*"], to: ["#releases", "Ops › General"], ...ruled }]);
};
const ruled = {};
const asset = { requester: "chloe@example.com", item: "Monitor" };
const request = (data: object = {}, more: object = {}) => ({
  ...{ type: "asset_request_created", subject: "r/1", data: { ...asset, ...data } },
  ...more,
});

describe("the data of an event", () => {
  it("B1: must fit the schema of its type: place, expected, got", async () => {
    const wrong = { type: "asset_request_created", data: { requester: "c", quantity: "two" } };
    expect(await refusalOf(wrong)).toMatchObject({
      status: 422,
      code: "event_invalid",
      errors: [
        { pointer: "/data/item", message: "expected a text, got nothing" },
        { pointer: "/data/quantity", message: 'expected a whole number or null, got "two"' },
      ],
    });
    expect(await refusalOf([request(), wrong])).toMatchObject({
      errors: [{ pointer: "/1/data/item" }, { pointer: "/1/data/quantity" }],
    });
    expect(await world.store.events.scan("byTime", { limit: 9 })).toEqual([]);
  });

  it("B1: is checked without what it asks of the hub, and may say more than its schema", async () => {
    const approval = { expires_in: "5m" };
    const { accepted } = await receiptOf(request({ approval, room: 4, note: null }));
    expect(accepted.event).toMatchObject({
      data: { room: 4, note: null },
      approval: { expiresInMs: 300_000 },
    });
  });

  it("B1: of a type that nobody knows is anything, and it is told as unknown", async () => {
    const { accepted } = await receiptOf({ type: "invoice.paid", data: { n: [1, { x: null }] } });
    expect(accepted).toMatchObject({ known: false });
  });

  it("is checked by the schema that an admin wrote, from the next look on", async () => {
    const schema = { type: "object", required: ["n"] };
    await write({ name: "invoice.paid", schema });
    expect(await refusalOf({ type: "invoice.paid", data: {} })).toMatchObject({
      errors: [{ pointer: "/data/n" }],
    });
    await write({ name: "user.invited", schema });
    expect(await refusalOf({ type: "user.invited", data: { invitee: "m" } })).toMatchObject({
      errors: [{ pointer: "/data/n" }],
    });
  });

  it("is not asked about again when the event came before", async () => {
    const paid = { type: "invoice.paid", id: "7", data: {} };
    await receiptOf(paid);
    await write({ name: "invoice.paid", schema: { type: "object", required: ["n"] } });
    expect((await receiptOf(paid)).status).toBe("duplicate");
  });
});

describe("a type whose events open a request", () => {
  it("opens it without a rule that names a policy, with the terms that lie in data", async () => {
    const expires_at = "2026-11-20T15:00:00Z";
    const { opening, accepted } = await receiptOf(request({ expires_at }));
    expect(accepted.plan).toMatchObject({ policyFrom: { kind: "default" } });
    expect(opening?.approval).toMatchObject({
      key: "r/1",
      requester: { name: "Chloe", claim: "chloe@example.com" },
      expiresAt: new Date(expires_at),
      policy: { name: "default" },
    });
  });

  it("goes by what the event says in data.approval, where both say it", async () => {
    const approval = { expires_in: "30m", requested_by: "ann@example.com" };
    const { opening } = await receiptOf(request({ expires_at: "2026-11-20T19:00:00Z", approval }));
    expect(opening?.approval).toMatchObject({
      requester: { name: "Ann" },
      expiresAt: new Date("2026-11-20T14:30:00Z"),
    });
  });

  it("names its own policy, after the rule's and the event's", async () => {
    const typed = { ...policy, id: "pol_typed", name: "typed" } as typeof policy;
    await world.keepPolicy(typed);
    const { schema: _, ...created } = builtinTypes.get("asset_request_created") ?? { name: "x" };
    await write({ ...created, approval: { kind: "opens", policy: "typed" } });
    expect((await receiptOf(request())).opening?.approval.policy.name).toBe("typed");
    const named = request({ approval: { policy: "production" } }, { subject: "r/2" });
    expect((await receiptOf(named)).opening?.approval.policy.name).toBe("production");
  });

  it("makes buttons of names, and of whole actions", async () => {
    const link = (actions: unknown, subject: string) => ({
      ...{ type: "approval_created", subject },
      data: { project: "Webshop", info: "Roll out?", actions },
    });
    const deploy = { id: "deploy", choice: "approve", label: "Deploy" };
    expect((await receiptOf(link(["approve", "reject"], "a"))).opening?.approval.actions).toEqual([
      { id: "approve", choice: "approve", label: "Approve" },
      { id: "reject", choice: "reject", label: "Reject" },
    ]);
    expect(
      (await receiptOf(link([deploy, "reject"], "b"))).opening?.approval.actions,
    ).toMatchObject([deploy, { id: "reject" }]);
    expect(await refusalOf(link([{ ...deploy, id: "De ploy" }], "c"))).toMatchObject({
      errors: [{ pointer: "/data/actions/0/id" }],
    });
    expect(await refusalOf(link(["perhaps"], "c"))).toMatchObject({ status: 422 });
  });

  it.each([
    [{ expires_at: "2020-01-01T00:00:00Z" }, "/data/expires_at"],
    [{ requester: "" }, undefined],
  ])("refuses terms that cannot be (%j), where they lie", async (data, pointer) => {
    if (pointer === undefined) {
      expect((await receiptOf(request(data))).opening?.approval.requester).toBeUndefined();
      return;
    }
    expect(await refusalOf(request(data))).toMatchObject({ errors: [{ pointer }] });
  });
});

describe("a type whose events open no request", () => {
  it.each(["asset_request_approved", "user.deactivated", "pin_failed"])(
    "does so under no rule: %s",
    async (name) => {
      await world.route([{ types: ["*"], to: ["#releases"], policy: "production" }]);
      const data = builtinTypes.get(name)?.sample.data;
      const { opening, accepted } = await receiptOf({ type: name, data });
      expect(opening).toBeUndefined();
      expect(accepted.plan.destinations).toHaveLength(1);
      const asking = { type: name, data: { ...data, approval: {} } };
      expect(await refusalOf(asking)).toMatchObject({ errors: [{ pointer: "/data/approval" }] });
    },
  );

  it("may open one where its type says so and a rule asks", async () => {
    const data = builtinTypes.get("object.transition")?.sample.data;
    expect((await receiptOf({ type: "object.transition", data })).opening).toBeUndefined();
    await world.route([{ types: ["*"], to: ["#releases"], policy: "production" }]);
    expect((await receiptOf({ type: "object.transition", data })).opening).toBeDefined();
  });
});

describe("a type that is off", () => {
  it("takes its events, and nothing follows from them", async () => {
    const type = builtinTypes.get("asset_request_created");
    if (!type) throw new Error("there is no such type");
    await world.store.eventTypes.insert({ ...recordOf(organization, type, 1), off: true });
    const { accepted, opening } = await receiptOf(request());
    expect(accepted.plan).toMatchObject({ matched: [], destinations: [], unrouted: false });
    expect(opening).toBeUndefined();
    expect(await world.store.events.get(accepted.id)).toBeDefined();
  });

  it("G4: keeps the callback that its events name with its host alone in clear", async () => {
    const type = builtinTypes.get("asset_request_created");
    if (!type) throw new Error("there is no such type");
    await world.store.eventTypes.insert({ ...recordOf(organization, type, 1), off: true });
    const approval = { callback: "https://ci.example/canary-path?token=canary-query" };
    const { accepted, opening } = await receiptOf(request({ approval }));
    expect(opening).toBeUndefined();
    const kept = JSON.stringify(await world.store.events.get(accepted.id));
    expect(kept).toContain("https://ci.example");
    expect(kept).not.toContain("canary");
  });
});

describe("a hub type", () => {
  it.each(
    [...builtinTypes.keys()].filter((name) =>
      /^(approval|installation|destination|callback)\./.test(name),
    ),
  )("is no producer's to send: %s", async (name) => {
    expect(await refusalOf({ type: name, data: {} })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/type" }],
    });
  });
});

describe("two opens of one producer with one subject", () => {
  it("make one request, and the answer says whether they differ", async () => {
    const first = await receiptOf(request({}, { id: "1" }));
    const same = await receiptOf(request({}, { id: "2" }));
    const other = await receiptOf(request({ item: "Chair" }, { id: "3" }));
    expect(same.opening).toMatchObject({ joined: true, differs: false });
    expect(other.opening).toMatchObject({ joined: true, differs: true });
    expect(other.opening?.approval.id).toBe(first.opening?.approval.id);
    expect((await receiptOf(request({ item: "Chair" }, { id: "3" }))).status).toBe("duplicate");
    expect(first.accepted.event.producer).toBe(producer.id);
  });
});
