import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../core/stores/sqlite/store.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { closedCopy, deployEvent, openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/**
 * The sandbox moves the hub's clock forward, and a restart puts it back to the machine's: an hour forward and an hour
 * back. The machine's own clock is not touched: that would need libfaketime, which not every machine has.
 */
describe("a clock that jumps", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  async function decide(request: Awaited<ReturnType<typeof openRequest>>) {
    const message = request.copies.slack.id;
    const sight = await hub.sandbox.click({ message, person: "Ann", action: "approve" });
    expect(sight.shown).toBe("updated");
    for (const platform of platforms) await closedCopy(hub, request, platform);
    expect((await hub.sandbox.callback(request.approval)).verdict).toBe("verified");
    await everyDeliveryHasAnEnd(hub);
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  }

  it("F1: an hour forward, what is open stays open and is decided as before", async () => {
    const request = await openRequest(hub);
    await hub.sandbox.advance("1h");
    await decide(request);
    await decide(await openRequest(hub));
  });

  it("F1: an hour back, what was taken before goes out at once, and is decided", async () => {
    await hub.sandbox.advance("1h");
    const before = await openRequest(hub);
    const events = Array.from({ length: 3 }, () => deployEvent());
    for (const event of events) await hub.post(event);
    await hub.kill();
    await hub.restart();
    for (const { data } of events) {
      for (const platform of platforms) {
        await hub.sandbox.message(platform, ({ text }) => text.includes(data.title));
      }
    }
    await decide(before);
    await decide(await openRequest(hub));
  });
});

describe("a restart", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  it("F4: edits the cards of open requests that show something old, and counts them", async () => {
    const { copies, approval } = await openRequest(hub);
    await everyDeliveryHasAnEnd(hub);
    await hub.interrupt();
    const path = join(hub.folder, "data", "sandbox", "countersign.db");
    const store = openSqliteStore({ path, clock: { now: () => new Date() } });
    const posts = await store.deliveries.scan("byApproval", { prefix: [approval], limit: 9 });
    for (const post of posts) {
      if (post.state !== "delivered") throw new Error("a card is not out");
      const old = { ...post, shownRevision: 0, revision: post.revision + 1 };
      await store.deliveries.replace(old, post.revision);
    }
    await store.close();
    await hub.restart();
    expect(await hub.line(/"kind":"hub.reconciled"/)).toContain(`"repaired":${posts.length}`);
    for (const platform of platforms) {
      await hub.sandbox.message(
        platform,
        ({ id, edits }) => id === copies[platform].id && edits === 1,
      );
    }
    await everyDeliveryHasAnEnd(hub);
    const { body } = await hub.call<string>("GET", "/metrics");
    expect(body).toContain(`countersign_copies_repaired_total ${posts.length}`);
  });
});

/** The lease is 12 s, and no clock but the machine's own stops a process. */
const standsStillMs = 17_000;
const isSoak = process.env["STAND_STILL"] !== undefined;

describe.skipIf(!isSoak)(
  `a process that stands still for longer than its lease${isSoak ? "" : " [skipped: 17 s of waiting; npm run soak does it]"}`,
  () => {
    it("F1: finds its late result refused, and leaves one decision", {
      timeout: 120_000,
    }, async () => {
      const hub = await RunningHub.start();
      onTestFinished(async () => void (await hub.stop()));
      const request = await openRequest(hub);
      await everyDeliveryHasAnEnd(hub);
      await hub.sandbox.chaos({ platform: "slack", next: 1, answer: "timeout", effect: "after" });
      const message = request.copies.teams.id;
      await hub.sandbox.click({ message, person: "Ann", action: "approve" });
      process.kill(hub.pid, "SIGSTOP");
      await pause(standsStillMs);
      process.kill(hub.pid, "SIGCONT");
      for (const platform of platforms) await closedCopy(hub, request, platform);
      await everyDeliveryHasAnEnd(hub, 60_000);
      expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
    });
  },
);
