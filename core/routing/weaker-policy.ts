import type { Policy } from "../domain/policy.ts";
import { say } from "../words/say.ts";

/**
 * Say in what a policy asks for less than another, as an end of a sentence; undefined where it asks for as much.
 * Without a policy nobody is asked at all. It compares terms: who stands in a group today is not looked at.
 */
export function sayWeaker(was: Policy | undefined, would: Policy | undefined): string | undefined {
  if (!was) return undefined;
  if (!would) return say`nobody would be asked`;
  const isAnyone = (policy: Policy) => policy.approvers.some(({ kind }) => kind === "anyone");
  if (isAnyone(would) && !isAnyone(was)) return say`any approver could say yes`;
  if (would.votes < was.votes) {
    return would.votes === 1
      ? say`one approval would do instead of ${was.votes}`
      : say`${would.votes} approvals would do instead of ${was.votes}`;
  }
  if (was.assurance === "sso" && would.assurance !== "sso")
    return say`nobody would have to prove who they are by single sign-on`;
  if (would.requesterMayVote && !was.requesterMayVote)
    return say`requesters could approve their own`;
  if (was.requester === "required" && would.requester === "optional") {
    return say`nobody would have to say who asks`;
  }
  return undefined;
}
