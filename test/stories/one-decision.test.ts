import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
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
import { type Platform, platforms } from "../fixtures/rig/sandbox-client.ts";

const names: Readonly<Record<Platform, string>> = { slack: "Slack", teams: "Teams" };
const rows: Readonly<Record<Platform, string>> = { slack: "D1", teams: "D2" };

interface ApprovalBody {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly votes: readonly { readonly name: string; readonly reason?: string }[];
}

onEveryEngine("one decision", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const stored = async (id: string) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${id}`)).body;

  describe.each(platforms)("on %s", (here) => {
    const there: Platform = here === "slack" ? "teams" : "slack";

    it(`${rows[here]} C5 U1: approving edits both copies and calls the producer back`, async () => {
      const request = await openRequest(hub);
      const { copies, approval } = request;
      expect(decidingButtons(copies[here])).toEqual(["approve", "reject"]);

      const sight = await hub.sandbox.click({
        message: copies[here].id,
        person: "Ann",
        action: "approve",
      });
      expect(sight).toMatchObject({ shown: "updated", http: { status: 200 } });
      expect(await stored(approval)).toMatchObject({ state: "approved", revision: 2 });

      for (const platform of [here, there]) {
        const copy = await closedCopy(hub, request, platform);
        expect(copy.edits).toBeGreaterThanOrEqual(1);
        expect(shownTexts(copy)).toContain(`✓ Approved by Ann in ${names[here]}`);
        expect(copy.buttons.map(({ action }) => action)).toEqual(["open"]);
      }
      const callback = await hub.sandbox.callback(approval);
      expect(callback.verdict).toBe("verified");
      expect(callback.body).toMatchObject({
        type: "approval.approved",
        data: {
          approval,
          state: "approved",
          event: request.receipt.id,
          external_id: request.receipt.external_id,
          choice: "approve",
          via: here,
          votes: [{ name: "Ann", choice: "approve", via: here, assurance: "click" }],
        },
      });
    });

    it(`${rows[here]} D8: a rejection carries its reason to both copies and the producer`, async () => {
      const request = await openRequest(hub);
      const reason = "Friday evening: not before Monday";
      const sight = await hub.sandbox.click({
        message: request.copies[here].id,
        person: "Ben",
        action: "reject",
        inputs: { reason },
      });
      expect(sight.shown).toBe("updated");
      for (const platform of platforms) {
        const shown = shownTexts(await closedCopy(hub, request, platform));
        expect(shown).toContain(`✕ Rejected by Ben in ${names[here]}`);
        expect(shown).toContain(reason);
      }
      const { body } = await hub.sandbox.callback(request.approval);
      expect(body).toMatchObject({ type: "approval.rejected", data: { reason, via: here } });
    });

    it(`D8 C9: a rejection without a reason is not recorded, and its field is marked`, async () => {
      const request = await openRequest(hub);
      const asked = await hub.sandbox.click({
        message: request.copies[here].id,
        person: "Ann",
        action: "reject",
        ...(here === "teams" ? { inputs: { reason: "" } } : {}),
      });
      const sight =
        asked.shown === "dialog" && here === "slack"
          ? await hub.sandbox.submit({
              dialog: asked.dialog?.id ?? "",
              person: "Ann",
              inputs: { reason: "no" },
            })
          : asked;
      expect(sight.shown).not.toBe("updated");
      expect(sight.shown).not.toBe("none");
      expect(await stored(request.approval)).toMatchObject({ state: "open", votes: [] });
    });

    it("U1 U2: a card whose posting was never confirmed counts, and closes like its twin", async () => {
      const event = deployEvent();
      await hub.sandbox.chaos({ platform: here, next: 1, answer: "reset", effect: "after" });
      const receipt = await hub.post(event);
      const approval = receipt.approval?.id ?? "";
      await hub.missedAttempt(approval, here);
      await hub.sent(approval, here);
      const about = ({ text }: SandboxMessage) => text.includes(event.data.title);
      const [orphan, twin] = (await hub.sandbox.messages(here)).filter(about);
      if (!orphan || !twin) throw new Error("The failure left no second card.");
      const sight = await hub.sandbox.click({
        message: orphan.id,
        person: "Ann",
        action: "approve",
      });
      expect(sight.http.status).toBe(200);
      for (const { id } of [orphan, twin]) {
        await hub.sandbox.message(
          here,
          (message) => message.id === id && decidingButtons(message).length === 0,
        );
      }
    });

    it(`D3 U1: a click on the closed copy in ${names[there]} says who decided`, async () => {
      const request = await openRequest(hub);
      const { copies, approval } = request;
      await hub.sandbox.click({ message: copies[here].id, person: "Ann", action: "approve" });
      const closed = await stored(approval);
      const late = await hub.sandbox.click({
        message: copies[there].id,
        person: "Ben",
        action: "approve",
      });
      expect(late.shown).not.toBe("none");
      expect(late.text).toMatch(new RegExp(`^Ann approved this .* in ${names[here]}\\.$`));
      expect(await stored(approval)).toEqual(closed);
    });
  });

  it("U5: a button carries a value and leads nowhere by itself", async () => {
    const { copies } = await openRequest(hub);
    const [slack, teams] = [JSON.stringify(copies.slack.blocks), JSON.stringify(copies.teams.card)];
    expect(slack).toMatch(/"style":"primary"/);
    expect(slack).not.toMatch(/"action_id":"approve"[^}]*"url"/);
    expect(teams).toMatch(/"type":"Action.Execute"/);
    expect(teams).not.toMatch(/"type":"Action.OpenUrl","title":"(Approve|Reject)/);
  });

  it("U1 D3: cancelling by the producer closes both copies", async () => {
    const request = await openRequest(hub);
    const path = `/v1/approvals/${request.approval}/cancel`;
    const answer = await hub.call("POST", path, { body: { reason: "Superseded" } });
    expect(answer.status).toBe(200);
    for (const platform of platforms) {
      const copy = await closedCopy(hub, request, platform);
      expect(shownTexts(copy)).toContain("⊘ Cancelled by");
    }
    const { body } = await hub.sandbox.callback(request.approval);
    expect(body.type).toBe("approval.cancelled");
  });

  it("U1: expiry closes both copies by itself and calls the producer back", async () => {
    const request = await openRequest(hub, { approval: { expires_in: hub.deadline("2h") } });
    await hub.pass("3h");
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain("⏱ Expired");
    }
    const { body } = await hub.sandbox.callback(request.approval);
    expect(body.type).toBe("approval.expired");
  });
});
