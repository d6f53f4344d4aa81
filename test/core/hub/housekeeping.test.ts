import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../core/domain/delivery.ts";
import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { createHousekeeping } from "../../../core/hub/housekeeping.ts";
import { type HandClock, handClock } from "../../contracts/hand-clock.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const dayMs = 86_400_000;

describe("housekeeping", () => {
  let web: WebHub;
  let clock: HandClock;
  let wallClock: HandClock;
  let key = "";
  beforeEach(async () => {
    clock = handClock();
    wallClock = handClock();
    web = await startWebHub({ clock });
    ({ key } = await web.producer("ci"));
  });
  afterEach(() => web.close());

  const tidy = (retentionDays = 30) =>
    createHousekeeping({ store: web.store, organization, clock, wallClock, retentionDays });

  /** Post an event, play its expansion, and give it one delivery with one attempt. */
  async function keptEvent(id: string, over: object = {}, data: object = {}) {
    const body = { type: "deploy.requested", id, subject: id, data };
    const posted = await web.call<{ id: string }>("POST", "/v1/events", { key, body });
    const accepted = (await web.store.events.get(posted.body.id)) as AcceptedEvent;
    if (accepted.state === "accepted") {
      const revision = accepted.revision + 1;
      await web.store.events.replace({ ...accepted, state: "expanded", revision }, revision - 1);
    }
    const delivery = {
      id: `dlv_${id}`,
      organization,
      revision: 1,
      lane: "lane:a",
      task: { kind: "post", destination: "dst_a" },
      priority: 1,
      event: accepted.id,
      label: "#ops",
      platform: "slack",
      attempts: 1,
      createdAt: clock.now(),
      state: "delivered",
      durationMs: 3,
      settledAt: clock.now(),
      ...over,
    } as unknown as Delivery;
    await web.store.deliveries.insert(delivery);
    await web.store.attempts.insert({
      id: `att_${id}`,
      organization,
      revision: 1,
      delivery: delivery.id,
      number: 1,
      outcome: "sent",
      request: "{}",
      response: "{}",
      startedAt: clock.now(),
      durationMs: 3,
    });
    return accepted;
  }

  const left = async () => ({
    events: (await web.store.events.scan("byTime", { limit: 5_000 })).map(
      ({ event }) => event.externalId,
    ),
    deliveries: (await web.store.deliveries.scan("byTime", { limit: 5_000 })).length,
    attempts: (await web.store.attempts.scan("byDelivery", { limit: 5_000 })).length,
  });

  it("removes settled events with deliveries and attempts after the retention, not before", async () => {
    await keptEvent("old");
    clock.pass(dayMs);
    await keptEvent("young");
    clock.pass(29 * dayMs - 1);
    await tidy()();
    expect(await left()).toEqual({ events: ["old", "young"], deliveries: 2, attempts: 2 });
    clock.pass(1);
    await tidy()();
    expect(await left()).toEqual({ events: ["young"], deliveries: 1, attempts: 1 });
  });

  it.each([
    ["waits", { state: "pending", dueAt: new Date(0) }],
    ["is being sent", { state: "sending", fence: 1, startedAt: new Date(0) }],
  ])(
    "keeps an event of which a delivery %s, and still removes those behind it",
    async (_, over) => {
      await keptEvent("held", { ...over, settledAt: undefined });
      const behind = Array.from({ length: 120 }, (_, number) => `behind-${number}`);
      await Promise.all(behind.map((name) => keptEvent(name)));
      clock.pass(31 * dayMs);
      const step = tidy();
      await step();
      expect((await left()).events).toEqual(["held"]);
      await step();
      expect(await left()).toEqual({ events: ["held"], deliveries: 1, attempts: 1 });
    },
  );

  it("never removes an approval, and keeps the event of an open one", async () => {
    const { id } = await keptEvent("asked", {}, { approval: { expires_in: "60d" } });
    clock.pass(40 * dayMs);
    await tidy()();
    expect((await left()).events).toEqual(["asked"]);
    const [approval] = await web.store.approvals.scan("byTime", { limit: 1 });
    expect(approval?.event).toBe(id);
    await web.call("POST", `/v1/approvals/${approval?.id}/cancel`, { key, body: {} });
    clock.pass(31 * dayMs);
    await tidy()();
    expect((await left()).events).toEqual([]);
    expect(await web.store.approvals.get(approval?.id ?? "")).toMatchObject({ state: "cancelled" });
  });

  it("removes an event however many edits and notes followed from it, once all of them are settled", async () => {
    const { id } = await keptEvent("busy");
    const [delivery] = await web.store.deliveries.scan("byTime", { limit: 1 });
    if (delivery?.state !== "delivered") throw new Error("It is not delivered.");
    const edits = Array.from({ length: 1_100 }, (_, number) =>
      web.store.deliveries.insert({
        ...delivery,
        id: `dlv_edit_${number}`,
        event: id,
        createdAt: new Date(delivery.createdAt.getTime() + number),
      }),
    );
    await Promise.all(edits);
    const waiting = { ...delivery, id: "dlv_waits" as const, state: "pending" as const };
    const { settledAt: _, ...waits } = { ...waiting, dueAt: clock.now() };
    await web.store.deliveries.insert({
      ...waits,
      createdAt: new Date(delivery.createdAt.getTime() + 2_000),
    });
    clock.pass(31 * dayMs);
    await tidy()();
    expect(await left()).toMatchObject({ events: ["busy"], deliveries: 1_102 });
    await web.store.deliveries.remove("dlv_waits");
    await tidy()();
    expect(await left()).toMatchObject({ events: [], deliveries: 0, attempts: 0 });
  });

  it("removes every attempt of a delivery, however often it was tried", async () => {
    await keptEvent("stubborn");
    const [attempt] = await web.store.attempts.scan("byDelivery", { limit: 1 });
    if (!attempt) throw new Error("There is no attempt.");
    const more = Array.from({ length: 1_100 }, (_, number) =>
      web.store.attempts.insert({ ...attempt, id: `att_more_${number}`, number: number + 2 }),
    );
    await Promise.all(more);
    clock.pass(31 * dayMs);
    await tidy()();
    expect(await left()).toEqual({ events: [], deliveries: 0, attempts: 0 });
  });

  it("keeps an event for as long as its identity holds, whatever the retention", async () => {
    await keptEvent("identity");
    clock.pass(7 * dayMs);
    await tidy(1)();
    expect((await left()).events).toEqual(["identity"]);
    clock.pass(dayMs);
    await tidy(1)();
    expect((await left()).events).toEqual([]);
  });

  it("removes ended sessions, old links and clicks of two days ago", async () => {
    const at = (ms: number) => new Date(clock.now().getTime() + ms);
    const record = (id: string) => ({ id, organization, revision: 1 });
    const { sessions, signInLinks, seenClicks } = web.store;
    await sessions.insert({ ...record("ended"), content: "{}", expiresAt: at(0) });
    await sessions.insert({ ...record("alive"), content: "{}", expiresAt: at(1) });
    await signInLinks.insert({ ...record("long over"), expiresAt: at(-dayMs) });
    await signInLinks.insert({ ...record("just over"), expiresAt: at(-dayMs + 1) });
    await seenClicks.insert({ ...record("old"), answer: "{}", seenAt: at(-2 * dayMs) });
    await seenClicks.insert({ ...record("new"), answer: "{}", seenAt: at(-2 * dayMs + 1) });
    await tidy()();
    expect([
      await sessions.scan("byExpiry", { limit: 9 }),
      await signInLinks.scan("byExpiry", { limit: 9 }),
      await seenClicks.scan("byTime", { limit: 9 }),
    ]).toMatchObject([[{ id: "alive" }], [{ id: "just over" }], [{ id: "new" }]]);
  });

  it("signs nobody out when only the sandbox's clock moves", async () => {
    const expiresAt = new Date(wallClock.now().getTime() + dayMs);
    const session = { id: "alive", organization, revision: 1, content: "{}", expiresAt };
    await web.store.sessions.insert(session);
    clock.pass(10 * dayMs);
    await tidy()();
    expect(await web.store.sessions.get("alive")).toBeDefined();
  });

  it("takes at most a thousand of a kind in one run, and the rest in the next", async () => {
    const inserts = Array.from({ length: 1_100 }, (_, number) =>
      web.store.sessions.insert({
        id: String(number),
        organization,
        revision: 1,
        content: "{}",
        expiresAt: clock.now(),
      }),
    );
    await Promise.all(inserts);
    const step = tidy();
    await step();
    expect(await web.store.sessions.scan("byExpiry", { limit: 2_000 })).toHaveLength(100);
    await step();
    expect(await web.store.sessions.scan("byExpiry", { limit: 2_000 })).toHaveLength(0);
  });
});
