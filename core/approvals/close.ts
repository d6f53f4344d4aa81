import type { Approval, CancelledApproval } from "../domain/approval.ts";
import { cancel, expire } from "../domain/close-approval.ts";
import type { VotingDeps } from "./record-vote.ts";

/** Close every request whose deadline has passed. A click that comes in between wins or loses by compare-and-set. */
export async function expireDue(deps: VotingDeps): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.store.approvals.scan("toExpire", { upTo: now, limit: 100 });
  await Promise.all(
    due.map(async (approval) => {
      const expired = expire(approval, now);
      if (!expired) return;
      if ((await deps.store.approvals.replace(expired, approval.revision)) === "saved") {
        tell(deps, expired, "expired");
      }
    }),
  );
}

/** Withdraw a request. Answers the closed request as it stands when it had been closed already. */
export async function cancelApproval(
  deps: VotingDeps,
  first: Approval,
  by: { readonly name: string; readonly reason?: string },
): Promise<
  | { readonly kind: "cancelled"; readonly approval: CancelledApproval }
  | { readonly kind: "closed"; readonly approval: Approval }
> {
  let approval = first;
  for (;;) {
    const cancelled = cancel(approval, by, deps.clock.now());
    if (!cancelled) return { kind: "closed", approval };
    if ((await deps.store.approvals.replace(cancelled, approval.revision)) === "saved") {
      tell(deps, cancelled, `cancelled by ${by.name}`);
      return { kind: "cancelled", approval: cancelled };
    }
    approval = (await deps.store.approvals.get(approval.id)) ?? approval;
  }
}

function tell({ log, changed }: VotingDeps, approval: Approval, sentence: string): void {
  log.write({
    kind: "approval.closed",
    approval: approval.id,
    event: approval.event,
    state: approval.state,
    revision: approval.revision,
    sentence,
  });
  changed(approval);
}
