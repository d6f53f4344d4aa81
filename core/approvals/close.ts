import type { Approval } from "../domain/approval.ts";
import { expire } from "../domain/close-approval.ts";
import type { VotingDeps } from "./record-vote.ts";

/** Requests that are closed together, so that their writes share a commit. */
const together = 100;

/** Close every request whose deadline has passed. A click that comes in between wins or loses by compare-and-set. */
export async function expireDue(deps: VotingDeps): Promise<void> {
  const now = deps.clock.now();
  for (;;) {
    const due = await deps.store.approvals.scan("toExpire", { upTo: now, limit: together });
    await Promise.all(due.map((approval) => expireOne(deps, approval, now)));
    if (due.length < together) return;
  }
}

async function expireOne(deps: VotingDeps, approval: Approval, now: Date): Promise<void> {
  const expired = expire(approval, now);
  if (!expired) return;
  if ((await deps.store.approvals.replace(expired, approval.revision)) === "saved") {
    tell(deps, expired, "expired");
  }
}

/** What became of a change that only a request in the right state takes. */
export type Changed =
  | { readonly kind: "changed"; readonly approval: Approval }
  /** It stands in a state that does not take this change. */
  | { readonly kind: "impossible"; readonly approval: Approval };

/**
 * Change a request by a pure step that says undefined where it does not fit. Of two who change it at once, the later
 * finds what the earlier left.
 */
export async function changeApproval(
  deps: VotingDeps,
  first: Approval,
  step: (approval: Approval) => Approval | undefined,
  sentence: string,
): Promise<Changed> {
  let approval = first;
  for (;;) {
    const next = step(approval);
    if (!next) return { kind: "impossible", approval };
    if ((await deps.store.approvals.replace(next, approval.revision)) === "saved") {
      tell(deps, next, sentence);
      return { kind: "changed", approval: next };
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
