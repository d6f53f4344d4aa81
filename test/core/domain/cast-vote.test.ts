import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  Approval,
  ClosedApproval,
  OpenApproval,
  Vote,
} from "../../../core/domain/approval.ts";
import { castVote, refusalOf, type VoteResult } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { ann, approval, ben, chloe, later, personOf, policy, voteOf } from "./samples.ts";

const may = { mayDecide: true };
const mayNot = { mayDecide: false };
const asked = (over: Partial<typeof policy>): OpenApproval => ({
  ...approval,
  policy: { ...policy, ...over },
});
const byChloe: OpenApproval = {
  ...approval,
  requester: { claim: "chloe@example.com", name: "Chloe", person: chloe.id },
};
function decided(result: VoteResult) {
  if (result.kind !== "decided") throw new Error(`the vote was ${result.kind}`);
  return result.approval;
}
function counted(result: VoteResult) {
  if (result.kind !== "counted") throw new Error(`the vote was ${result.kind}`);
  return result.approval;
}
const because = (result: VoteResult) =>
  result.kind === "refused" ? result.because.because : result.kind;

const approved = decided(castVote(approval, voteOf(ann, "approve"), may));
const rejected = decided(castVote(approval, voteOf(ann, "reject"), may));
const expired = expire(approval, later(1_800)) as ClosedApproval;
const cancelled = cancel(approval, { name: "ci" }, later(5)) as ClosedApproval;

interface Limits {
  readonly votes: number;
  readonly rejections: number;
}
interface Cast {
  readonly who: number;
  readonly choice: Vote["choice"];
}

describe("castVote", () => {
  it("decides by the one vote that a usual policy asks for", () => {
    const vote = voteOf(ann, "approve");
    expect(castVote(approval, vote, may)).toEqual({
      kind: "decided",
      approval: {
        ...approval,
        state: "approved",
        revision: 2,
        votes: [vote],
        deciding: vote,
        decision: deriveId("decision", approval.id),
        closedAt: vote.at,
      },
    });
    expect(rejected).toMatchObject({ state: "rejected", deciding: { reason: "not on a Friday" } });
  });

  it("counts votes until enough different people approved", () => {
    const two = counted(castVote(asked({ votes: 2 }), voteOf(ann, "approve"), may));
    expect(two).toMatchObject({ state: "open", revision: 2, votes: [{ name: "Ann" }] });
    expect(decided(castVote(two, voteOf(ben, "approve"), may))).toMatchObject({
      state: "approved",
      revision: 3,
      deciding: { name: "Ben" },
    });
  });

  it("keeps approvals and rejections apart", () => {
    const both = asked({ votes: 2, rejections: 2 });
    const one = counted(castVote(both, voteOf(ann, "approve"), may));
    const two = counted(castVote(one, voteOf(ben, "reject"), may));
    const third = castVote(two, voteOf(personOf("Dov"), "reject"), may);
    expect(decided(third)).toMatchObject({ state: "rejected", deciding: { name: "Dov" } });
  });

  it("answers the same click again with the request as it stands, and counts it once", () => {
    const first = voteOf(ann, "approve");
    const open = counted(castVote(asked({ votes: 2 }), first, may));
    expect(castVote(open, first, may)).toEqual({ kind: "repeated", approval: open });
    expect(castVote(approved, voteOf(ann, "approve"), mayNot)).toEqual({
      kind: "repeated",
      approval: approved,
    });
  });

  it("takes no other person's click for a repeat, whatever it is called", () => {
    const open = counted(castVote(asked({ votes: 2 }), voteOf(ann, "approve"), may));
    const bens = voteOf(ben, "approve", { click: voteOf(ann, "approve").click });
    expect(because(castVote(open, bens, may))).toBe("decided");
  });

  it("leaves the request that it was given as it was", () => {
    const frozen = Object.freeze({ ...approval, votes: Object.freeze([]) });
    expect(because(castVote(frozen, voteOf(ann, "approve"), may))).toBe("decided");
    expect(frozen.votes).toEqual([]);
  });

  /** Says by counting alone how a request ends, whatever order the rule works in. */
  function endOf(over: Limits, casts: readonly Cast[]): string {
    const said = new Map<number, Vote["choice"]>();
    const reached = ({ choice }: Cast) =>
      [...said.values()].filter((one) => one === choice).length >=
      (choice === "approve" ? over.votes : over.rejections);
    for (const cast of casts) {
      if (said.has(cast.who)) continue;
      said.set(cast.who, cast.choice);
      if (reached(cast)) return cast.choice === "approve" ? "approved" : "rejected";
    }
    return "open";
  }

  function requestAfter(over: Limits, casts: readonly Cast[]): Approval {
    return casts.reduce<Approval>((request, { who, choice }, index) => {
      const vote = voteOf(personOf(`P${who}`), choice, { click: `click ${index}` });
      const result = castVote(request, vote, may);
      return result.kind === "refused" ? request : result.approval;
    }, asked(over));
  }

  it("approves exactly when enough people approved before too many rejected", () => {
    const few = fc.integer({ min: 1, max: 4 });
    const limits = fc.record({ votes: few, rejections: few });
    const choice = fc.constantFrom("approve" as const, "reject" as const);
    const casts = fc.array(fc.record({ who: fc.nat(5), choice }), { maxLength: 20 });
    fc.assert(
      fc.property(limits, casts, (over, all) => {
        const request = requestAfter(over, all);
        expect(request.state).toBe(endOf(over, all));
        expect(request.revision).toBe(1 + request.votes.length);
        expect(new Set(request.votes.map(({ person }) => person)).size).toBe(request.votes.length);
      }),
    );
  });
});

describe("a refused vote", () => {
  const wrong: Partial<Vote> = { via: "api", reason: "" };
  const voted = counted(castVote(asked({ votes: 2 }), voteOf(ben, "approve"), may));
  /** From the first refusal to the last: each row cures what the row before was refused for, and nothing else. */
  const requested = { claim: "ben@example.com", name: "Ben", person: ben.id };
  const rows: readonly (readonly [Approval, Partial<Vote>, { mayDecide: boolean }, string])[] = [
    [{ ...approved, requester: requested }, wrong, mayNot, "closed"],
    [{ ...voted, requester: requested }, wrong, mayNot, "own_request"],
    [voted, wrong, mayNot, "not_eligible"],
    [voted, wrong, may, "surface_off"],
    [voted, { reason: "" }, may, "already_voted"],
    [approval, { reason: "" }, may, "reason_missing"],
    [approval, {}, may, "decided"],
  ];
  it.each(rows)(
    "is told the first reason that fits (row %#)",
    (request, fields, standing, told) => {
      const vote = voteOf(ben, "reject", { click: "another click", ...fields });
      expect(because(castVote(request, vote, standing))).toBe(told);
    },
  );

  it.each([
    ["approved", approved],
    ["rejected", rejected],
    ["expired", expired],
    ["cancelled", cancelled],
  ] as const)("finds an %s request closed, and is told how it stands", (state, closed) => {
    const result = castVote(closed, voteOf(ben, "approve"), may);
    expect(result).toEqual({ kind: "refused", because: { because: "closed", approval: closed } });
    expect(closed.state).toBe(state);
  });

  it("comes too late from the deadline on, though nobody has closed the request yet", () => {
    const inTime = voteOf(ann, "approve", { at: later(1_799.999) });
    const late = voteOf(ann, "approve", { at: later(1_800) });
    expect(because(castVote(approval, inTime, may))).toBe("decided");
    expect(castVote(approval, late, may)).toEqual({
      kind: "refused",
      because: { because: "closed", approval: expired },
    });
  });

  it("D7: is the requester's own, unless the policy lets requesters vote", () => {
    const own = castVote(byChloe, voteOf(chloe, "approve"), may);
    expect(own).toEqual({
      kind: "refused",
      because: { because: "own_request", deciders: "any approver" },
    });
    expect(because(castVote(byChloe, voteOf(chloe, "reject"), may))).toBe("own_request");
    expect(because(castVote(byChloe, voteOf(ann, "approve"), may))).toBe("decided");
    const lenient = { ...byChloe, policy: { ...policy, requesterMayVote: true } };
    expect(because(castVote(lenient, voteOf(chloe, "approve"), may))).toBe("decided");
  });

  it("D7: is not refused for a claim that names nobody who is known here", () => {
    const unknown = { ...approval, requester: { claim: "Chloe", name: "Chloe" } };
    expect(because(castVote(unknown, voteOf(chloe, "approve"), may))).toBe("decided");
  });

  it.each([
    ["none", "decided", "decided"],
    ["on_reject", "decided", "reason_missing"],
    ["on_approve", "reason_missing", "decided"],
    ["both", "reason_missing", "reason_missing"],
  ] as const)("D8: lacks its reason where the policy asks for it: %s", (reason, yes, no) => {
    const request = asked({ reason });
    for (const said of [{ reason: "" }, { reason: "  no  " }]) {
      expect(because(castVote(request, voteOf(ann, "approve", said), may))).toBe(yes);
      expect(because(castVote(request, voteOf(ann, "reject", said), may))).toBe(no);
    }
    for (const choice of ["approve", "reject"] as const) {
      const vote = voteOf(ann, choice, { reason: "lgtm" });
      expect(decided(castVote(request, vote, may)).deciding.reason).toBe("lgtm");
    }
  });

  it("D8: is told how long a reason must be", () => {
    expect(refusalOf(approval, voteOf(ann, "reject", { reason: "no" }), may)).toEqual({
      because: "reason_missing",
      atLeast: 3,
    });
  });

  it("names those who can decide", () => {
    const named = asked({
      approvers: [
        { kind: "group", group: deriveId("group", "rm"), name: "release managers" },
        { kind: "person", person: ann.id, name: "Ann" },
      ],
    });
    expect(refusalOf(named, voteOf(ben, "approve"), mayNot)).toEqual({
      because: "not_eligible",
      deciders: "release managers, Ann",
    });
  });
});
