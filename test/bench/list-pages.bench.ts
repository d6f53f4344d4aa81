import { afterAll, beforeAll, describe, it } from "vitest";
import type { DeliveredDelivery } from "../../core/domain/delivery.ts";
import type { AcceptedEvent } from "../../core/domain/event.ts";
import { deriveId } from "../../core/domain/ids.ts";
import { type ApiRig, startApi } from "../core/web/api/api-rig.ts";
import { accepted, delivery, open } from "../core/web/pages/page-fixtures.ts";
import { type ConsoleVisitor, visitAs } from "../fixtures/rig/console-visitor.ts";
import { organization } from "../fixtures/rig/web-hub.ts";
import { median, percentile, report } from "./figures.ts";

const count = 100_000;
const together = 500;
const rounds = 15;

const types = Array.from({ length: 30 }, (_, number) => `kind.${number}`);

/** A list page over 100,000 events with as many deliveries, as the server answers it, sign-in and all. */
describe("list pages", () => {
  let api: ApiRig;
  let ann: ConsoleVisitor;
  beforeAll(async () => {
    api = await startApi();
    await api.person("Ann", ["admin"], []);
    await api.producer("ci");
    const now = api.clock.now().getTime();
    const at = (number: number) => new Date(now - (count - number) * 1_000);
    const eventOf = (number: number): AcceptedEvent => {
      const id = deriveId("event", number);
      const type = number % 10_000 === 0 ? "rare.type" : (types[number % types.length] ?? "");
      const subject = `web/1.${number}`;
      const event = { ...accepted.event, id, organization, type, subject, receivedAt: at(number) };
      const { approval: _, ...rest } = accepted;
      return { ...rest, id, organization, event };
    };
    const deliveryOf = (number: number): DeliveredDelivery => {
      const { approval: _, ...rest } = delivery;
      return {
        ...{ ...rest, id: deriveId("delivery", number), organization, createdAt: at(number) },
        ...{ event: deriveId("event", number), label: `#channel-${number % 200}` },
        ...{ state: "delivered", durationMs: 38, settledAt: at(number) },
      };
    };
    for (let from = 0; from < count; from += together) {
      const numbers = Array.from({ length: together }, (_, place) => from + place);
      await Promise.all([
        ...numbers.map((number) => api.store.events.insert(eventOf(number))),
        ...numbers.map((number) => api.store.deliveries.insert(deliveryOf(number))),
      ]);
    }
    for (let number = 0; number < 2_000; number += 1) {
      const id = deriveId("approval", number);
      await api.store.approvals.insert({ ...open, id, organization, openedAt: at(number) });
    }
    ann = await visitAs(api, deriveId("person", "Ann"));
  }, 600_000);
  afterAll(() => api.close());

  it.each([
    ["/events", "newest"],
    ["/events?type=rare.type", "a rare type, by its index"],
    ["/events?subject=no-such", "a subject that nothing has: the bound of 1,000"],
    ["/deliveries", "newest"],
    ["/deliveries?to=%23nowhere", "a place that nothing goes to: the bound of 1,000"],
    ["/deliveries?type=kind.7", "an event type, by its index"],
    [
      "/deliveries?type=no.such&state=delivered",
      "a state and a type that nothing has: 1,000 deliveries and their events",
    ],
    ["/approvals?state=open", "waiting"],
    ["/find?q=nothing-like-it", "a search that finds nothing"],
  ])("%s: %s", async (path, what) => {
    const measured: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await ann.get(path);
      measured.push(performance.now() - began);
    }
    report({
      id: "lists",
      what: `${path}, ${what}, over ${count} events (worst ${Math.round(percentile(measured, 0.99))} ms)`,
      unit: "ms",
      value: median(measured),
      gate: 150,
      stretch: 50,
      rounds: measured,
    });
  });
});
