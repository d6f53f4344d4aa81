import type { Approval } from "../../domain/approval.ts";
import type { Person } from "../../domain/person.ts";
import type { Hub } from "../../hub.ts";

/**
 * The requests that this person may decide on the page, oldest first, a hundred at most; also those for which they have
 * to sign on first.
 */
export const readWaitingFor = (
  { approvals }: Pick<Hub, "approvals">,
  viewer: Person,
): Promise<readonly Approval[]> =>
  approvals.waitingFor(viewer, async (approval) => {
    const refusal = await approvals.refusalFor(approval, viewer, "web");
    return refusal === undefined || refusal.because === "sign_on_needed";
  });
