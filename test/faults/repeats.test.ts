import { afterAll, beforeAll, expect, it } from "vitest";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";

/** How often one event is sent at once: 1,000 times in every test run, 200 on MongoDB; 10,000 by `npm run soak`. */
const usual = { SQLite: 1_000, MongoDB: 200 } as const;

/** Up to so many are all on their way at once; of more, as many as a slow machine answers before any is given up. */
const mostAtOnce = 1_000;
const ofMany = 200;

/** Do something so many times, with so many on their way at any time. */
async function manyAtOnce<Value>(
  times: number,
  atOnce: number,
  step: () => Promise<Value>,
): Promise<readonly Value[]> {
  const done: Value[] = [];
  let begun = 0;
  const work = async () => {
    while (begun < times) {
      begun += 1;
      done.push(await step());
    }
  };
  await Promise.all(Array.from({ length: Math.min(times, atOnce) }, work));
  return done;
}

onEveryEngine("one event, sent again and again at once", (engine) => {
  const repeats = Number(process.env["REPEATS"] ?? usual[engine.name]);
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => hub.stop());

  it(`U15: is one event with one card in each channel, ${repeats} times`, {
    timeout: timeLimit(60_000 + repeats * 20),
  }, async () => {
    const event = deployEvent();
    let lost = 0;
    const post = (body: object) => hub.call<Receipt>("POST", "/v1/events", { body });
    // A connection may end just when it is used again: what was not answered is sent again, as producers do.
    const insist = async (): ReturnType<typeof post> =>
      post(event).catch((cause: unknown) => {
        lost += 1;
        if (lost > repeats) throw cause;
        return insist();
      });
    const answers = await manyAtOnce(repeats, repeats > mostAtOnce ? ofMany : repeats, insist);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.approval?.id)).size).toBe(1);
    const first = answers.filter(({ body }) => body.status === "accepted");
    expect(first).toHaveLength(lost === 0 ? 1 : Math.min(first.length, 1));
    const other = { ...event, data: { ...event.data, service: "another" } };
    expect((await post(other)).status).toBe(409);
    await everyDeliveryHasAnEnd(hub);
    const { events, deliveries } = await hub.historyNow();
    expect(events.filter(({ event: { externalId } }) => externalId === event.id)).toHaveLength(1);
    expect(deliveries.filter((one) => one.event === answers[0]?.body.id)).toHaveLength(2);
  });
});
