import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClickAnswer } from "../../../core/ports/inbox.ts";
import { closed, waiting } from "../../fixtures/teams/messages.ts";
import { newest, type Rig, startRig } from "../../fixtures/teams/rig.ts";

const approved = closed("approved");
const recorded: ClickAnswer = {
  repeated: false,
  kind: "recorded",
  text: "Approved.",
  message: approved,
};
const refused: ClickAnswer = {
  repeated: false,
  kind: "refused",
  refusal: "not_eligible",
  text: "Your vote is not asked for here. Who can decide: release managers.",
};

let rig: Rig;
beforeEach(async () => {
  rig = await startRig(async () => recorded);
});
afterEach(() => rig.close());

describe("the Teams side and its sandbox", () => {
  it("D2: records a click on Approve and puts the new card inside the answer", async () => {
    const message = await rig.post(waiting);
    const sight = await rig.sandbox.click({
      message: message.id,
      person: "Ann",
      action: "approve",
    });
    expect(sight).toMatchObject({ shown: "updated", http: { status: 200 } });
    const [, , tenant] = ["", "", rig.sandbox.workspace.id];
    expect(rig.inbox.clicks).toEqual([
      {
        platform: "teams",
        workspace: tenant,
        user: rig.sandbox.workspace.people.find(({ name }) => name === "Ann")?.id,
        outsider: false,
        action: "deploy",
        value: "apr_1.digest",
        copy: {
          channel: rig.general.channelId,
          message: message.id.split(":").at(-1),
          serviceUrl: rig.general.serviceUrl,
        },
        click: expect.stringContaining(tenant),
      },
    ]);
    expect(newest(rig.sandbox).edits).toBe(0);
  });
});
