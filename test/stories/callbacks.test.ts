import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEnginesSideBySide } from "../fixtures/rig/engines.ts";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

interface DeliveryBody {
  readonly id: string;
  readonly platform: string;
  readonly state: string;
  readonly attempts: number;
}

onEnginesSideBySide("callbacks", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const deliveries = async (event: string) =>
    (await hub.call<{ readonly deliveries: readonly DeliveryBody[] }>("GET", `/v1/events/${event}`))
      .body.deliveries;

  it.each([500, 503, "reset", 429] as const)(
    "E1: a producer that answers %s is told again until it takes it",
    async (answer) => {
      const request = await openRequest(hub);
      await hub.sandbox.chaos({ platform: "callback", next: 2, answer });
      const { id } = request.copies.slack;
      await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
      await hub.missedAttempt(request.approval, "callback");
      await hub.pass("10m");
      const callback = await hub.sandbox.callback(request.approval);
      expect(callback.verdict).toBe("verified");
    },
  );

  it("E1 E2: a callback whose answer was lost is sent again under the same webhook-id", async () => {
    const request = await openRequest(hub);
    await hub.sandbox.chaos({ platform: "callback", next: 1, answer: "reset", effect: "after" });
    const { id } = request.copies.teams;
    await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
    const first = await hub.sandbox.callback(request.approval);
    await hub.missedAttempt(request.approval, "callback");
    await hub.pass("10m");
    const again = await hub.sandbox.callbackThat(
      ({ approval, repeat }) => approval === request.approval && repeat,
    );
    expect(again.webhook_id).toBe(first.webhook_id);
    expect(again.body).toEqual(first.body);
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });

  it.each(platforms)("E1: an edit that %s refuses at first still comes", async (platform) => {
    const request = await openRequest(hub);
    await hub.sandbox.chaos({ platform, next: 1, answer: 500 });
    const other = platform === "slack" ? "teams" : "slack";
    const message = request.copies[other].id;
    await hub.sandbox.click({ message, person: "Ann", action: "approve" });
    await hub.missedAttempt(request.approval, platform);
    await hub.pass("10m");
    await closedCopy(hub, request, platform);
  });

  it("H7: one id leads from the event through every log line to the callback and the pages", async () => {
    const request = await openRequest(hub);
    const { receipt, approval, copies } = request;
    const event = receipt.id;
    await hub.sandbox.click({ message: copies.slack.id, person: "Dov", action: "approve" });
    await hub.sandbox.click({ message: copies.teams.id, person: "Ann", action: "approve" });
    for (const platform of platforms) await closedCopy(hub, request, platform);
    expect((await hub.sandbox.callback(approval)).body.data.event).toBe(event);
    const lines = hub.lines
      .filter((line) => line.startsWith("{") && line.includes(approval))
      .map((line) => JSON.parse(line) as { readonly kind: string; readonly event?: string });
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(["event.received", "delivery.attempted", "click.refused", "approval.closed"]),
    );
    expect(lines.filter((line) => line.event !== event)).toEqual([]);
    const page = `/v1/approvals/${approval}`;
    expect((await hub.call<{ readonly event: string }>("GET", page)).body.event).toBe(event);
  });

  it("E1: the delivery log of an event shows every delivery at its end", async () => {
    const request = await openRequest(hub);
    const message = request.copies.slack.id;
    await hub.sandbox.click({ message, person: "Ann", action: "approve" });
    await hub.sandbox.callback(request.approval);
    for (const platform of platforms) await closedCopy(hub, request, platform);
    const all = await deliveries(request.receipt.id);
    const posted = all.filter(({ platform }) => platform !== "callback");
    expect(posted.length).toBeGreaterThanOrEqual(2);
    expect(all.map(({ platform }) => platform)).toContain("callback");
  });
});
