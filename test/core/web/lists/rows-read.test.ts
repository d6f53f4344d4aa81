import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postId } from "../../../../core/deliveries/keys.ts";
import type { Approval } from "../../../../core/domain/approval.ts";
import type { DeliveredDelivery } from "../../../../core/domain/delivery.ts";
import type { AcceptedEvent } from "../../../../core/domain/event.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Store } from "../../../../core/ports/store.ts";
import { openSqliteStore } from "../../../../core/stores/sqlite/store.ts";
import { readApprovals } from "../../../../core/web/approvals/approval-filter.ts";
import type { DeliveryFilter } from "../../../../core/web/deliveries/delivery-filter.ts";
import { readDeliveries } from "../../../../core/web/deliveries/read-deliveries.ts";
import type { EventFilter } from "../../../../core/web/events/event-filter.ts";
import { readEventPage } from "../../../../core/web/events/read-event-page.ts";
import { mostRead } from "../../../../core/web/lists/bounded-page.ts";
import { handClock } from "../../../contracts/hand-clock.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { accepted, delivery, open } from "../pages/page-fixtures.ts";

const count = 3_000;
const limit = 30;
const clock = handClock();
const start = clock.now().getTime();
const at = (number: number) => new Date(start - (count - number) * 2_000);

const eventOf = (number: number): AcceptedEvent => {
  const id = deriveId("event", number);
  // One event in five hundred is of the rare type; nothing is ever of the type that is asked for in vain.
  const type = number % 500 === 0 ? "rare.type" : "usual.type";
  const subject = `subject ${number}`;
  const event = { ...accepted.event, id, organization, type, subject, receivedAt: at(number) };
  return { ...accepted, id, organization, event };
};
const [place = deriveId("destination", "none")] = accepted.plan.destinations;
const deliveryOf = (number: number): DeliveredDelivery => ({
  ...{ ...delivery, organization, createdAt: at(number) },
  id: postId(eventOf(number).event, place),
  ...{ event: deriveId("event", number), label: number % 500 === 0 ? "#rare" : "#usual" },
  ...{ state: "delivered", durationMs: 1, settledAt: at(number) },
});
const approvalOf = (number: number): Approval => ({
  ...{ ...open, id: deriveId("approval", number), organization, openedAt: at(number) },
  title: `Deploy ${number}`,
});

describe(`a page of a list over ${count} records`, () => {
  let store: Store;
  let read = 0;
  beforeAll(async () => {
    const kept = openSqliteStore({ path: ":memory:", clock });
    for (let from = 0; from < count; from += 500) {
      const numbers = Array.from({ length: 500 }, (_, place) => from + place);
      await Promise.all([
        ...numbers.map((number) => kept.events.insert(eventOf(number))),
        ...numbers.map((number) => kept.deliveries.insert(deliveryOf(number))),
        ...numbers.map((number) => kept.approvals.insert(approvalOf(number))),
      ]);
    }
    const counted = <Value extends object>(records: Value) =>
      new Proxy(records, {
        get: (target, name) => {
          const member = Reflect.get(target, name) as (...given: unknown[]) => unknown;
          if (name !== "scan" && name !== "get") return member;
          return async (...given: unknown[]) => {
            const found = await member(...given);
            read += Array.isArray(found) ? found.length : 1;
            return found;
          };
        },
      });
    store = {
      ...kept,
      events: counted(kept.events),
      deliveries: counted(kept.deliveries),
      approvals: counted(kept.approvals),
    };
  });
  afterAll(() => store.close());

  /** How many records one page reads, and how many it shows. */
  const cost = async (page: () => Promise<{ readonly items: readonly unknown[] }>) => {
    read = 0;
    const { items } = await page();
    return { read, shown: items.length };
  };
  const hub = () => ({ store, organization, clock });
  const events = (filter: EventFilter) => cost(() => readEventPage(hub(), filter, {}, limit));
  const deliveries = (filter: DeliveryFilter) =>
    cost(() => readDeliveries(hub(), filter, {}, limit));

  it.each<[string, EventFilter, number]>([
    ["without a filter", {}, 30],
    ["by a rare type", { type: "rare.type" }, 6],
    ["by a type that nothing has", { type: "no.such" }, 0],
    ["by a producer", { producer: accepted.event.producer }, 30],
    ["by a producer that posts nothing", { producer: deriveId("producer", "x") }, 0],
    ["of what is unrouted, where nothing is", { unrouted: "true" }, 0],
    ["by a type and the last hour", { type: "rare.type", since: "1h" }, 3],
  ])("of events %s reads little more than it shows", async (_, filter, shown) => {
    const page = await events(filter);
    expect(page.shown).toBe(shown);
    expect(page.read).toBeLessThanOrEqual(limit + 20);
  });

  it.each<[string, EventFilter]>([
    ["a level that nothing has", { level: "critical" }],
    ["a subject that nothing has", { subject: "no such" }],
  ])("of events by %s stops at its bound", async (_, filter) => {
    expect(await events(filter)).toEqual({ read: mostRead, shown: 0 });
  });

  it.each<[string, DeliveryFilter, number]>([
    ["without a filter", {}, 30],
    ["by a state that nothing has", { state: "dead" }, 0],
    ["of one event", { event: deriveId("event", 7) }, 1],
  ])(
    "of deliveries %s reads little more than it shows, and their events",
    async (_, filter, shown) => {
      const page = await deliveries(filter);
      expect(page.shown).toBe(shown);
      expect(page.read).toBeLessThanOrEqual(2 * limit + 20);
    },
  );

  it.each<[string, DeliveryFilter, number]>([
    ["a place that nothing goes to", { to: "#nowhere" }, 0],
    ["a place that little goes to", { to: "#rare" }, 2],
  ])("of deliveries by %s stops at its bound", async (_, filter, shown) => {
    const page = await deliveries(filter);
    expect(page.shown).toBe(shown);
    expect(page.read).toBeLessThanOrEqual(mostRead + shown);
  });

  it("of deliveries by an event type reads the events of that type, and theirs", async () => {
    expect(await deliveries({ type: "no.such" })).toEqual({ read: 0, shown: 0 });
    expect(await deliveries({ type: "rare.type" })).toEqual({ read: 12, shown: 6 });
  });

  it("of deliveries by a state and an event type reads the narrower of both, events included", async () => {
    const by = (type: string, state: "delivered" | "dead") => deliveries({ type, state });
    expect(await by("no.such", "delivered")).toEqual({ read: 0, shown: 0 });
    expect((await by("rare.type", "delivered")).shown).toBe(6);
    expect((await by("rare.type", "delivered")).read).toBeLessThanOrEqual(20);
    expect((await by("usual.type", "dead")).read).toBeLessThanOrEqual(limit);
    expect((await by("usual.type", "delivered")).shown).toBe(limit);
    const both = await deliveries({ type: "usual.type", state: "delivered", to: "#nowhere" });
    expect(both).toMatchObject({ shown: 0 });
    expect(both.read).toBeLessThanOrEqual(mostRead + limit);
  });

  it("of requests is bounded by state, producer and words alike", async () => {
    const seen = { limit, maySee: () => true };
    const by = (filter: object) => cost(() => readApprovals(hub(), filter, {}, seen));
    expect((await by({ state: "rejected" })).read).toBe(0);
    expect((await by({ producer: deriveId("producer", "x") })).read).toBe(0);
    expect((await by({})).read).toBeLessThanOrEqual(limit + 20);
    expect(await by({ words: "no such" })).toEqual({ read: mostRead, shown: 0 });
  });
});
