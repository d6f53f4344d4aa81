import { describe, expect, it } from "vitest";
import { reportOutcome, revoke } from "../../../core/domain/after-approval.ts";
import { type Approval, type ApprovalState, outcomes } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { lock, unlock } from "../../../core/domain/lock-approval.ts";
import { ann, approval, ben, later, voteOf } from "./samples.ts";

type Step = (approval: Approval) => Approval | undefined;

const vote =
  (choice: "approve" | "reject"): Step =>
  (request) => {
    const result = castVote(request, voteOf(ben, choice, { click: choice }), { mayDecide: true });
    return result.kind === "decided" || result.kind === "counted" ? result.approval : undefined;
  };

const steps = {
  approve: vote("approve"),
  reject: vote("reject"),
  expire: (request) => expire(request, later(1_800)),
  cancel: (request) => cancel(request, { name: "ci" }, later(9)),
  lock: (request) => lock(request, "too many wrong PINs", later(9)),
  unlock,
  revoke: (request) => revoke(request, { name: "Ann", reason: "wrong version" }, later(90)),
  report: (request) => reportOutcome(request, { kind: "executed", at: later(90) }),
} satisfies Record<string, Step>;

function must(value: Approval | undefined): Approval {
  if (!value) throw new Error("the sample did not come about");
  return value;
}

const approved = must(
  steps.approve({ ...approval, votes: [], policy: { ...approval.policy, requesterMayVote: true } }),
);

/** One request in every state. */
const samples: Readonly<Record<ApprovalState, Approval>> = {
  open: approval,
  locked: must(steps.lock(approval)),
  approved,
  rejected: must(steps.reject(approval)),
  expired: must(steps.expire(approval)),
  cancelled: must(steps.cancel(approval)),
  revoked: must(steps.revoke(approved)),
};

/** Every step that is allowed, and where it leads. What is not here is refused. */
const table: Readonly<Record<ApprovalState, Partial<Record<keyof typeof steps, ApprovalState>>>> = {
  open: {
    approve: "approved",
    reject: "rejected",
    expire: "expired",
    cancel: "cancelled",
    lock: "locked",
  },
  locked: { unlock: "open" },
  approved: { revoke: "revoked", report: "approved" },
  rejected: {},
  expired: {},
  cancelled: {},
  revoked: {},
};

const cases = Object.entries(samples).flatMap(([state, request]) =>
  Object.entries(steps).map(
    ([name, step]) =>
      [
        state,
        name,
        table[state as ApprovalState][name as keyof typeof steps] ?? "refused",
        request,
        step as Step,
      ] as const,
  ),
);

describe("D23: the states of a request", () => {
  it("are all in the table, with every step tried in each", () => {
    expect(cases).toHaveLength(7 * 8);
  });

  it.each(cases)("%s, %s: %s", (_state, _name, expected, request, step) => {
    const next = step(request);
    expect(next?.state ?? "refused").toBe(expected);
    if (next) expect(next.revision).toBe(request.revision + 1);
  });

  it("keep the votes over a lock", () => {
    const half = { ...approval, votes: [voteOf(ann, "approve")] };
    const again = unlock(must(lock(half, "too many wrong PINs", later(9))));
    expect(again).toEqual({ ...half, revision: approval.revision + 2 });
  });

  it("keep the decision when it is taken back", () => {
    const { revoked } = samples;
    if (revoked.state !== "revoked" || approved.state !== "approved") throw new Error("samples");
    expect(revoked.decision).toBe(approved.decision);
    expect(revoked.deciding.name).toBe("Ben");
    expect(revoked.revokeReason).toBe("wrong version");
  });

  it.each(outcomes)("take the outcome %s once", (kind) => {
    const reported = must(reportOutcome(approved, { kind, at: later(90) }));
    expect(reported).toMatchObject({ state: "approved", outcome: { kind } });
    expect(reportOutcome(reported, { kind: "failed", at: later(91) })).toBeUndefined();
  });
});
