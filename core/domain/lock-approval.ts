import type { Approval, LockedApproval, OpenApproval } from "./approval.ts";

/** Let nobody vote until an admin unlocks the request. Answers undefined where it is not open. */
export function lock(approval: Approval, because: string, now: Date): LockedApproval | undefined {
  if (approval.state !== "open") return undefined;
  const revision = approval.revision + 1;
  return { ...approval, state: "locked", revision, lockedBecause: because, lockedAt: now };
}

/** Open a locked request again, its votes as they were. Answers undefined where it is not locked. */
export function unlock(approval: Approval): OpenApproval | undefined {
  if (approval.state !== "locked") return undefined;
  const { lockedBecause: _, lockedAt: __, ...record } = approval;
  return { ...record, state: "open", revision: approval.revision + 1 };
}
