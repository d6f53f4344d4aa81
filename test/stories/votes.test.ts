import { afterAll, beforeAll, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { type Platform, platforms } from "../fixtures/rig/sandbox-client.ts";

interface ApprovalBody {
  readonly state: string;
  readonly votes: readonly { readonly name: string; readonly choice: string }[];
}

const surface: Readonly<Record<Platform, string>> = { slack: "Slack", teams: "Teams" };
const reason = "Not before Monday";

onEveryEngine("a request that two people must decide", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const open = () => openRequest(hub, {}, "release.requested");
  const stored = async ({ approval }: WaitingRequest) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;
  const press = (
    { copies }: WaitingRequest,
    platform: Platform,
    person: string,
    action: "approve" | "reject" = "approve",
  ) =>
    hub.sandbox.click({
      message: copies[platform].id,
      person,
      action,
      ...(action === "reject" ? { inputs: { reason } } : {}),
    });
  const copyThatShows = (request: WaitingRequest, platform: Platform, text: string) =>
    hub.sandbox.message(
      platform,
      (message: SandboxMessage) =>
        message.id === request.copies[platform].id && shownTexts(message).includes(text),
    );

  const copyWithNotes = (request: WaitingRequest, platform: Platform, count: number) =>
    hub.sandbox.message(
      platform,
      (message: SandboxMessage) =>
        message.id === request.copies[platform].id && message.thread.length >= count,
    );

  for (const here of platforms) {
    const there: Platform = here === "slack" ? "teams" : "slack";

    it(`D4, C6: a first vote in ${surface[here]} shows as 1 of 2 on every copy, the second one decides, and each is one reply in every thread`, async () => {
      const request = await open();
      for (const platform of platforms) {
        expect(shownTexts(request.copies[platform])).toContain("0 of 2");
      }
      expect((await press(request, here, "Ann")).shown).toBe("updated");
      for (const platform of platforms) await copyThatShows(request, platform, "1 of 2");
      expect(await stored(request)).toMatchObject({ state: "open", votes: [{ name: "Ann" }] });

      expect((await press(request, there, "Ben")).shown).toBe("updated");
      for (const platform of platforms) {
        const shown = shownTexts(await closedCopy(hub, request, platform));
        expect(shown).toContain(`✓ Approved by Ben in ${surface[there]}`);
        expect(shown).toContain("Ann");
      }
      const { body } = await hub.sandbox.callback(request.approval);
      expect(body.data).toMatchObject({
        state: "approved",
        votes: [
          { name: "Ann", via: here },
          { name: "Ben", via: there },
        ],
      });
      for (const platform of platforms) {
        const { thread } = await copyWithNotes(request, platform, 2);
        const notes = thread.map((note) => JSON.stringify(note));
        expect(notes[0]).toContain(`✓ Approved by Ann in ${surface[here]}`);
        expect(notes[1]).toContain(`✓ Approved by Ben in ${surface[there]}`);
        expect(notes).toHaveLength(2);
      }
    });

    it(`D5: a person who voted in ${surface[here]} has no second vote, neither there nor with the other account`, async () => {
      const request = await open();
      await press(request, here, "Ann");
      const first = await stored(request);
      for (const platform of [here, there]) {
        const again = await press(request, platform, "Ann");
        expect(again.shown).not.toBe("none");
        expect(again.text).toMatch(
          new RegExp(`^Your vote stands: you approved this .* in ${surface[here]}\\.$`),
        );
      }
      expect(await stored(request)).toEqual(first);
      expect(first).toMatchObject({ state: "open", votes: [{ name: "Ann" }] });
    });

    it(`D4: one rejection in ${surface[here]} leaves it open, the second one rejects it`, async () => {
      const request = await open();
      expect((await press(request, here, "Ann", "reject")).shown).toBe("updated");
      expect((await stored(request)).state).toBe("open");
      expect((await press(request, there, "Ben", "reject")).shown).toBe("updated");
      for (const platform of platforms) {
        expect(shownTexts(await closedCopy(hub, request, platform))).toContain(
          `✕ Rejected by Ben in ${surface[there]}`,
        );
      }
      const { body } = await hub.sandbox.callback(request.approval);
      expect(body.type).toBe("approval.rejected");
    });
  }

  it("D4: one for and one against decide nothing", async () => {
    const request = await open();
    await press(request, "slack", "Ann");
    await press(request, "teams", "Ben", "reject");
    expect(await stored(request)).toMatchObject({
      state: "open",
      votes: [{ choice: "approve" }, { choice: "reject" }],
    });
  });

  it("D4: two who press at the same moment are two votes and one decision", async () => {
    const request = await open();
    const sights = await Promise.all([
      press(request, "slack", "Ann"),
      press(request, "teams", "Ben"),
    ]);
    expect(sights.map(({ shown }) => shown)).toEqual(["updated", "updated"]);
    const { state, votes } = await stored(request);
    expect([state, votes.map(({ name }) => name).toSorted()]).toEqual(["approved", ["Ann", "Ben"]]);
    await hub.sandbox.callback(request.approval);
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });
});
