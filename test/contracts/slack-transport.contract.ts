import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SlackChannel } from "../../core/domain/destination.ts";
import { deriveId } from "../../core/domain/ids.ts";
import type { MessageRef } from "../../core/domain/message-ref.ts";
import type { ClickAnswer } from "../../core/ports/inbox.ts";
import type { WorkspaceNews } from "../../core/ports/workspace-news.ts";
import { slackTexts } from "../../slack-app/render/refusal.ts";
import {
  approved,
  type Rig,
  recorded,
  refused,
  startRig,
  type Transport,
  waiting,
} from "../slack-app/rig.ts";

const prompt = {
  title: "Reject this request?",
  heading: "Deploy web 1.4.2",
  context: "asked by Chloé · from ci",
  label: "Why? The requester will see this",
  hint: "At least 3 characters. One rejection ends this request.",
  submit: "Reject request",
  cancel: "Cancel",
  atLeast: 3,
};

/**
 * What people and Slack's news must find at the door, by whatever way they reach it: requests that Slack signs, or a
 * connection of ours (A4).
 */
export function describeSlackTransport(transport: Transport): void {
  describe(`A4: a card in Slack, over ${transport}`, () => {
    let rig: Rig;
    let ref: MessageRef;
    let message: string;

    beforeEach(async () => {
      rig = await startRig(transport);
      const channelId = rig.sandbox.workspace.channels[0]?.id ?? "";
      const destination: SlackChannel = {
        kind: "slack",
        id: deriveId("destination", "releases"),
        organization: deriveId("organization", "own"),
        revision: 1,
        name: "#releases",
        slackTeamId: rig.installation.slackTeamId,
        channelId,
      };
      const { result } = await rig.app.adapter.post(destination, waiting);
      if (result.kind !== "sent" || !result.ref)
        throw new Error(`not sent: ${JSON.stringify(result)}`);
      ref = result.ref;
      message = `slack:${ref.channel}:${ref.message}`;
    });
    afterEach(() => rig.close());

    const editAfterClick = () => {
      rig.inbox.answer = () => {
        setImmediate(() => rig.app.adapter.edit(ref, approved));
        return recorded;
      };
    };

    it("D1: brings a signed click to the inbox and shows the edited card", async () => {
      editAfterClick();
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight).toMatchObject({ shown: "updated", http: { status: 200 } });
      expect(rig.inbox.clicks).toHaveLength(1);
      expect(rig.inbox.clicks[0]).toMatchObject({
        platform: "slack",
        workspace: rig.installation.slackTeamId,
        user: rig.sandbox.workspace.people[0]?.id,
        outsider: false,
        action: "approve",
        value: "apr_1:digest",
        copy: { channel: ref.channel, message: ref.message },
      });
      const shown = rig.sandbox.messages(0).items.find((one) => one.id === message);
      expect(shown).toMatchObject({ edits: 1, buttons: [{ action: "open", label: "Open" }] });
    });

    it("C9: tells a refused person why, privately, and leaves the card alone", async () => {
      rig.inbox.answer = () => refused;
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight).toMatchObject({
        shown: "refusal",
        text: "Your vote is not asked for here. Who can decide: release managers.",
      });
      expect(rig.sandbox.messages(0).items.find((one) => one.id === message)?.edits).toBe(0);
    });

    it("D8: asks why in a dialog, and brings the reason to the inbox", async () => {
      rig.inbox.answer = (click) => {
        if (click.reason === undefined) return { repeated: false, kind: "reason_needed", prompt };
        setImmediate(() => rig.app.adapter.edit(ref, approved));
        return recorded;
      };
      const asked = await rig.sandbox.click({ message, person: "Ann", action: "reject" });
      expect(asked).toMatchObject({
        shown: "dialog",
        dialog: {
          title: "Reject this request?",
          inputs: [{ id: "reason", label: "Why? The requester will see this" }],
        },
      });
      const dialog = asked.dialog?.id ?? "";
      const sight = await rig.sandbox.submit({
        dialog,
        person: "Ann",
        inputs: { reason: "It locks" },
      });
      expect(sight.shown).toBe("updated");
      expect(rig.inbox.clicks.map((click) => [click.action, click.value, click.reason])).toEqual([
        ["reject", "apr_1:digest", undefined],
        ["reject", "apr_1:digest", "It locks"],
      ]);
      expect(rig.inbox.clicks[1]?.copy).toEqual({ channel: ref.channel, message: ref.message });
    });

    const askThen = (answer: (reason: string) => ClickAnswer) => {
      rig.inbox.answer = ({ reason }) =>
        reason === undefined ? { repeated: false, kind: "reason_needed", prompt } : answer(reason);
    };
    const reject = (reason: string) =>
      rig.sandbox.click({ message, person: "Ann", action: "reject", inputs: { reason } });

    it("D8: fills the dialog and sends it in one call", async () => {
      askThen(() => {
        setImmediate(() => rig.app.adapter.edit(ref, approved));
        return recorded;
      });
      expect((await reject("It locks")).shown).toBe("updated");
      expect(rig.inbox.clicks[1]?.reason).toBe("It locks");
    });

    it("D8: marks the field of an empty or short reason, and sends nothing", async () => {
      askThen(() => recorded);
      for (const reason of ["", "no"]) {
        const sight = await reject(reason);
        expect(sight.shown).toBe("dialog");
        expect(sight.dialog?.inputs[0]?.error).toBeTruthy();
      }
      expect(rig.inbox.clicks.every((click) => click.reason === undefined)).toBe(true);
    });

    it("D8: marks the field when the hub finds the reason too short", async () => {
      const text = "A reason of at least 3 characters is needed. Nothing was recorded.";
      askThen(() => ({ repeated: false, kind: "refused", refusal: "reason_missing", text }));
      const sight = await reject("   ");
      expect(sight).toMatchObject({ shown: "dialog", dialog: { inputs: [{ error: text }] } });
    });

    it("D8: counts a second reason from the same dialog as another try, and a repeat as the same", async () => {
      const text = "A reason is needed.";
      askThen(() => ({ repeated: false, kind: "refused", refusal: "reason_missing", text }));
      const dialog = (await reject("   ")).dialog?.id ?? "";
      await rig.sandbox.submit({ dialog, person: "Ann", inputs: { reason: "   " } });
      await rig.sandbox.submit({ dialog, person: "Ann", inputs: { reason: "It locks" } });
      const [first, again, better] = rig.inbox.clicks.slice(1).map((click) => click.click);
      expect(again).toBe(first);
      expect(better).not.toBe(first);
    });

    it("C9: puts the refusal in the place of the dialog", async () => {
      const text = "Ben approved this just now in Teams.";
      askThen(() => ({ repeated: false, kind: "refused", refusal: "closed", text }));
      const sight = await reject("It locks");
      expect(sight).toMatchObject({ shown: "refusal", text });
      expect(sight.dialog?.inputs).toEqual([]);
    });

    it("F1: keeps the dialog with what was typed when the save is not confirmed", async () => {
      askThen(() => {
        throw new Error("the disk is gone");
      });
      const sight = await reject("It locks");
      expect(sight.shown).toBe("dialog");
      expect(sight.dialog?.inputs[0]?.error).toMatch(/^We could not confirm/);
      expect(rig.log).toMatchObject([{ kind: "hub.trouble", where: "slack.reason" }]);
    });

    it("F1: never says done when the inbox breaks", async () => {
      rig.inbox.answer = () => {
        throw new Error("the disk is gone");
      };
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight.shown).toBe("refusal");
      expect(sight.text).toMatch(/^We could not confirm/);
      expect(rig.log).toMatchObject([{ kind: "hub.trouble", where: "slack.click" }]);
    });

    it("D8: says so when the trigger is too old for the dialog", async () => {
      rig.inbox.answer = () => {
        rig.clock.offsetMs += 3_000;
        return { repeated: false, kind: "reason_needed", prompt };
      };
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "reject" });
      expect(sight).toMatchObject({ shown: "refusal", text: slackTexts.dialogTooLate });
    });

    it("U3: tells the slower of two people who was first, though the card is edited meanwhile", async () => {
      const text = "Ann approved this just now in Slack.";
      rig.inbox.answer = async () => {
        if (rig.inbox.clicks.length === 1) return recorded;
        await rig.app.adapter.edit(ref, approved);
        return { repeated: false, kind: "refused", refusal: "closed", text };
      };
      const [first, second] = await Promise.all([
        rig.sandbox.click({ message, person: "Ann", action: "approve" }),
        rig.sandbox.click({ message, person: "Ben", action: "approve" }),
      ]);
      const shown = [first.shown, second.shown].sort();
      expect(shown).toEqual(["refusal", "updated"]);
    });

    it("C9: answers a person whose screen still shows the buttons of a closed card", async () => {
      await rig.app.adapter.edit(ref, approved);
      rig.inbox.answer = () => ({ ...refused, refusal: "closed" }) as ClickAnswer;
      const sight = await rig.sandbox.click({ message, person: "Ben", action: "approve" });
      expect(sight.shown).toBe("refusal");
    });

    it("shows the names of people as they are", async () => {
      const text = "Who can decide: R&D <leads>, *stars*, :bell:, snake_case.";
      rig.inbox.answer = () => ({ ...refused, text }) as ClickAnswer;
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight.text).toBe(text);
    });

    it("opens the link of a button that has one, and asks nobody", async () => {
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "open" });
      expect(sight).toMatchObject({ shown: "none", text: "Opens https://ci.example/deploys/812" });
      expect(sight.http.status).toBe(200);
      expect(rig.inbox.clicks).toEqual([]);
    });

    it("A12: counts a guest as an outsider", async () => {
      rig.inbox.answer = () => refused;
      await rig.sandbox.click({ message, person: "Dov", action: "approve" });
      expect(rig.inbox.clicks).toMatchObject([{ outsider: true }]);
    });

    it("U15: gives every click an identity of its own, also within one millisecond", async () => {
      rig.inbox.answer = () => refused;
      const order = { message, person: "Ann", action: "approve" };
      await Promise.all(Array.from({ length: 8 }, () => rig.sandbox.click(order)));
      expect(new Set(rig.inbox.clicks.map((click) => click.click)).size).toBe(8);
    });

    it("U17: tells the person when the app is installed nowhere that it knows", async () => {
      rig.lookUp = async () => undefined;
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight).toMatchObject({ shown: "refusal", text: slackTexts.notInstalled });
      expect(rig.inbox.clicks).toEqual([]);
      expect(rig.log).toMatchObject([{ kind: "request.refused", because: "workspace_unknown" }]);
    });

    it("F1: tells the person that nothing is confirmed when installations cannot be read", async () => {
      rig.lookUp = async () => {
        throw new Error("the disk is gone");
      };
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight.text).toMatch(/^We could not confirm/);
      expect(rig.inbox.clicks).toEqual([]);
    });

    it("brings news of channels and is answered when they are kept", async () => {
      const told: WorkspaceNews[] = [];
      rig.tell = async (news) => void told.push(news);
      const done = await rig.sandbox.life?.changeChannel({
        ...{ do: "rename", channel: "#ops", name: "operations" },
      });
      expect(done).toMatchObject({ kind: "done", told: [{ status: 200 }] });
      expect(told).toMatchObject([{ kind: "channel_renamed", name: "#operations" }]);
    });

    it("U15: does not take news for heard that could not be kept", async () => {
      let kept = 0;
      rig.tell = async () => {
        kept += 1;
        if (kept === 1) throw new Error("the disk is gone");
      };
      const wish = { do: "rename", channel: "#ops", name: "operations" } as const;
      const done = await rig.sandbox.life?.changeChannel(wish);
      if (done?.kind !== "done") throw new Error(JSON.stringify(done));
      expect(done.told.map(({ status }) => status)).not.toContain(200);
      await vi.waitFor(() => expect(kept).toBe(2), 20_000);
    });

    it("finishes what it has taken before it closes", async () => {
      let finish = () => {};
      const reached = new Promise<void>((resolve) => {
        rig.inbox.answer = () =>
          new Promise((settle) => {
            finish = () => settle(refused);
            resolve();
          });
      });
      const pressed = rig.sandbox.click({ message, person: "Ann", action: "approve" });
      await reached;
      let isClosed = false;
      const closed = rig.app.close().then(() => {
        isClosed = true;
      });
      expect(isClosed).toBe(false);
      finish();
      await closed;
      await pressed;
      expect(rig.inbox.clicks).toHaveLength(1);
    });
  });
}
