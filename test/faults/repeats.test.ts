import { afterAll, beforeAll, expect, it } from "vitest";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";

/** How often one event is sent at once: 1,000 times in every test run, 200 on MongoDB; 10,000 by `npm run soak`. */
const usual = { SQLite: 1_000, MongoDB: 200 } as const;

onEveryEngine("one event, sent again and again at once", (engine) => {
  const repeats = Number(process.env["REPEATS"] ?? usual[engine.name]);
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => hub.stop());

  it(`U15: is one event with one card in each channel, ${repeats} times`, {
    timeout: 60_000 + repeats * 20,
  }, async () => {
    const event = deployEvent();
    const post = (body: object) => hub.call<Receipt>("POST", "/v1/events", { body });
    const answers = await Promise.all(Array.from({ length: repeats }, () => post(event)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.approval?.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.status === "accepted")).toHaveLength(1);
    const other = { ...event, data: { ...event.data, service: "another" } };
    expect((await post(other)).status).toBe(409);
    await everyDeliveryHasAnEnd(hub);
    const { events, deliveries } = await hub.historyNow();
    expect(events.filter(({ event: { externalId } }) => externalId === event.id)).toHaveLength(1);
    expect(deliveries.filter((one) => one.event === answers[0]?.body.id)).toHaveLength(2);
  });
});
