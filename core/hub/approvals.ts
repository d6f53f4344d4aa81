import { copiesOf } from "../approvals/announce.ts";
import type { Changes } from "../approvals/changes.ts";
import { cancelApproval } from "../approvals/close.ts";
import {
  type RecordedVote,
  recordVote,
  type VoteDraft,
  type VotingDeps,
  wouldRefuse,
} from "../approvals/record-vote.ts";
import type { Approval } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { ApprovalId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { Surface } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";

/** Approvals, for the console and the API. */
export interface Approvals {
  get(id: ApprovalId): Promise<Approval | undefined>;
  vote(approval: Approval, draft: VoteDraft): Promise<RecordedVote>;
  /** Why this person may not decide here now, whatever reason they would give; undefined when they may. */
  refusalFor(approval: Approval, voter: Person, via: Surface): Promise<Refusal | undefined>;
  cancel(
    approval: Approval,
    by: { readonly name: string; readonly reason?: string },
  ): ReturnType<typeof cancelApproval>;
  copies(approval: Approval): Promise<readonly Delivery[]>;
  /**
   * Wait until the request's revision passes `afterRevision`, or without one, until it is closed. Answers the request
   * as it stands then, or after `ms`, or when `signal` aborts.
   */
  waitFor(
    id: ApprovalId,
    afterRevision: number | undefined,
    ms: number,
    signal: AbortSignal,
  ): Promise<Approval | undefined>;
}

/** How long a change made by another process may stay unseen by somebody who waits. */
const lookAgainMs = 1_000;

/** Bind the steps of an approval to what they work with. */
export function createApprovals(voting: VotingDeps, changes: Changes): Approvals {
  const { store } = voting;
  const get = (id: ApprovalId) => store.approvals.get(id);
  return {
    get,
    vote: (approval, draft) => recordVote(voting, approval, draft),
    refusalFor: async (approval, voter, via) => {
      const [action] = approval.actions;
      const draft = {
        voter,
        via,
        action: action?.id ?? "",
        identity: "session",
        click: "",
      } as const;
      const refusal = await wouldRefuse(voting, approval, draft);
      return refusal?.because === "reason_missing" ? undefined : refusal;
    },
    cancel: (approval, by) => cancelApproval(voting, approval, by),
    copies: (approval) => copiesOf(store, approval),
    waitFor: async (id, afterRevision, ms, signal) => {
      const until = performance.now() + ms;
      for (;;) {
        const changed = changes.next(
          id,
          Math.min(lookAgainMs, Math.max(until - performance.now(), 0)),
          signal,
        );
        const approval = await get(id);
        const passed =
          afterRevision === undefined
            ? approval?.state !== "open"
            : (approval?.revision ?? 0) > afterRevision;
        if (!approval || passed || signal.aborted || performance.now() >= until) return approval;
        await changed;
      }
    },
  };
}
