import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expireDue } from "../../../core/approvals/close.ts";
import type { Opening } from "../../../core/approvals/open.ts";
import { openAddress, sealOwnAddress } from "../../../core/deliveries/callback-address.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { expandEvent, expandLeft } from "../../../core/ingest/expand.ts";
import { ann, chloe, later, organization, policy, producer, voteOf } from "../domain/samples.ts";
import {
  openWorld,
  otherProducer,
  type Posting,
  type StoredReceipt,
  type World,
} from "../hub/world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.store.producers.insert(otherProducer);
});
afterEach(() => world.close());

const deploy = (fields: object = {}, data: object = { service: "web" }) => ({
  ...{ type: "deploy.requested", id: "812", subject: "web/1.4.2", data },
  ...fields,
});
function receiptsOf(ingested: Posting): readonly StoredReceipt[] {
  if (ingested.kind === "refused") throw new Error(JSON.stringify(ingested.problem));
  return ingested.receipts;
}
async function receiptOf(body: unknown, as = producer): Promise<StoredReceipt> {
  const [receipt] = receiptsOf(await world.post(body, as));
  if (!receipt) throw new Error("there is no receipt");
  return receipt;
}
async function refusalOf(body: unknown, as = producer) {
  const ingested = await world.post(body, as);
  if (ingested.kind !== "refused") throw new Error("it was accepted");
  const { status, code, errors } = ingested.problem;
  return { status, code, errors };
}
const all = { limit: 999 };
const events = () => world.store.events.scan("byTime", all);
const approvals = () => world.store.approvals.scan("byTime", all);
const deliveries = () => world.store.deliveries.scan("byTime", all);

/** Decide a request by a vote of Ann's. */
async function approve(id: StoredReceipt["opening"]): Promise<void> {
  const open = id && (await world.store.approvals.get(id.approval.id));
  if (!open) throw new Error("there is no request");
  const result = castVote(open, voteOf(ann, "approve", { at: later(5) }), { mayDecide: true });
  if (result.kind !== "decided") throw new Error(`the vote was ${result.kind}`);
  await world.store.approvals.replace(result.approval, open.revision);
}

describe("an accepted event", () => {
  it("is stored with its plan, and told in one log line", async () => {
    const { status, accepted, opening } = await receiptOf(deploy());
    expect(status).toBe("accepted");
    expect(await world.store.events.get(accepted.id)).toEqual(accepted);
    expect(accepted).toMatchObject({
      state: "accepted",
      known: false,
      event: { externalId: "812", source: "ci", level: "info", receivedAt: later(0) },
      plan: { matched: [{ rule: 1, name: "Deploys" }], policy: { name: "production" } },
    });
    expect(opening).toMatchObject({ joined: false, approval: { state: "open", key: "web/1.4.2" } });
    expect(world.storedEvents).toEqual([accepted]);
    expect(world.entries).toMatchObject([
      {
        kind: "event.received",
        event: accepted.id,
        producer: "ci",
        rules: ["Deploys"],
        duplicate: false,
      },
    ]);
  });

  it("takes its level and its name in the catalogue from its type", async () => {
    const type = {
      name: "deploy.requested",
      level: "alert",
      ...{ version: 1, about: "Something is about to be rolled out" },
      texts: { title: "Deploy it" },
      sample: { data: {} },
      approval: { kind: "may" },
    } as const;
    await world.store.eventTypes.insert({
      ...{ id: `${organization} deploy.requested`, organization, revision: 1 },
      ...type,
    });
    const { accepted, opening } = await receiptOf(deploy());
    expect(accepted).toMatchObject({ known: true, event: { level: "alert" } });
    expect(opening?.approval.title).toBe("Deploy it");
    expect((await receiptOf(deploy({ id: "2", level: "debug" }))).accepted.event.level).toBe(
      "debug",
    );
  });

  it("of an unknown type goes to the fallback, and opens nothing", async () => {
    await world.route([], "#releases");
    const { accepted, opening } = await receiptOf({ type: "invoice.paid" });
    expect(accepted).toMatchObject({ known: false, plan: { unrouted: true } });
    expect(accepted.plan.destinations).toHaveLength(1);
    expect(opening).toBeUndefined();
  });
});

describe("the same id again", () => {
  it("with the same content answers the same, and does nothing twice", async () => {
    const first = await receiptOf(deploy());
    const again = await receiptOf(deploy());
    expect(again).toEqual({ ...first, status: "duplicate" });
    expect(world.storedEvents).toHaveLength(1);
    expect(await approvals()).toHaveLength(1);
  });

  it("with its names in another order is the same content", async () => {
    await receiptOf(deploy({}, { a: 1, b: { c: [1], d: 2 } }));
    const { type, id, subject } = deploy();
    const turned = { data: { b: { d: 2, c: [1] }, a: 1 }, subject, id, type };
    expect((await receiptOf(turned)).status).toBe("duplicate");
  });

  it.each([
    ["data", deploy({}, { service: "api" })],
    ["subject", deploy({ subject: "web/2" })],
    ["level", deploy({ level: "alert" })],
    ["approval", deploy({}, { service: "web", approval: {} })],
    ["time", deploy({ time: "2026-11-20T13:00:00Z" })],
  ])("with another %s is refused", async (_, other) => {
    await receiptOf(deploy());
    expect(await refusalOf(other)).toEqual({
      status: 409,
      code: "event_conflict",
      errors: [{ pointer: "/id", message: "used for other content" }],
    });
    expect(await events()).toHaveLength(1);
  });

  it("that leaves out the level and the time, which the hub then fills in, is the same content", async () => {
    await receiptOf(deploy({ level: "alert", time: "2026-11-20T13:00:00Z" }));
    expect((await receiptOf(deploy())).status).toBe("duplicate");
    expect((await receiptOf(deploy({ level: "alert" }))).status).toBe("duplicate");
    expect(await refusalOf(deploy({ level: "info" }))).toMatchObject({ status: 409 });
  });

  it("of another producer or another source is another event", async () => {
    const ids = [
      await receiptOf(deploy()),
      await receiptOf(deploy(), otherProducer),
      await receiptOf(deploy({ source: "elsewhere" })),
    ].map(({ status, accepted }) => `${status} ${accepted.id}`);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => id.startsWith("accepted"))).toBe(true);
  });

  it("is a duplicate for seven days, and then another event", async () => {
    const first = await receiptOf(deploy());
    world.clock.pass(7 * 86_400_000);
    expect((await receiptOf(deploy())).status).toBe("duplicate");
    world.clock.pass(1);
    const late = await receiptOf(deploy());
    expect(late.status).toBe("accepted");
    expect(late.accepted.id).not.toBe(first.accepted.id);
    expect((await receiptOf(deploy())).accepted.id).toBe(late.accepted.id);
    expect(await refusalOf(deploy({ subject: "other" }))).toMatchObject({ status: 409 });
  });

  it.each([0, 1, 3, 6])(
    "is a duplicate for seven days from any day of the week (%d)",
    async (days) => {
      world.clock.pass(days * 86_400_000);
      await receiptOf(deploy());
      for (let day = 1; day <= 7; day += 1) {
        world.clock.pass(86_400_000);
        expect([day, (await receiptOf(deploy())).status]).toEqual([day, "duplicate"]);
      }
      world.clock.pass(1);
      expect((await receiptOf(deploy())).status).toBe("accepted");
      expect(await events()).toHaveLength(2);
    },
  );

  it("is a duplicate too when the clock was set back", async () => {
    await receiptOf(deploy());
    world.clock.pass(-86_400_000);
    expect((await receiptOf(deploy())).status).toBe("duplicate");
  });

  it("opens a request of its own after the first event was removed, never the old one again", async () => {
    const first = await receiptOf(deploy());
    await approve(first.opening);
    await world.store.events.remove(first.accepted.id);
    world.clock.pass(31 * 86_400_000);
    const again = await receiptOf(deploy());
    expect(again.accepted.id).not.toBe(first.accepted.id);
    expect(again.opening).toMatchObject({ joined: false, approval: { state: "open" } });
  });

  it("stays a duplicate when what it asked for would be refused now", async () => {
    const asks = { expires_at: "2026-11-20T14:30:00Z" };
    const first = await receiptOf(deploy({}, { approval: asks }));
    world.clock.pass(3_600_000);
    expect(await receiptOf(deploy({}, { approval: asks }))).toMatchObject({
      status: "duplicate",
      accepted: { id: first.accepted.id },
    });
    expect(await refusalOf(deploy({ id: "9" }, { approval: asks }))).toMatchObject({ status: 422 });
  });

  it("from 64 requests at once is stored once", async () => {
    const posts = Array.from({ length: 64 }, () => receiptOf(deploy()));
    const receipts = await Promise.all(posts);
    expect(receipts.filter(({ status }) => status === "accepted")).toHaveLength(1);
    expect(new Set(receipts.map(({ accepted }) => accepted.id)).size).toBe(1);
    expect(await events()).toHaveLength(1);
    expect(world.storedEvents).toHaveLength(1);
  });

  it("without an id is never the same: each gets one of its own", async () => {
    const one = await receiptOf(deploy({ id: undefined }));
    const two = await receiptOf(deploy({ id: undefined }));
    expect(one.accepted.id).not.toBe(two.accepted.id);
    expect(one.accepted.event.externalId).toMatch(/^evt_/);
  });
});

describe("a batch", () => {
  it("is answered in its order, duplicates among it", async () => {
    await receiptOf(deploy());
    const receipts = receiptsOf(
      await world.post([deploy({ id: "1" }), deploy(), deploy({ id: "1" })]),
    );
    expect(receipts.map(({ status }) => status).sort()).toEqual([
      "accepted",
      "duplicate",
      "duplicate",
    ]);
    expect(receipts.map(({ accepted }) => accepted.event.externalId)).toEqual(["1", "812", "1"]);
  });

  it("lets the first opening of a subject open, however long it takes to find its requester", async () => {
    const requested_by = "chloe@example.com";
    const first = deploy({ id: "1" }, { service: "web", approval: { requested_by } });
    const receipts = receiptsOf(await world.post([first, deploy({ id: "2" }, { service: "api" })]));
    expect(receipts.map(({ opening }) => opening?.joined)).toEqual([false, true]);
  });

  it.each<[string, object, string, number]>([
    ["an item that is refused", { type: "approval.approved" }, "/1/type", 422],
    ["an id that has other content", { subject: "other" }, "/1/id", 409],
  ])("is refused whole for %s", async (_, wrong, pointer, status) => {
    await receiptOf(deploy());
    const refused = await refusalOf([deploy({ id: "1" }), deploy(wrong), deploy({ id: "2" })]);
    expect(refused).toMatchObject({ status, errors: [{ pointer }] });
    expect(await events()).toHaveLength(1);
  });

  it("is refused whole when two of its items use one id for different content", async () => {
    const twice = [deploy({ id: "1" }), deploy({ id: "2" }), deploy({ id: "1", subject: "other" })];
    expect(await refusalOf(twice)).toMatchObject({ status: 409, errors: [{ pointer: "/2/id" }] });
    expect(await events()).toEqual([]);
  });
});

describe("what only looking at the hub can refuse", () => {
  const asking = (approval: object) => deploy({}, { approval });
  /** Where the producer of a request is called back. */
  const callbackOf = (opening: Opening | undefined) => {
    const { event, callback } = opening?.approval ?? {};
    return event && callback && openAddress(world.vault, event, callback);
  };

  it.each(["approval.approved", "installation.revoked", "destination.dead", "callback.failed"])(
    "is a type of the hub's own: %s",
    async (type) => {
      expect(await refusalOf({ type })).toEqual({
        status: 422,
        code: "event_invalid",
        errors: [
          {
            pointer: "/type",
            message: `types that begin with ${type.split(".")[0]}. belong to the hub`,
          },
        ],
      });
      expect(await events()).toEqual([]);
    },
  );

  it("is a callback on a host that the producer's settings do not name", async () => {
    for (const callback of [
      "https://evil.example/x",
      "https://ci.example:8443/x",
      "https://ci.example.evil.example/x",
    ]) {
      expect(await refusalOf(asking({ callback }))).toMatchObject({
        errors: [
          {
            pointer: "/data/approval/callback",
            message:
              "its host is not one of this producer's callback hosts (ci.example); an admin can add it",
          },
        ],
      });
    }
    const written = { ...producer, callbackHosts: ["CI.example:443"] };
    const { opening } = await receiptOf(asking({ callback: "https://ci.example/other" }), written);
    expect(callbackOf(opening)).toBe("https://ci.example/other");
  });

  it("G4: is kept with its host alone in clear, in the event and in the request", async () => {
    const callback = "https://ci.example/canary-path?token=canary-query";
    const { accepted, opening } = await receiptOf(asking({ callback }));
    const { store } = world;
    const kept = [
      await store.events.get(accepted.id),
      await store.approvals.get(opening?.approval.id ?? ""),
    ];
    for (const record of kept) {
      const text = JSON.stringify(record);
      expect(text).toContain("https://ci.example");
      expect(text).not.toContain("canary");
    }
    expect(callbackOf(opening)).toBe(callback);
  });

  it("is never the producer's own callback", async () => {
    const own = { callback: "https://other.example/hooks" };
    const { id } = otherProducer;
    const kept = { ...otherProducer, callback: sealOwnAddress(world.vault, id, own.callback) };
    const { opening } = await receiptOf(asking(own), kept);
    expect(callbackOf(opening)).toBe("https://other.example/hooks");
    expect(
      await refusalOf(
        deploy({ id: "2" }, { approval: { callback: "https://other.example/" } }),
        kept,
      ),
    ).toMatchObject({ status: 422 });
  });

  it("is a policy that nobody has, where the producer may name one", async () => {
    expect(await refusalOf(asking({ policy: "producton" }))).toMatchObject({
      errors: [
        {
          pointer: "/data/approval/policy",
          message: "there is no policy of this name; there are: production",
        },
      ],
    });
    const bound = { ...producer, mayNamePolicies: false };
    expect(
      (await receiptOf(asking({ policy: "producton" }), bound)).opening?.approval.policy.name,
    ).toBe("production");
  });

  it("is a deadline that has passed", async () => {
    expect(await refusalOf(asking({ expires_at: "2026-11-20T14:00:00Z" }))).toMatchObject({
      errors: [{ pointer: "/data/approval/expires_at", message: "this time has passed" }],
    });
    const { opening } = await receiptOf(asking({ expires_at: "2026-11-20T14:00:01Z" }));
    expect(opening?.approval.expiresAt).toEqual(later(1));
  });

  it("is a requester who is not known, where the policy asks for one", async () => {
    const strict = {
      ...policy,
      id: deriveId("policy", "strict"),
      name: "strict",
      requester: "required",
    } as const;
    await world.keepPolicy(strict);
    await world.route([{ to: ["#releases"], policy: "strict" }]);
    for (const asked of [{}, { requested_by: "nobody@example.com" }]) {
      expect(await refusalOf(asking(asked))).toMatchObject({
        errors: [{ pointer: "/data/approval/requested_by" }],
      });
    }
    const { opening } = await receiptOf(asking({ requested_by: "CHLOE@example.com" }));
    expect(opening?.approval.requester).toEqual({
      claim: "CHLOE@example.com",
      name: "Chloe",
      person: chloe.id,
    });
  });
});

describe("a second opening of the same subject", () => {
  it("joins the open request, and says whether it shows something else", async () => {
    const first = await receiptOf(deploy());
    const same = await receiptOf(deploy({ id: "2" }));
    const other = await receiptOf(deploy({ id: "3" }, { service: "api" }));
    const id = first.opening?.approval.id;
    expect(same.opening).toMatchObject({ joined: true, differs: false, approval: { id } });
    expect(other.opening).toMatchObject({ joined: true, differs: true, approval: { id } });
    expect(await approvals()).toHaveLength(1);
  });

  it("opens one request when 64 come at once", async () => {
    const posts = Array.from({ length: 64 }, (_, index) => receiptOf(deploy({ id: `${index}` })));
    const receipts = await Promise.all(posts);
    expect(receipts.filter(({ opening }) => opening?.joined === false)).toHaveLength(1);
    expect(await approvals()).toHaveLength(1);
    expect(await events()).toHaveLength(64);
  });

  it("opens a new request once the first is closed", async () => {
    const first = await receiptOf(deploy());
    await approve(first.opening);
    const next = await receiptOf(deploy({ id: "2" }));
    expect(next.opening).toMatchObject({ joined: false, approval: { state: "open" } });
    expect(next.opening?.approval.id).not.toBe(first.opening?.approval.id);
  });

  it("opens a new request from the deadline of the first on, before anybody has noted its end", async () => {
    const first = await receiptOf(deploy({}, { approval: { expires_in: "30m" } }));
    world.clock.pass(30 * 60_000 - 1);
    expect((await receiptOf(deploy({ id: "2" }))).opening?.joined).toBe(true);
    world.clock.pass(1);
    const next = await receiptOf(deploy({ id: "3" }));
    expect(next.opening).toMatchObject({ joined: false, approval: { state: "open" } });
    await expireDue(world);
    expect(await approvals()).toMatchObject([
      { id: first.opening?.approval.id, state: "expired" },
      { id: next.opening?.approval.id, state: "open" },
    ]);
  });

  it("stays with the one that it was said to have joined, though that ends before it is expanded", async () => {
    const first = await receiptOf(deploy());
    const other = deploy({ id: "2" }, { service: "api" });
    const joined = await receiptOf(other);
    await approve(first.opening);
    const again = await receiptOf(other);
    await expandLeft(world);
    const id = first.opening?.approval.id;
    const late = await receiptOf(other);
    for (const { opening } of [joined, again, late]) {
      expect(opening).toMatchObject({ joined: true, differs: true, approval: { id } });
    }
    expect(await approvals()).toHaveLength(1);
    const notes = (await deliveries()).filter(({ task }) => task.kind === "note");
    expect(notes.map(({ task }) => task)).toMatchObject([
      { tells: "differs" },
      { tells: "differs" },
    ]);
    expect(await world.store.events.get(joined.accepted.id)).toMatchObject({
      state: "expanded",
      approval: id,
    });
  });

  it("of another producer, or without a subject, is a request of its own", async () => {
    await receiptOf(deploy());
    expect((await receiptOf(deploy(), otherProducer)).opening?.joined).toBe(false);
    expect((await receiptOf(deploy({ id: "2", subject: undefined }))).opening?.joined).toBe(false);
    expect((await receiptOf(deploy({ id: "3", subject: undefined }))).opening?.joined).toBe(false);
    expect(await approvals()).toHaveLength(4);
  });

  it("finishes an opening that a crash cut off between the claim and the request", async () => {
    const first = await receiptOf(deploy());
    const id = first.opening?.approval.id ?? "";
    await world.store.approvals.remove(id);
    const second = await receiptOf(deploy({ id: "2" }, { service: "api" }));
    expect(second.opening).toMatchObject({
      joined: true,
      approval: { id, event: first.accepted.id },
    });
    expect(await world.store.approvals.get(id)).toEqual(first.opening?.approval);
  });
});

describe("expanding", () => {
  it("makes one delivery for each destination, and notes it", async () => {
    const { accepted, opening } = await receiptOf(deploy());
    await expandEvent(world, accepted);
    const made = await deliveries();
    expect(made.map(({ label }) => label).sort()).toEqual(["#releases", "Ops › General"]);
    expect(made).toMatchObject([
      { state: "pending", priority: 0, approval: opening?.approval.id },
      { state: "pending", priority: 0, approval: opening?.approval.id },
    ]);
    expect(await world.store.events.get(accepted.id)).toMatchObject({
      state: "expanded",
      approval: opening?.approval.id,
    });
    expect(await world.store.lanes.nextDueAt()).toEqual(later(0));
  });

  it("makes no second delivery when it runs again, or in two processes at once", async () => {
    const { accepted } = await receiptOf(deploy());
    await Promise.all([expandEvent(world, accepted), expandEvent(world, accepted)]);
    await expandEvent(world, accepted);
    expect(await deliveries()).toHaveLength(2);
    expect(await approvals()).toHaveLength(1);
  });

  it("keeps to the plan that was stored, whatever the rules say by now", async () => {
    const { accepted } = await receiptOf(deploy());
    await world.route([]);
    await expandEvent(world, accepted);
    expect(await deliveries()).toHaveLength(2);
  });

  it("makes no cards for an event that joined", async () => {
    await receiptOf(deploy());
    const joined = await receiptOf(deploy({ id: "2" }));
    await expandEvent(world, joined.accepted);
    expect(await deliveries()).toEqual([]);
    expect(await world.store.events.get(joined.accepted.id)).toMatchObject({
      state: "expanded",
      approval: joined.opening?.approval.id,
    });
  });

  it("gives events that ask nothing a place behind requests", async () => {
    await world.route([{ to: ["#releases"] }]);
    const { accepted } = await receiptOf({ type: "invoice.paid" });
    await expandEvent(world, accepted);
    expect(await deliveries()).toMatchObject([{ priority: 1, label: "#releases" }]);
  });

  it("finishes what a crash left, oldest first, and then finds nothing more", async () => {
    await receiptOf(deploy());
    world.clock.pass(1_000);
    await receiptOf(deploy({ id: "2", subject: "api/2" }));
    await expandLeft(world);
    expect(await deliveries()).toHaveLength(4);
    expect(await world.store.events.scan("toExpand", all)).toEqual([]);
    await expandLeft(world);
    expect(await deliveries()).toHaveLength(4);
  });

  it("expands what is left behind however many events cannot be", async () => {
    const lost = { origin: "https://ci.example", sealed: "s1.00000000.AAAA.AAAA" };
    const locked = { ...otherProducer, id: deriveId("producer", "locked"), callback: lost };
    await world.store.producers.insert(locked);
    await expect(world.post(deploy(), locked)).rejects.toThrow("key");
    const [stuck] = await events();
    if (!stuck) throw new Error("it was not stored");
    for (let number = 1; number < 1_000; number += 1) {
      const id = deriveId("event", `${number}`);
      const event = { ...stuck.event, id, subject: `web/${number}` };
      await world.store.events.insert({ ...stuck, id, event });
    }
    world.clock.pass(1_000);
    await receiptOf(deploy());
    await expandLeft(world);
    expect(await deliveries()).toHaveLength(2);
  });

  it("gives a late event the request that it opened, though its subject has another by now", async () => {
    const first = await receiptOf(deploy());
    await approve(first.opening);
    const second = await receiptOf(deploy({ id: "2" }));
    expect(second.opening?.joined).toBe(false);
    await expandEvent(world, first.accepted);
    expect(await world.store.events.get(first.accepted.id)).toMatchObject({
      approval: first.opening?.approval.id,
    });
    expect(await deliveries()).toHaveLength(2);
  });

  it("leaves out a destination that was deleted meanwhile", async () => {
    const { accepted } = await receiptOf(deploy());
    const [gone] = accepted.plan.destinations;
    await world.store.destinations.remove(gone ?? "");
    await expandEvent(world, accepted);
    expect(await deliveries()).toHaveLength(1);
  });
});
