import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { decidingButtons, shownTexts } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/** A producer settles what it asked for, and at once asks for the same again. */
onEveryEngine("what is settled and asked for again", (engine) => {
  let hub: RunningHub;
  let samples: { readonly asks: object; readonly settles: object };
  beforeAll(async () => {
    hub = await engine.start();
    await hub.saveRules([{ name: "All", types: ["*"], to: ["#releases", "Ops › General"] }]);
    const sampleOf = async (type: string) =>
      (await hub.call<{ sample: { data: object } }>("GET", `/v1/event-types/${type}`)).body.sample
        .data;
    samples = {
      asks: await sampleOf("asset_request_created"),
      settles: await sampleOf("asset_request_rejected"),
    };
  });
  afterAll(() => endStory(hub));

  const ask = (subject: string, item: string) => {
    const data = { ...samples.asks, item, expires_at: undefined };
    return { type: "asset_request_created", subject, data };
  };
  const settle = (subject: string) => ({
    ...{ type: "asset_request_rejected", subject, data: samples.settles },
  });
  const stateOf = async (approval: string | undefined) =>
    (await hub.call<{ state: string }>("GET", `/v1/approvals/${approval}`)).body.state;
  /** The first is closed, the second waits in both chats. */
  async function expectTwo(first: Receipt, second: Receipt, item: string): Promise<void> {
    expect(second.approval?.id).not.toBe(first.approval?.id);
    await expect.poll(() => stateOf(first.approval?.id)).toBe("rejected");
    for (const platform of platforms) {
      await hub.sandbox.message(
        platform,
        (message) => shownTexts(message).includes(item) && decidingButtons(message).length === 2,
      );
    }
    expect(await stateOf(second.approval?.id)).toBe("open");
  }

  it("B2: is a request of its own, however soon it comes", async () => {
    for (let round = 0; round < 2; round += 1) {
      const subject = `again/${round}`;
      const first = await hub.post(ask(subject, `Desk ${round}`));
      await hub.post(settle(subject));
      const second = await hub.post(ask(subject, `Lamp ${round}`));
      await expectTwo(first, second, `Lamp ${round}`);
    }
  });

  it("B2: is a request of its own in one batch, too", async () => {
    const items = [
      ask("batch/1", "Desk of a batch"),
      settle("batch/1"),
      ask("batch/1", "Lamp of a batch"),
    ];
    const { body } = await hub.call<{ items: Receipt[] }>("POST", "/v1/events", { body: items });
    const [first, , second] = body.items as [Receipt, Receipt, Receipt];
    await expectTwo(first, second, "Lamp of a batch");
  });

  it("B2: is not settled by what a batch says of the request before it", async () => {
    const first = await hub.post(ask("batch/2", "Chair of before"));
    const items = [settle("batch/2"), ask("batch/2", "Chair of a batch")];
    const { body } = await hub.call<{ items: Receipt[] }>("POST", "/v1/events", { body: items });
    const [, second] = body.items as [Receipt, Receipt];
    await expectTwo(first, second, "Chair of a batch");
  });
});
