import type { Approval, CancelledApproval, ExpiredApproval } from "./approval.ts";

/** Close a request whose time is over. Answers undefined where it has not come, or where it is closed already. */
export function expire(approval: Approval, now: Date): ExpiredApproval | undefined {
  if (approval.state !== "open" || approval.expiresAt > now) return undefined;
  return { ...approval, state: "expired", revision: approval.revision + 1, closedAt: now };
}

/** Withdraw an open request. Answers undefined where it is closed already. */
export function cancel(
  approval: Approval,
  by: { readonly name: string; readonly reason?: string },
  now: Date,
): CancelledApproval | undefined {
  if (approval.state !== "open") return undefined;
  return {
    ...approval,
    state: "cancelled",
    revision: approval.revision + 1,
    cancelledBy: by.name,
    ...(by.reason === undefined ? {} : { cancelReason: by.reason }),
    closedAt: now,
  };
}
