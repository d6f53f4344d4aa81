import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface ApprovalBody {
  readonly state: string;
  readonly votes: readonly { readonly name: string; readonly reason?: string }[];
}

/** Clients of Teams that cannot do all that a card offers, or that show an old one. */
onEveryEngine("clients of Teams", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const stored = async ({ approval }: WaitingRequest) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;
  const pressOld = (
    { copies }: WaitingRequest,
    person: string,
    action: string,
    inputs?: Readonly<Record<string, string>>,
  ) =>
    hub.sandbox.click({
      ...{ message: copies.teams.id, person, action, client: "old" },
      ...(inputs ? { inputs } : {}),
    });

  it("D2 U8: one without Action.Execute approves by its fallback, and every copy and the producer are told", async () => {
    const request = await openRequest(hub);
    const sight = await pressOld(request, "Ann", "approve");
    expect(sight).toMatchObject({ shown: "none", http: { status: 200 } });
    for (const platform of ["slack", "teams"] as const) {
      const closed = await closedCopy(hub, request, platform);
      expect(shownTexts(closed)).toContain("✓ Approved by Ann in Teams");
    }
    expect((await hub.sandbox.callback(request.approval)).verdict).toBe("verified");
    expect(await stored(request)).toMatchObject({ state: "approved", votes: [{ name: "Ann" }] });
  });

  it("D8: one without Action.Execute rejects with the reason of its form", async () => {
    const request = await openRequest(hub);
    const asked = await pressOld(request, "Ben", "reject", { reason: "x" });
    expect(asked).toMatchObject({ shown: "dialog" });
    await pressOld(request, "Ben", "reject", { reason: "Not before Monday" });
    expect(shownTexts(await closedCopy(hub, request, "slack"))).toContain("Not before Monday");
    expect(await stored(request)).toMatchObject({
      state: "rejected",
      votes: [{ name: "Ben", reason: "Not before Monday" }],
    });
  });

  it("C9 U2: one without Action.Execute is told a refusal below the card, by name, as no private answer exists", async () => {
    const request = await openRequest(hub);
    const sight = await pressOld(request, "Chloé", "approve");
    expect(sight).toMatchObject({ shown: "refusal", http: { status: 200 } });
    expect(sight.text).toMatch(/^Chloé: Your vote is not asked for here\./);
    expect(await stored(request)).toMatchObject({ state: "open", votes: [] });
  });

  it.each(["manual", "automatic"] as const)(
    "U7: a refresh (%s) shows what holds now, whatever card asks for it, and never decides",
    async (trigger) => {
      const request = await openRequest(hub);
      const message = request.copies.teams.id;
      const waiting = await hub.sandbox.refresh({ message, person: "Ann", trigger });
      expect(waiting).toMatchObject({ shown: "updated", http: { status: 200 } });
      expect(waiting.text).toContain("waiting for approval");
      expect(await stored(request)).toMatchObject({ state: "open", votes: [] });

      await hub.sandbox.click({
        message: request.copies.slack.id,
        person: "Ben",
        action: "approve",
      });
      await closedCopy(hub, request, "teams");
      const after = await hub.sandbox.refresh({ message, person: "Ann", trigger });
      expect(after.shown).toBe("updated");
      expect(after.text).toContain("approved by Ben");
      expect(await stored(request)).toMatchObject({ state: "approved", votes: [{ name: "Ben" }] });
    },
  );

  it("U8: a card that waits says whom it refreshes for, which is nobody by itself", async () => {
    const { copies } = await openRequest(hub);
    expect(copies.teams.card).toMatchObject({ refresh: { userIds: [] } });
  });
});
