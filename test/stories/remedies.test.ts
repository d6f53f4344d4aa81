import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  decidingButtons,
  deployEvent,
  openRequest,
  shownTexts,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

const formRefused = { slack: "invalid_blocks", teams: "BadArgument" } as const;

interface EventList {
  readonly items: readonly { readonly data: { readonly request_id: string } }[];
}

interface Trace {
  readonly deliveries: readonly {
    readonly kind: string;
    readonly platform: string;
    readonly state: string;
  }[];
}

onEveryEngine("what the platform refuses", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
    // The request that waits for a newcomer must not meet the trouble that is ordered for others.
    for (const platform of platforms) {
      await hub.sandbox.message(platform, ({ text }) => text.includes("billing 3.0.1"));
    }
  });
  afterAll(() => endStory(hub));

  it.each(platforms)("U11: a card whose form %s refuses comes as a short one", async (platform) => {
    await hub.sandbox.chaos({ platform, next: 1, answer: formRefused[platform] });
    const { approval } = await hub.post(deployEvent());
    const short = await hub.sandbox.message(platform, (message) =>
      message.text.includes(approval?.id ?? "nothing"),
    );
    expect(decidingButtons(short)).toEqual([]);
    expect(short.buttons.map(({ action }) => action)).toEqual(["open"]);
    for (const each of platforms) await hub.sent(approval?.id ?? "nothing", each);
  });

  it.each(platforms)("C5: a copy deleted in %s gets one closing note", async (platform) => {
    const request = await openRequest(hub);
    const gone = request.copies[platform].id;
    await hub.sandbox.remove(gone);
    const other = platform === "slack" ? "teams" : "slack";
    const message = request.copies[other].id;
    await hub.sandbox.click({ message, person: "Ann", action: "approve" });
    await closedCopy(hub, request, other);
    const note = await hub.sandbox.message(
      platform,
      ({ id, text }) => id !== gone && text.includes(request.approval),
    );
    expect(decidingButtons(note)).toEqual([]);
    expect(note.text).toContain("approved by Ann");
  });

  it.each(platforms)(
    "U4: an edit that comes late shows the newest state, on %s",
    async (platform) => {
      const request = await openRequest(hub);
      const other = platform === "slack" ? "teams" : "slack";
      await hub.sandbox.chaos({ platform, next: 1, answer: 500 });
      const message = request.copies[other].id;
      await hub.sandbox.click({ message, person: "Ann", action: "approve" });
      await hub.missedAttempt(request.approval, platform);
      await hub.call("POST", `/v1/approvals/${request.approval}/outcome`, {
        body: { outcome: "executed", detail: "both regions" },
      });
      await hub.pass("10m");
      const shown = await hub.sandbox.message(
        platform,
        (copy) =>
          copy.id === request.copies[platform].id && shownTexts(copy).includes("both regions"),
      );
      expect(shownTexts(shown)).toContain("Approved by Ann");
      const edits = async () => {
        const { body } = await hub.call<Trace>("GET", `/v1/events/${request.receipt.id}`);
        return body.deliveries
          .filter((one) => one.kind === "edit" && one.platform === platform)
          .map(({ state }) => state)
          .sort();
      };
      // An edit that was on its way while the clock moved counts as cut off, and finds its own work done.
      const ended = [
        ["delivered", "suppressed"],
        ["suppressed", "suppressed"],
      ];
      await expect.poll(edits, { timeout: 10_000 }).toBeOneOf(ended);
    },
  );

  it("E5: a callback that fails is an event of the hub, and is listed", async () => {
    const request = await openRequest(hub);
    await hub.sandbox.chaos({ platform: "callback", next: 1, answer: 500 });
    const { id } = request.copies.slack;
    await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
    await hub.missedAttempt(request.approval, "callback");
    await hub.line(/"type":"callback.failed"|callback\.failed/);
    const path = "/v1/events?type=callback.failed";
    const { body } = await hub.call<EventList>("GET", path, { key: hub.adminKey });
    expect(body.items.map(({ data }) => data.request_id)).toContain(request.approval);
  });

  it("F3: a dead delivery is put back, and makes one card", async () => {
    await hub.sandbox.chaos({ platform: "slack", next: 1, answer: "restricted_action" });
    const { approval } = await hub.post(deployEvent());
    await hub.line(/restricted_action/);
    const dry = await hub.call<{ readonly found: number }>("POST", "/v1/deliveries/redeliver", {
      key: hub.adminKey,
      body: { filter: { since: "1h" }, dry_run: true },
    });
    expect(dry.body.found).toBe(1);
    const again = await hub.call<{ readonly queued: number }>("POST", "/v1/deliveries/redeliver", {
      key: hub.adminKey,
      body: {},
    });
    expect(again.body.queued).toBe(1);
    await hub.sandbox.message("slack", ({ text }) => text.includes(approval?.id ?? "nothing"));
    const all = await hub.sandbox.messages("slack");
    expect(all.filter(({ text }) => text.includes(approval?.id ?? "nothing"))).toHaveLength(1);
    const settled = await hub.call("POST", "/v1/deliveries/redeliver", {
      key: hub.adminKey,
      body: {},
    });
    expect(settled.body).toMatchObject({ found: 0, queued: 0 });
  });

  it("D23: the producer reports what it did, and every card says so", async () => {
    const request = await openRequest(hub);
    const { id } = request.copies.slack;
    await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
    const path = `/v1/approvals/${request.approval}/outcome`;
    const reported = await hub.call("POST", path, {
      body: { outcome: "executed", detail: "both regions" },
    });
    expect(reported.body).toMatchObject({ state: "approved", outcome: { outcome: "executed" } });
    for (const platform of platforms) {
      await hub.sandbox.message(
        platform,
        (message) =>
          message.id === request.copies[platform].id &&
          JSON.stringify(message.blocks ?? message.card).includes("both regions"),
      );
    }
    const twice = await hub.call("POST", path, { body: { outcome: "failed" } });
    expect(twice.status).toBe(409);
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });

  it("D23: an admin takes an approval back, and the producer is told", async () => {
    const request = await openRequest(hub);
    const { id } = request.copies.teams;
    await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
    await hub.sandbox.callback(request.approval);
    const path = `/v1/approvals/${request.approval}/revoke`;
    expect((await hub.call("POST", path, { body: { reason: "wrong version" } })).status).toBe(403);
    const revoked = await hub.call("POST", path, {
      key: hub.adminKey,
      body: { reason: "wrong version" },
    });
    expect(revoked.body).toMatchObject({ state: "revoked", closed_by: "Ann" });
    const callback = await hub.sandbox.callbackThat(
      ({ approval, type }) => approval === request.approval && type === "approval.revoked",
    );
    expect(callback.verdict).toBe("verified");
  });
});
