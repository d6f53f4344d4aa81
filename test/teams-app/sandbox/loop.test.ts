import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClickAnswer } from "../../../core/ports/inbox.ts";
import { closed, information, waiting } from "../../fixtures/teams/messages.ts";
import { destinationOf, newest, type Rig, startRig } from "../../fixtures/teams/rig.ts";

const recorded: ClickAnswer = {
  repeated: false,
  kind: "recorded",
  text: "Approved.",
  message: closed("approved"),
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

const idOf = (name: string) => rig.sandbox.workspace.people.find((one) => one.name === name)?.id;

describe("a click in Teams", () => {
  it("D2: is recorded, and the new card comes inside the answer", async () => {
    const message = await rig.post(waiting);
    const sight = await rig.sandbox.click({
      message: message.id,
      person: "Ann",
      action: "approve",
    });
    expect(sight).toMatchObject({ shown: "updated", http: { status: 200 } });
    expect(rig.inbox.clicks).toEqual([
      {
        platform: "teams",
        workspace: rig.sandbox.workspace.id,
        user: idOf("Ann"),
        outsider: false,
        owner: { name: "Ann", email: "ann@example.com" },
        action: "deploy",
        value: "apr_1.digest",
        copy: {
          channel: rig.general.channelId,
          message: message.id.split(":").at(-1),
          serviceUrl: rig.general.serviceUrl,
        },
        click: expect.stringContaining(rig.sandbox.workspace.id),
      },
    ]);
  });

  it("changes the view of the person who clicked and of nobody else, until the edit", async () => {
    const posted = await rig.post(waiting);
    await rig.sandbox.click({ message: posted.id, person: "Ann", action: "approve" });
    const shared = newest(rig.sandbox);
    expect(shared).toMatchObject({ edits: 0 });
    expect(shared.buttons.map(({ action }) => action)).toEqual(["deploy", "hold", "open"]);
  });

  it("C9: shows a refusal to the person who clicked, with HTTP 200 and no new card", async () => {
    rig.inbox.answer = async () => refused;
    const message = await rig.post(waiting);
    const sight = await rig.sandbox.click({
      message: message.id,
      person: "Ben",
      action: "approve",
    });
    expect(sight).toMatchObject({ shown: "refusal", text: refused.text, http: { status: 200 } });
    expect(newest(rig.sandbox)).toMatchObject({ edits: 0, thread: [] });
  });

  it("F1: says that nothing is certain when the vote can not be stored", async () => {
    rig.inbox.answer = async () => {
      throw new Error("the store is gone");
    };
    const message = await rig.post(waiting);
    const sight = await rig.sandbox.click({
      message: message.id,
      person: "Ann",
      action: "approve",
    });
    expect(sight.shown).toBe("refusal");
    expect(sight.text).toMatch(/could not confirm/);
    expect(rig.log).toContainEqual(expect.objectContaining({ kind: "hub.trouble" }));
  });

  it("A12: names guests as outsiders and members not", async () => {
    rig.inbox.answer = async () => refused;
    const message = await rig.post(waiting);
    for (const person of ["Dov", "Ann", "Dov"]) {
      await rig.sandbox.click({ message: message.id, person, action: "approve" });
    }
    expect(rig.inbox.clicks.map(({ outsider }) => outsider)).toEqual([true, false, true]);
  });

  it("A12: asks who somebody is by the id under which the bot knows them", async () => {
    const message = await rig.post(waiting);
    await rig.sandbox.click({ message: message.id, person: "Ann", action: "approve" });
    const asked = rig.seen.filter((request) => request.includes("/members/"));
    expect(asked).toEqual([expect.stringMatching(/\/members\/29:/)]);
  });

  it("gives every click an identity of its own", async () => {
    const message = await rig.post(waiting);
    await rig.sandbox.click({ message: message.id, person: "Ann", action: "approve" });
    await rig.sandbox.click({ message: message.id, person: "Ben", action: "approve" });
    expect(new Set(rig.inbox.clicks.map(({ click }) => click)).size).toBe(2);
  });
});

describe("the form of Reject", () => {
  it("D8: opens in the client, and nothing goes to the hub", async () => {
    const message = await rig.post(waiting);
    const sight = await rig.sandbox.click({ message: message.id, person: "Ben", action: "reject" });
    expect(sight.dialog?.inputs).toEqual([
      { id: "reason", label: "Why? The requester will see this" },
    ]);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("D8: shows an error at the field for a reason that is missing or too short", async () => {
    const message = await rig.post(waiting);
    for (const reason of ["", "  ", "no ", " a  "]) {
      const click = { message: message.id, person: "Ben", action: "hold", inputs: { reason } };
      const sight = await rig.sandbox.click(click);
      expect(sight.shown).toBe("dialog");
      expect(sight.dialog?.inputs[0]?.error).toBe("Write at least 3 characters.");
    }
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("D8: sends the reason with the click once it is long enough", async () => {
    const message = await rig.post(waiting);
    const { dialog } = await rig.sandbox.click({
      message: message.id,
      person: "Ben",
      action: "reject",
    });
    const sight = await rig.sandbox.submit({
      dialog: dialog?.id ?? "",
      person: "Ben",
      inputs: { reason: "wrong version" },
    });
    expect(sight.shown).toBe("updated");
    expect(rig.inbox.clicks).toMatchObject([
      { action: "hold", value: "apr_1.digest", reason: "wrong version" },
    ]);
  });
});

describe("the forms of a policy that asks a reason for both", () => {
  it("D8: each send their own field, and it arrives as the reason", async () => {
    const [approve, reject] = waiting.actions;
    if (approve?.kind !== "decide" || reject?.kind !== "decide" || !reject.reason)
      throw new Error();
    const actions = [{ ...approve, reason: reject.reason }, reject];
    const message = await rig.post({ ...waiting, actions });
    for (const [person, action] of [
      ["Ann", "approve"],
      ["Ben", "reject"],
    ] as const) {
      const inputs = { reason: `because ${person} says so` };
      await rig.sandbox.click({ message: message.id, person, action, inputs });
    }
    expect(rig.inbox.clicks.map(({ action, reason }) => [action, reason])).toEqual([
      ["deploy", "because Ann says so"],
      ["hold", "because Ben says so"],
    ]);
  });
});

describe("a client that knows no Action.Execute", () => {
  it("sends the same click as a message, and gets no card", async () => {
    const message = await rig.post(waiting);
    const click = { message: message.id, person: "Ann", action: "approve", client: "old" } as const;
    expect(await rig.sandbox.click(click)).toMatchObject({ shown: "none", http: { status: 200 } });
    expect(rig.inbox.clicks).toMatchObject([
      { user: idOf("Ann"), action: "deploy", value: "apr_1.digest" },
    ]);
    expect(newest(rig.sandbox)).toMatchObject({ edits: 0, thread: [] });
  });

  it("C9: is told a refusal below the message, by name", async () => {
    rig.inbox.answer = async () => refused;
    const message = await rig.post(waiting);
    const inputs = { reason: "wrong version" };
    const click = {
      message: message.id,
      person: "Ben",
      action: "hold",
      client: "old",
      inputs,
    } as const;
    const sight = await rig.sandbox.click(click);
    expect(sight).toMatchObject({ shown: "refusal", text: `Ben: ${refused.text}` });
    expect(rig.inbox.clicks).toMatchObject([{ action: "hold", reason: "wrong version" }]);
  });
});

describe("a message in Teams", () => {
  it("U12: is edited later by what the post gave back", async () => {
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    const edited = await rig.app.adapter.edit(posted.result.ref, closed("rejected"));
    expect(edited).toMatchObject({ result: { kind: "sent" }, status: 200 });
    const message = newest(rig.sandbox);
    expect(message).toMatchObject({ edits: 1, channel_name: "Ops › General" });
    expect(message.buttons).toEqual([{ action: "open", label: "Open" }]);
  });

  it("C6: has notes in its thread, in which nothing of a person is live", async () => {
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    const line = [{ kind: "text", text: "✓ Approved by [Ann](https://evil.example)" }] as const;
    const note = { line, body: "**well**\n<at>all</at>", plainText: "✓" };
    expect(await rig.app.adapter.note(posted.result.ref, note)).toMatchObject({
      result: { kind: "sent" },
      status: 201,
    });
    const { thread, edits } = newest(rig.sandbox);
    expect(edits).toBe(0);
    expect(thread).toMatchObject([
      {
        author: { name: "Countersign" },
        text: "✓ Approved by \\[Ann\\](https://evil.example)\n\n\\*\\*well\\*\\*\n\n\\<\u2060at\\>all\\<\u2060/at\\>",
      },
    ]);
  });

  it("takes private views away with an edit", async () => {
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    const { id } = newest(rig.sandbox);
    await rig.sandbox.click({ message: id, person: "Ann", action: "approve" });
    await rig.app.adapter.edit(posted.result.ref, waiting);
    rig.inbox.answer = async () => refused;
    const again = await rig.sandbox.click({ message: id, person: "Ann", action: "approve" });
    expect(again.shown).toBe("refusal");
  });

  it("carries its plain text beside the card, and never as text of the message", async () => {
    const report = await rig.app.adapter.post(rig.general, information);
    expect(report.request).toMatchObject({ summary: information.plainText });
    expect(report.request).not.toHaveProperty("text");
    expect(newest(rig.sandbox)).toMatchObject({ text: information.plainText });
  });

  it("has a report without a token in it", async () => {
    const report = await rig.app.adapter.post(
      destinationOf(rig.sandbox, "Finance › General"),
      waiting,
    );
    expect(report).toMatchObject({ result: { kind: "sent" }, status: 201 });
    expect(JSON.stringify(report)).not.toMatch(/bearer|eyJ|secret/i);
  });

  it("is gone for edits once a person has deleted it", async () => {
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    expect(rig.sandbox.remove(newest(rig.sandbox).id)).toBe(true);
    const edited = await rig.app.adapter.edit(posted.result.ref, closed("expired"));
    expect(edited).toMatchObject({
      result: { kind: "rejected", because: "ActivityNotFoundInConversation" },
      status: 404,
    });
  });
});

describe("the channels of a team", () => {
  it("A7: are read anew as soon as Teams told of a change, however fresh the listing", async () => {
    const { installation, life } = rig.sandbox;
    const ops = { id: rig.general.channelId, name: "Ops", serviceUrl: rig.general.serviceUrl };
    const names = async () => {
      const teams = [{ ...ops, archived: false, gone: false, toldAt: 0 }];
      const page = await rig.app.workspaces?.listChannels({ ...installation, teams });
      return page?.channels.map(({ name }) => name);
    };
    const before = await names();
    expect(before).not.toContain("Ops › Launch");
    await life.changeChannel({ do: "create", team: "Ops", name: "Launch" });
    expect(await names()).toEqual([...(before ?? []), "Ops › Launch"]);
  });
});
