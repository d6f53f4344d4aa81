import type { Approval } from "../domain/approval.ts";
import type { Choice } from "../domain/policy.ts";
import type { Catalogue } from "./catalogue.ts";

type Voted = Pick<Approval, "votes" | "policy">;

const countOf = ({ votes }: Voted, wanted: Choice) =>
  votes.filter(({ choice }) => choice === wanted).length;

/** Say how many approvals there are of those that are needed: `1 of 2`. */
export const sayApprovals = (voted: Voted, { card }: Catalogue): string =>
  card.tally(countOf(voted, "approve"), voted.policy.votes);

/** Say how many rejections there are, where it takes several; undefined where one ends the request, or there is none. */
export function sayRejections(voted: Voted, { card }: Catalogue): string | undefined {
  const { rejections } = voted.policy;
  const count = countOf(voted, "reject");
  return rejections > 1 && count > 0 ? card.rejections(count, rejections) : undefined;
}
