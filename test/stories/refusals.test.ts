import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { openRequest, type WaitingRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

onEveryEngine("refusals", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const stored = async ({ approval }: WaitingRequest) =>
    (await hub.call("GET", `/v1/approvals/${approval}`)).body;

  /** The call by which each platform tells who somebody is. */
  const whoIs = { slack: "users.info", teams: "members" };

  describe.each(platforms)("on %s", (platform) => {
    const refused = [
      {
        row: "C9 U2 U6",
        who: "somebody who may not decide",
        person: "Chloé",
        text: "Your vote is not asked for here. Who can decide: release managers.",
        ask: {},
      },
      {
        row: "D7 U6",
        who: "the requester",
        person: "Ann",
        text: "You cannot decide your own request. Who can: release managers.",
        ask: { requested_by: "ann@example.com" },
      },
      {
        row: "C9",
        who: "a guest",
        person: "Dov",
        text: "People from outside cannot decide here. Ask somebody of this workspace to decide.",
        ask: {},
      },
      {
        row: "C9 U2",
        who: "somebody who is not linked",
        person: "Eve",
        text: expect.stringMatching(
          /^Countersign does not know yet who you are\. Open this private link within 10 minutes, then press again; the request is still open: http:\/\/[\w.]+:\d+\/link\/\w{32}$/,
        ),
        ask: {},
      },
    ].map(({ row, who, ...rest }) => [row, who, rest] as const);

    it.each(refused)("%s: %s is told in private why it does not count", async (_row, _who, one) => {
      const { person, text, ask } = one;
      const request = await openRequest(hub, { approval: ask });
      const before = await stored(request);
      const message = request.copies[platform];
      const sight = await hub.sandbox.click({ message: message.id, person, action: "approve" });
      expect(sight).toMatchObject({ shown: "refusal", text, http: { status: 200 } });
      expect(await stored(request)).toEqual(before);
      const now = (await hub.sandbox.messages(platform)).find(({ id }) => id === message.id);
      expect(now).toMatchObject({ edits: 0, thread: [], buttons: message.buttons });
    });

    it("G11: a person of whom the platform does not tell is asked to press again, and counts then", async () => {
      const request = await openRequest(hub);
      const before = await stored(request);
      const message = request.copies[platform];
      // Nobody else presses as Ben: what a platform told of somebody is believed for ten minutes.
      const click = { message: message.id, person: "Ben", action: "approve" };
      await hub.sandbox.chaos({ platform, next: 1, answer: 503, method: whoIs[platform] });
      expect(await hub.sandbox.click(click)).toMatchObject({
        shown: "refusal",
        text: "We could not find out just now who you are, so your click did not count. Press again in a minute.",
      });
      expect(await stored(request)).toEqual(before);
      expect((await hub.sandbox.click(click)).shown).toBe("updated");
    });

    it("C9 U3: a person who voted already is told so, and who decided", async () => {
      const request = await openRequest(hub);
      const click = { message: request.copies[platform].id, person: "Ann", action: "approve" };
      await hub.sandbox.click(click);
      const again = await hub.sandbox.click(click);
      expect(again.shown).not.toBe("none");
      expect(again.text).toMatch(/^Ann approved this .* in (Slack|Teams)\.$/);
    });

    it("C9: a request that expired says so and how to go on", async () => {
      const request = await openRequest(hub, { approval: { expires_in: hub.deadline("1h") } });
      await hub.pass("2h");
      await vi.waitFor(
        async () => expect(await stored(request)).toMatchObject({ state: "expired" }),
        { timeout: 30_000 },
      );
      const late = await hub.sandbox.click({
        message: request.copies[platform].id,
        person: "Ann",
        action: "approve",
      });
      expect(late.text).toMatch(/^This request expired .* Ask its requester to send it again\.$/);
    });
  });

  it("D7: a requester whom nobody knows is named as a claim, and blocks no one", async () => {
    const request = await openRequest(hub, { approval: { requested_by: "zoe@elsewhere.example" } });
    const sight = await hub.sandbox.click({
      message: request.copies.slack.id,
      person: "Ann",
      action: "approve",
    });
    expect(sight.shown).toBe("updated");
  });
});
