import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { WebPerson } from "../fixtures/rig/web-person.ts";

interface ApprovalBody {
  readonly state: string;
  readonly expires_at: string;
  readonly closed_at: string;
}

/** How late a request may expire (FEATURES D9). */
const latestMs = 5_000;

onEveryEngine("a request that nobody decides", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const stored = async ({ approval }: WaitingRequest) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;

  async function expectEnded(request: WaitingRequest, type: string, shown: string) {
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain(shown);
    }
    const { body, verdict } = await hub.sandbox.callback(request.approval);
    expect([body.type, verdict]).toEqual([type, "verified"]);
  }

  it("D9: expires without any click, five seconds after its deadline at the latest", async () => {
    const request = await openRequest(hub, { approval: { expires_in: "10s" } });
    await expectEnded(request, "approval.expired", "⏱ Expired");
    const { state, expires_at: deadline, closed_at: closed } = await stored(request);
    expect(state).toBe("expired");
    const lateMs = Date.parse(closed) - Date.parse(deadline);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThanOrEqual(latestMs);
  });

  it("D9: expires though the hub was down at its deadline, five seconds after the start at the latest", async () => {
    const request = await openRequest(hub, { approval: { expires_in: "10s" } });
    const { expires_at: deadline } = await stored(request);
    await hub.interrupt();
    // Nothing tells that a deadline has passed while no hub runs, but the clock.
    await pause(Math.max(0, Date.parse(deadline) - Date.now()) + 1);
    await hub.restart();
    const startedAt = Date.now();
    await expectEnded(request, "approval.expired", "⏱ Expired");
    const { state, closed_at: closed } = await stored(request);
    expect(state).toBe("expired");
    expect(Date.parse(closed) - startedAt).toBeLessThanOrEqual(latestMs);
  });

  it.each([
    ["slack", "channels", { channel: "#releases" }],
    ["teams", "teams", { team: "Ops" }],
  ] as const)(
    "U1: withdrawn while its place in %s was archived, it has no button there once the place is back",
    async (platform, route, place) => {
      const request = await openRequest(hub);
      const change = async (what: string) => {
        const body = { platform, ...place, do: what };
        const { status } = await hub.sandbox.call("POST", `/${route}`, { body });
        expect(status).toBe(200);
      };
      const deadEdits = async () => {
        const path = "/v1/deliveries?state=dead";
        const { body } = await hub.call<{ readonly items: readonly { readonly kind: string }[] }>(
          "GET",
          path,
          { key: hub.adminKey },
        );
        return body.items.filter(({ kind }) => kind === "edit").length;
      };
      await change("archive");
      await hub.call("POST", `/v1/approvals/${request.approval}/cancel`, { body: {} });
      await expect.poll(deadEdits, { timeout: 20_000 }).toBe(1);
      await change("unarchive");
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain("⊘ Cancelled by ci");
      await expect.poll(deadEdits).toBe(0);
    },
  );

  describe.each(platforms)("and is withdrawn, seen on %s", (platform) => {
    const lateClick = (request: WaitingRequest) =>
      hub.sandbox.click({
        message: request.copies[platform].id,
        person: "Ben",
        action: "approve",
      });

    it("D14: by its producer, over the API: both copies say so, and a late click reads who and when", async () => {
      const request = await openRequest(hub);
      const path = `/v1/approvals/${request.approval}/cancel`;
      expect((await hub.call("POST", path, { body: { reason: "Superseded" } })).status).toBe(200);
      expect((await lateClick(request)).text).toMatch(/^ci cancelled this (just now|.* ago)\./);
      await expectEnded(request, "approval.cancelled", "⊘ Cancelled by ci");
      expect((await hub.call("POST", path, { body: {} })).status).toBe(409);
    });

    it("D14: by an admin, on its page: both copies say so, and a late click reads who and when", async () => {
      const request = await openRequest(hub);
      const ann = await WebPerson.signIn(hub);
      const page = await ann.open(request.approval);
      expect(await ann.cancel(request.approval, page, "Wrong branch")).toBe(303);
      expect((await lateClick(request)).text).toMatch(/^Ann cancelled this (just now|.* ago)\./);
      await expectEnded(request, "approval.cancelled", "⊘ Cancelled by Ann");
    });
  });
});
