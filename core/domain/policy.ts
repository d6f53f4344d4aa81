import type { GroupId, PersonId, PolicyId } from "./ids.ts";
import type { Person } from "./person.ts";

/** Who may decide: the members of a group, one person, or everybody who has the role approver. */
export type Approvers =
  | { readonly kind: "group"; readonly group: GroupId; readonly name: string }
  | { readonly kind: "person"; readonly person: PersonId; readonly name: string }
  | { readonly kind: "anyone" };

export type Choice = "approve" | "reject";
export type Surface = "slack" | "teams" | "web" | "api";

/** Who may decide, how many, on which surfaces, and by when. A request keeps the version under which it was opened. */
export interface Policy {
  readonly id: PolicyId;
  readonly name: string;
  readonly version: number;
  readonly approvers: readonly Approvers[];
  /** Distinct people who must approve. */
  readonly votes: number;
  /** Distinct people who end it by rejecting. */
  readonly rejections: number;
  /** May the requester vote? */
  readonly requesterMayVote: boolean;
  readonly requester: "optional" | "required";
  readonly reason: "none" | "on_reject" | "on_approve" | "both";
  readonly via: readonly Surface[];
  /** A vote counts only behind a fresh sign-in at the issuer; absent: a click is enough. */
  readonly assurance?: "sso";
  readonly expiresInMs: number;
  /** In a plan: an admin has pinned it, so the event may ask for less time and never for more. */
  readonly pinned?: true;
}

/** The least that a reason must say, in characters, where one is asked for (SURFACE §5). */
export const leastReason = 3;

/** Tell whether a choice needs a reason under this policy. */
export function needsReason(policy: Policy, choice: Choice): boolean {
  return policy.reason === "both" || policy.reason === `on_${choice}`;
}

/** How a policy that asks every approver is said; catalogues of other languages say it in theirs. */
export const anyApprover = "any approver";

/** Name those who may decide, for cards and refusals: "release managers", "Ann, Ben", "any approver". */
export function sayApprovers(policy: Policy): string {
  return policy.approvers
    .map((approvers) => (approvers.kind === "anyone" ? anyApprover : approvers.name))
    .join(", ");
}

/** Tell whether a policy asks this person, by name, by role, or as a member of one of these groups. */
export function asksPerson(
  { approvers }: Pick<Policy, "approvers">,
  { id, roles }: Pick<Person, "id" | "roles">,
  groups: ReadonlySet<GroupId>,
): boolean {
  return approvers.some(
    (one) =>
      (one.kind === "anyone" && roles.includes("approver")) ||
      (one.kind === "person" && one.person === id) ||
      (one.kind === "group" && groups.has(one.group)),
  );
}
