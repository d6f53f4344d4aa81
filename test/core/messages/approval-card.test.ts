import { describe, expect, it } from "vitest";
import { reportOutcome, revoke } from "../../../core/domain/after-approval.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { lock } from "../../../core/domain/lock-approval.ts";
import type { Message } from "../../../core/domain/message.ts";
import { approvalCard, buttonValue } from "../../../core/messages/approval-card.ts";
import { sayLine } from "../../../core/messages/card.ts";
import { voteNote } from "../../../core/messages/notes.ts";
import { ann, approval, ben, later, policy, voteOf } from "../domain/samples.ts";
import { readCard } from "./read-card.ts";

const links = { hubUrl: "https://hub.example" };
const page = `https://hub.example/approvals/${approval.id}`;
const short = `apr_…${approval.id.slice(-4)}`;
const card = (request: Approval, surface: "slack" | "teams" | "web" = "slack") =>
  approvalCard(request, surface, links);
const read = (request: Approval) => readCard(card(request));

function must(step: Approval | undefined): Approval {
  if (!step) throw new Error("the step was refused");
  return step;
}
function voted(request: Approval, vote: Parameters<typeof castVote>[1]): Approval {
  const result = castVote(request, vote, { mayDecide: true });
  if (result.kind === "refused") throw new Error(result.because.because);
  return result.approval;
}
const approved = voted(approval, voteOf(ann, "approve"));
const head = ["Deploy web 1.4.2"];
const facts = ["Environment: production"];

describe("the card of a request", () => {
  it("that waits says who asked, who may decide and until when", () => {
    const asked = {
      ...approval,
      body: "Two commits.\nNo migration.",
      requester: { claim: "chloe@example.com", name: "Chloe", person: ann.id },
      link: "https://ci.example/812",
    };
    expect(read(asked)).toEqual([
      ...head,
      "● Waiting for approval · asked by Chloe · from ci",
      "Two commits.\nNo migration.",
      ...facts,
      `0 of 1 · any approver may decide · expires Fri 20 Nov 14:30 UTC · ${short}`,
      "[Approve] [Reject] Open → https://ci.example/812",
      `Deploy web 1.4.2 — waiting for approval, expires Fri 20 Nov 14:30 UTC — ${page}`,
    ]);
  });

  it("that waits for a second vote counts the first", () => {
    const two = { ...approval, policy: { ...policy, votes: 2 } };
    const [, status, , terms] = read(voted(two, voteOf(ann, "approve")));
    expect(status).toBe("● Waiting for approval · from ci");
    expect(terms).toBe(
      `1 of 2 · any approver may decide · expires Fri 20 Nov 14:30 UTC · ${short}`,
    );
  });

  it("that it takes two to reject counts the first rejection, and so does its note", () => {
    const asked = { ...approval, policy: { ...policy, rejections: 2 } };
    const once = voted(asked, voteOf(ann, "reject"));
    expect(read(once)[3]).toBe(
      `0 of 1 · 1 of 2 rejections · any approver may decide · expires Fri 20 Nov 14:30 UTC · ${short}`,
    );
    const note = (of: Approval, click: string) => voteNote(of, click)?.plainText;
    expect(note(once, "click of Ann")).toBe(
      "✕ Rejected by Ann in Slack · 14:01 UTC · “not on a Friday” · 1 of 2 rejections",
    );
    const twice = voted(once, voteOf(ben, "reject"));
    expect(note(twice, "click of Ben")).toContain("· 2 of 2 rejections");
    expect(note(twice, "click of Ann")).toContain("· 1 of 2 rejections");
    const german = approvalCard(once, "slack", links, { language: "de" });
    expect(sayLine(german.terms)).toContain("0 von 1 · 1 von 2 Ablehnungen · ");
  });

  it("that was approved names who, where, when and why, and has Open alone", () => {
    expect(read(voted(approval, voteOf(ann, "approve", { reason: "lgtm" })))).toEqual([
      ...head,
      "✓ Approved by Ann in Slack · 14:01 UTC · “lgtm”",
      ...facts,
      `1 of 1 · Ann approved 14:01 UTC in Slack · ${short}`,
      `Open → ${page}`,
      `Deploy web 1.4.2 — approved by Ann in Slack · 14:01 UTC · “lgtm” — ${page}`,
    ]);
  });

  it("that was rejected shows the reason, and every vote", () => {
    const two = voted({ ...approval, policy: { ...policy, votes: 2 } }, voteOf(ann, "approve"));
    const [, status, , terms, actions, plain] = read(
      voted(two, voteOf(ben, "reject", { via: "teams", at: later(120) })),
    );
    expect(status).toBe("✕ Rejected by Ben in Teams · 14:02 UTC · “not on a Friday”");
    expect(terms).toBe(
      `1 of 2 · Ann approved 14:01 UTC in Slack · Ben rejected 14:02 UTC in Teams · ${short}`,
    );
    expect(actions).toBe(`Open → ${page}`);
    expect(plain).toContain("— rejected by Ben in Teams · 14:02 UTC · “not on a Friday” —");
  });

  it.each<[string, Approval | undefined, string]>([
    ["expired", expire(approval, later(1_800)), "⏱ Expired · Fri 20 Nov 14:30 UTC"],
    [
      "was cancelled",
      cancel(approval, { name: "ci" }, later(300)),
      "⊘ Cancelled by ci · 14:05 UTC",
    ],
    [
      "was cancelled for a reason",
      cancel(approval, { name: "Ann", reason: "superseded" }, later(300)),
      "⊘ Cancelled by Ann · 14:05 UTC · “superseded”",
    ],
    [
      "was revoked",
      revoke(approved, { name: "Ann", reason: "wrong version" }, later(600)),
      "↩ Revoked by Ann · 14:10 UTC · “wrong version”",
    ],
    [
      "is locked",
      lock(approval, "too many wrong PINs", later(300)),
      "⚿ Locked: too many wrong PINs · 14:05 UTC",
    ],
  ])("that %s says so in its status and in plain text, and has Open alone", (_, step, status) => {
    const lines = read(must(step));
    expect(lines[1]).toBe(status);
    const [, ...words] = status.split(" ");
    const said = words.join(" ");
    expect(lines.at(-1)).toBe(
      `Deploy web 1.4.2 — ${said.charAt(0).toLowerCase()}${said.slice(1)} — ${page}`,
    );
    expect(lines.at(-2)).toBe(`Open → ${page}`);
  });

  it("that was carried out says what the producer reported", () => {
    const outcome = { kind: "executed", detail: "both regions", at: later(300) } as const;
    expect(read(must(reportOutcome(approved, outcome)))[3]).toBe(
      `1 of 1 · Ann approved 14:01 UTC in Slack · executed 14:05 UTC: both regions · ${short}`,
    );
  });

  it("says when the requester is nobody known here", () => {
    const claimed = { ...approval, requester: { claim: "bot", name: "bot" } };
    expect(read(claimed)[1]).toBe(
      "● Waiting for approval · asked by bot (requester not known here) · from ci",
    );
  });

  it("follows from the stored request alone", () => {
    expect(card(approval)).toEqual(card(structuredClone(approval)));
    expect(card(approval, "teams")).toEqual(card(approval, "slack"));
  });

  it("C11: has a plain text with request, deadline and link", () => {
    const { plainText } = card(approval);
    for (const part of [approval.title, "14:30 UTC", page]) expect(plainText).toContain(part);
  });

  it("shows no sign of ours that a person's name or reason brought along", () => {
    const odd = { ...ann, name: "✓ Ann\u202e\n" };
    const vote = voteOf(odd, "reject", { reason: "✓ Approved by Ben" });
    expect(read(voted({ ...approval, producerName: "● ci" }, vote))[1]).toBe(
      "✕ Rejected by [✓] Ann[U+202E] in Slack · 14:01 UTC · “[✓] Approved by Ben”",
    );
    expect(read({ ...approval, producerName: "● ci" })[1]).toBe(
      "● Waiting for approval · from [●] ci",
    );
  });
});

describe("the buttons of a card", () => {
  const decides = (message: Message) =>
    message.actions.flatMap((action) => (action.kind === "decide" ? [action] : []));
  const named = (choice: "approve" | "reject", label: string) => ({
    ...approval,
    actions: [{ id: "one", choice, label }],
  });

  it("carry the request and the digest of what it shows, and grant nothing", () => {
    expect(buttonValue(approval)).toBe(`${approval.id}.${approval.digest}`);
    expect(decides(card(approval)).map(({ value }) => value)).toEqual([
      buttonValue(approval),
      buttonValue(approval),
    ]);
    expect(buttonValue(approval).length).toBeLessThanOrEqual(200);
  });

  it.each([
    ["approve", "Deploy", "Approve · Deploy"],
    ["reject", "Hold", "Reject · Hold"],
    ["approve", "Approve", "Approve"],
    ["reject", "Approve", "Reject · Approve"],
    ["approve", " \u200b ", "Approve · [U+200B]"],
    ["approve", "  ", "Approve"],
    ["approve", "Deploy it everywhere now", "Approve · Deploy it eve…"],
  ] as const)("that %s, labelled %j, read %j", (choice, label, shown) => {
    const [button] = decides(card(named(choice, label)));
    expect(button?.label).toBe(shown);
    expect(shown.length).toBeLessThanOrEqual(24);
    expect(button?.description).toBe(`${shown}: Deploy web 1.4.2`);
  });

  it.each([
    ["none", []],
    ["on_reject", ["reject"]],
    ["on_approve", ["approve"]],
    ["both", ["approve", "reject"]],
  ] as const)("D8: ask for a reason as the policy says: %s", (reason, asking) => {
    const buttons = decides(card({ ...approval, policy: { ...policy, reason } }));
    expect(buttons.filter((one) => one.reason).map(({ choice }) => choice)).toEqual(asking);
    for (const { reason: asked } of buttons) {
      if (!asked) continue;
      expect(asked).toEqual({
        label: "Why? The requester will see this",
        hint: "At least 3 characters",
        atLeast: 3,
      });
    }
  });

  it("are missing on a surface that the policy leaves out", () => {
    const slackOnly = { ...approval, policy: { ...policy, via: ["slack"] as const } };
    expect(decides(card(slackOnly, "slack"))).toHaveLength(2);
    expect(card(slackOnly, "teams").actions).toEqual([{ kind: "open", label: "Open", url: page }]);
  });

  it.each([
    [undefined, page],
    ["/deploys/812", page],
    ["https://ci.example/812", "https://ci.example/812"],
  ])("open %j at %s", (link, url) => {
    const linked = link === undefined ? approval : { ...approval, link };
    expect(card(linked).actions.at(-1)).toEqual({ kind: "open", label: "Open", url });
  });
});
