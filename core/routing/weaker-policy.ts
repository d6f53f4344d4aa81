import type { Policy } from "../domain/policy.ts";

/**
 * Say in what a policy asks for less than another, as an end of a sentence; undefined where it asks for as much.
 * Without a policy nobody is asked at all. It compares terms: who stands in a group today is not looked at.
 */
export function sayWeaker(was: Policy | undefined, would: Policy | undefined): string | undefined {
  if (!was) return undefined;
  if (!would) return "nobody would be asked";
  const isAnyone = (policy: Policy) => policy.approvers.some(({ kind }) => kind === "anyone");
  if (isAnyone(would) && !isAnyone(was)) return "any approver could say yes";
  if (would.votes < was.votes) return `${countOf(would.votes)} would do instead of ${was.votes}`;
  if (would.requesterMayVote && !was.requesterMayVote) return "requesters could approve their own";
  if (was.requester === "required" && would.requester === "optional") {
    return "nobody would have to say who asks";
  }
  return undefined;
}

const countOf = (votes: number) => (votes === 1 ? "one approval" : `${votes} approvals`);
