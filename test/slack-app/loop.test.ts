import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SlackChannel } from "../../core/domain/destination.ts";
import { deriveId } from "../../core/domain/ids.ts";
import type { MessageRef } from "../../core/domain/message-ref.ts";
import { approved, type Rig, recorded, refused, startRig, waiting } from "./rig.ts";

const prompt = {
  title: "Reject this request?",
  heading: "Deploy web 1.4.2",
  context: "asked by Chloé · from ci",
  label: "Why? The requester will see this",
  hint: "At least 3 characters. One rejection ends this request.",
  submit: "Reject request",
  atLeast: 3,
};

describe("a card in Slack", () => {
  let rig: Rig;
  let ref: MessageRef;
  let message: string;

  beforeEach(async () => {
    rig = await startRig();
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
});
