import { reportOutcome, revoke } from "../../../core/domain/after-approval.ts";
import type { Approval, OpenApproval } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { lock } from "../../../core/domain/lock-approval.ts";
import { ann, ben, later, voteOf } from "../domain/samples.ts";

function voted(request: OpenApproval, vote: Parameters<typeof castVote>[1]): Approval {
  const result = castVote(request, vote, { mayDecide: true });
  if (result.kind === "refused") throw new Error(result.because.because);
  return result.approval;
}

function must(step: Approval | undefined): Approval {
  if (!step) throw new Error("the step was refused");
  return step;
}

/** Words that people bring into a closed card. */
export interface PeoplesWords {
  readonly name: string;
  readonly reason: string;
}

/** One request in each state that a card may show, by the name of the state. */
export function everyState(
  open: OpenApproval,
  { name, reason }: PeoplesWords = { name: "Ann", reason: "looks good to me" },
): Readonly<Record<string, Approval>> {
  const by = { ...ann, name };
  const approved = voted(open, voteOf(by, "approve", { reason }));
  const two = voted({ ...open, policy: { ...open.policy, votes: 2 } }, voteOf(by, "approve"));
  const second = voteOf({ ...ben }, "approve", { via: "teams", at: later(120) });
  return {
    open,
    "1 of 2": two,
    "2 of 2": voted(two as OpenApproval, second),
    approved,
    executed: must(reportOutcome(approved, { kind: "executed", detail: reason, at: later(300) })),
    marked: {
      ...open,
      marks: [{ event: open.event, type: "pin_failed", says: reason, at: later(60) }],
    },
    contradicted: {
      ...approved,
      conflict: { event: open.event, state: "rejected", by: name, at: later(400) },
    } as Approval,
    rejected: voted(open, voteOf(by, "reject", { reason, via: "teams" })),
    expired: must(expire(open, later(1_800))),
    cancelled: must(cancel(open, { name, reason }, later(300))),
    locked: must(lock(open, reason, later(300))),
    revoked: must(revoke(approved, { name, reason }, later(600))),
  };
}
