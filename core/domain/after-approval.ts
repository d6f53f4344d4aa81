import type { Approval, DecidedApproval, Outcome, RevokedApproval } from "./approval.ts";

/** Take an approval back. Answers undefined where the request is not approved. */
export function revoke(
  approval: Approval,
  by: { readonly name: string; readonly reason?: string },
  now: Date,
): RevokedApproval | undefined {
  if (approval.state !== "approved") return undefined;
  return {
    ...approval,
    state: "revoked",
    revision: approval.revision + 1,
    revokedBy: by.name,
    ...(by.reason === undefined ? {} : { revokeReason: by.reason }),
    closedAt: now,
  };
}

/**
 * Note what the producer did after the approval. Answers undefined where the request is not approved, or where the
 * producer has reported already: what was done is done once.
 */
export function reportOutcome(approval: Approval, outcome: Outcome): DecidedApproval | undefined {
  if (approval.state !== "approved" || approval.outcome) return undefined;
  return { ...approval, outcome, revision: approval.revision + 1 };
}
