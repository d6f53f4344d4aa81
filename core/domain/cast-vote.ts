import type { Approval, DecidedApproval, OpenApproval, Vote } from "./approval.ts";
import { expire } from "./close-approval.ts";
import { deriveId } from "./ids.ts";
import { leastReason, needsReason, sayApprovers } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { freshMinutes, isFresh } from "./sign-on-proof.ts";

/** What one vote did. A refusal is an answer for the voter, never an exception. */
export type VoteResult =
  | { readonly kind: "counted"; readonly approval: OpenApproval }
  | { readonly kind: "decided"; readonly approval: DecidedApproval }
  | { readonly kind: "repeated"; readonly approval: Approval }
  | { readonly kind: "refused"; readonly because: Refusal };

/** Where the voter stands towards the request, read at the moment of the vote. */
export interface Standing {
  readonly mayDecide: boolean;
  readonly suspended?: boolean;
}

/**
 * Count one vote, and say what it changed.
 *
 * Pure: it reads no clock and writes nothing, so the caller may run it again on
 * a fresher copy after losing a compare-and-set. Two approvers clicking within
 * the same second is an ordinary day, and exactly one of them decides the request.
 * A click that is already among the votes changes nothing, so a replay is told what the first was told.
 */
export function castVote(approval: Approval, vote: Vote, standing: Standing): VoteResult {
  if (approval.votes.some((earlier) => isRepeat(earlier, vote))) {
    return { kind: "repeated", approval };
  }
  const refusal = refusalOf(approval, vote, standing);
  if (refusal) return { kind: "refused", because: refusal };

  const votes = [...approval.votes, vote];
  const { policy } = approval;
  const needed = vote.choice === "approve" ? policy.votes : policy.rejections;
  const changed = { ...approval, votes, revision: approval.revision + 1 };
  if (votes.filter((one) => one.choice === vote.choice).length < needed) {
    return { kind: "counted", approval: { ...changed, state: "open" } };
  }
  return {
    kind: "decided",
    approval: {
      ...changed,
      state: vote.choice === "approve" ? "approved" : "rejected",
      decision: deriveId("decision", approval.id),
      deciding: vote,
      closedAt: vote.at,
    },
  };
}

/** Tell whether a vote is an earlier one come again: the same person's same click. */
export const isRepeat = (earlier: Vote, vote: Pick<Vote, "person" | "click">) =>
  earlier.click === vote.click && earlier.person === vote.person;

/**
 * Say why this vote may not count, or undefined when it may. The order is the one that FEATURES §6.5 sets.
 *
 * From its deadline on a request counts as expired, though nobody may have stored that yet: a late vote never decides.
 */
export function refusalOf(
  approval: Approval,
  vote: Pick<Vote, "person" | "choice" | "reason" | "via" | "at" | "proof">,
  standing: Standing,
): Refusal | undefined {
  if (standing.suspended) return { because: "suspended" };
  if (approval.state === "locked") return { because: "locked", why: approval.lockedBecause };
  const closed = approval.state === "open" ? expire(approval, vote.at) : approval;
  if (closed) return { because: "closed", approval: closed };
  const { policy } = approval;
  const deciders = sayApprovers(policy);
  if (!policy.requesterMayVote && approval.requester?.person === vote.person) {
    return { because: "own_request", deciders };
  }
  if (!standing.mayDecide) return { because: "not_eligible", deciders };
  if (!policy.via.includes(vote.via)) return { because: "surface_off", surface: vote.via };
  const earlier = approval.votes.find((one) => one.person === vote.person);
  if (earlier) return { because: "already_voted", vote: earlier };
  if (policy.assurance === "sso" && !isFresh(vote.proof, vote.at)) {
    return { because: "sign_on_needed", withinMinutes: freshMinutes };
  }
  if (needsReason(policy, vote.choice) && (vote.reason ?? "").trim().length < leastReason) {
    return { because: "reason_missing", atLeast: leastReason };
  }
  return undefined;
}
