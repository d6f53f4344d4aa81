import { describe, expect, it } from "vitest";
import { revoke } from "../../../core/domain/after-approval.ts";
import type { Approval, ClosedApproval } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import type { Refusal } from "../../../core/domain/refusal.ts";
import { sayTime } from "../../../core/messages/say-time.ts";
import { refusalText } from "../../../core/messages/texts.ts";
import { ann, approval, ben, later, voteOf } from "../domain/samples.ts";

const result = castVote(approval, voteOf(ben, "approve"), { mayDecide: true });
const approved = result.kind === "decided" ? result.approval : undefined;
const closed = (request: Approval | undefined): Refusal => ({
  because: "closed",
  approval: request as ClosedApproval,
});

const said: readonly (readonly [Refusal, string])[] = [
  [
    { because: "unidentified" },
    "We could not find out just now who you are, so your click did not count. Press again in a minute.",
  ],
  [
    { because: "outsider" },
    "People from outside cannot decide here. Ask somebody of this workspace to decide.",
  ],
  [
    { because: "not_linked", link: "https://hub.example/link/abc" },
    "Countersign does not know yet who you are. Open this private link within 10 minutes, then press again; the request is still open: https://hub.example/link/abc",
  ],
  [
    { because: "suspended" },
    "Your access to Countersign is suspended, so your click did not count. Ask an admin of the hub.",
  ],
  [
    { because: "not_linked" },
    "Countersign does not know yet who you are. Ask an admin to link your Slack account, then press again; the request is still open.",
  ],
  [closed(approved), "Ben approved this 2 min ago in Slack."],
  [
    closed(expire(approval, later(1_800))),
    "This request expired just now. Ask its requester to send it again.",
  ],
  [
    closed(cancel(approval, { name: "ci" }, later(150))),
    "ci cancelled this 30 s ago. Ask its requester to send it again if it is still needed.",
  ],
  [
    closed(approved && revoke(approved, { name: "Ann" }, later(120))),
    "Ann took this approval back 1 min ago.",
  ],
  [
    { because: "locked", why: "too many wrong PINs" },
    "This request is locked: too many wrong PINs. An admin can unlock it.",
  ],
  [
    { because: "own_request", deciders: "release managers" },
    "You cannot decide your own request. Who can: release managers.",
  ],
  [
    { because: "not_eligible", deciders: "Ann, Ben" },
    "Your vote is not asked for here. Who can decide: Ann, Ben.",
  ],
  [
    { because: "surface_off", surface: "teams" },
    "This request is not decided in Teams. Press Open to decide on its page.",
  ],
  [
    { because: "already_voted", vote: voteOf(ann, "reject", { via: "web" }) },
    "Your vote stands: you rejected this 2 min ago on the web page.",
  ],
  [
    { because: "reason_missing", atLeast: 3 },
    "A reason of at least 3 characters is needed. Nothing was recorded.",
  ],
  [
    { because: "content_changed" },
    "What this card shows is not what the request says now, so your click did not count. Read it again and press again.",
  ],
  [
    { because: "unknown_request" },
    "Countersign does not know the request on this card. It may belong to another hub; ask whoever sent it.",
  ],
  [
    { because: "unknown_action" },
    "This button does not belong to the request. Nothing was recorded.",
  ],
  [
    { because: "not_confirmed" },
    "We could not confirm that your click was saved. Press again in a minute; it counts once.",
  ],
];

describe("the sentence of a refusal", () => {
  it.each(said)("A14: %j", (refusal, sentence) => {
    expect(refusalText(refusal, "slack", later(180))).toBe(sentence);
  });

  it("shows no sign of ours, and nothing hidden, of a name that a producer said", () => {
    const by = { name: `✓ ci\u202e ${"x".repeat(90)}` };
    const refusal = closed(cancel(approval, by, later(150)));
    expect(refusalText(refusal, "slack", later(180))).toMatch(
      /^\[✓\] ci\[U\+202E\] x{64}… cancelled this 30 s ago\./,
    );
  });

  it("A14: is a whole sentence in German, for each", () => {
    const german = said.map(([refusal]) => refusalText(refusal, "slack", later(180), "de"));
    for (const [index, sentence] of german.entries()) {
      expect(sentence).not.toBe(said[index]?.[1]);
      expect(sentence).not.toMatch(/undefined|any approver| ago|just now/);
    }
    expect(`\n${german.join("\n")}\n`).toMatchSnapshot();
  });

  it("names the account that is not linked as its platform does", () => {
    const told = (where: "slack" | "teams" | "web") =>
      refusalText({ because: "not_linked" }, where, later(0));
    expect(told("slack")).toContain("link your Slack account");
    expect(told("teams")).toContain("link your Teams account");
    expect(told("web")).toContain("link you,");
  });
});

describe("sayTime", () => {
  it("names the zone, and the day where it may be another", () => {
    expect(sayTime(new Date("2026-02-01T00:05:59Z"), "clock")).toBe("00:05 UTC");
    expect(sayTime(new Date("2026-02-01T00:05:59Z"), "day-clock")).toBe("Sun 1 Feb 00:05 UTC");
  });
});
