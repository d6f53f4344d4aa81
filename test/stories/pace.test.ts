import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";

/** Each is a card, an edit and a note: six calls more than Teams takes for one channel in 30 seconds. */
const requests = 22;

describe("a busy channel", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
    await hub.saveRules([
      { name: "Deploys", types: ["deploy.*"], to: ["Ops › General"], policy: "production" },
    ]);
  });
  afterAll(() => endStory(hub));

  it("U10: is never asked for more than Teams takes", async () => {
    const approvals = await Promise.all(
      Array.from({ length: requests }, async () => {
        const { approval } = await hub.post(deployEvent());
        if (!approval) throw new Error("No approval was opened.");
        await hub.sent(approval.id, "teams");
        const key = hub.adminKey;
        const body = { choice: "approve" };
        const vote = await hub.call("POST", `/v1/approvals/${approval.id}/votes`, { key, body });
        expect(vote.status).toBe(200);
        await hub.line(sentTo(approval.id, "edit"));
        return approval.id;
      }),
    );
    await hub.pass("30s");
    await Promise.all(approvals.map((id) => hub.line(sentTo(id, "note"))));
    expect(hub.lines.filter((line) => line.includes("Throttled"))).toEqual([]);
  });
});

/** The line of the log that tells that something of a request arrived in Teams. */
const sentTo = (approval: string, task: string) =>
  new RegExp(`"approval":"${approval}","platform":"teams","task":"${task}".*"outcome":"sent"`);
