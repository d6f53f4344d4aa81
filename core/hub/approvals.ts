import { copiesOf } from "../approvals/announce.ts";
import type { Changes } from "../approvals/changes.ts";
import { type Changed, changeApproval } from "../approvals/close.ts";
import {
  type RecordedVote,
  recordVote,
  type VoteDraft,
  type VotingDeps,
  wouldRefuse,
} from "../approvals/record-vote.ts";
import { sightOf } from "../approvals/sight.ts";
import { waitingFor } from "../approvals/waiting.ts";
import { reportOutcome, revoke } from "../domain/after-approval.ts";
import { type Approval, isClosed, type OpenApproval, type Outcome } from "../domain/approval.ts";
import { cancel } from "../domain/close-approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { ApprovalId } from "../domain/ids.ts";
import { unlock } from "../domain/lock-approval.ts";
import type { Person } from "../domain/person.ts";
import type { Surface } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { SignOnProof } from "../domain/sign-on-proof.ts";

/** Who changes a request, and why. */
export interface By {
  readonly name: string;
  readonly reason?: string;
}

/** Approvals, for the console and the API. */
export interface Approvals {
  get(id: ApprovalId): Promise<Approval | undefined>;
  vote(approval: Approval, draft: VoteDraft): Promise<RecordedVote>;
  /** Why this person may not decide here now, whatever reason they would give; undefined when they may. */
  refusalFor(
    approval: Approval,
    voter: Person,
    via: Surface,
    signedOn?: SignOnProof,
  ): Promise<Refusal | undefined>;
  cancel(approval: Approval, by: By): Promise<Changed>;
  revoke(approval: Approval, by: By): Promise<Changed>;
  unlock(approval: Approval, by: By): Promise<Changed>;
  /** Note what the producer did after the approval; once. */
  reportOutcome(approval: Approval, outcome: Omit<Outcome, "at">): Promise<Changed>;
  copies(approval: Approval): Promise<readonly Delivery[]>;
  /** Which requests concern this person; those who keep the hub see all without asking. */
  sightOf(person: Person): Promise<(approval: Approval) => boolean>;
  /** The oldest open requests that ask this person, and that `mayDecide` lets through. */
  waitingFor(
    person: Person,
    mayDecide: (approval: OpenApproval) => Promise<boolean>,
  ): Promise<readonly OpenApproval[]>;
  /**
   * Wait until the request's revision passes `afterRevision`, or without one, until it is closed. Answers the request
   * as it stands then, or after `ms`, or when `signal` aborts; undefined when the hub stops.
   */
  waitFor(
    id: ApprovalId,
    afterRevision: number | undefined,
    ms: number,
    signal: AbortSignal,
  ): Promise<Approval | undefined>;
  /** Let nobody wait any more: the hub stops. */
  endWaits(): void;
}

/** How long a change made by another process may stay unseen by somebody who waits. */
const lookAgainMs = 1_000;

/** Bind the steps of an approval to what they work with. */
export function createApprovals(voting: VotingDeps, changes: Changes): Approvals {
  const { store, clock } = voting;
  const get = (id: ApprovalId) => store.approvals.get(id);
  return {
    get,
    vote: (approval, draft) => recordVote(voting, approval, draft),
    refusalFor: async (approval, voter, via, signedOn) => {
      const [action] = approval.actions;
      const draft = {
        voter,
        via,
        action: action?.id ?? "",
        identity: "session",
        click: "",
        signedOn,
      } as const;
      const refusal = await wouldRefuse(voting, approval, draft);
      return refusal?.because === "reason_missing" ? undefined : refusal;
    },
    cancel: (approval, by) =>
      changeApproval(
        voting,
        approval,
        (now) => cancel(now, by, clock.now()),
        `cancelled by ${by.name}`,
      ),
    revoke: (approval, by) =>
      changeApproval(
        voting,
        approval,
        (now) => revoke(now, by, clock.now()),
        `revoked by ${by.name}`,
      ),
    unlock: (approval, by) => changeApproval(voting, approval, unlock, `unlocked by ${by.name}`),
    reportOutcome: (approval, outcome) =>
      changeApproval(
        voting,
        approval,
        (now) => reportOutcome(now, { ...outcome, at: clock.now() }),
        `${outcome.kind} by ${approval.producerName}`,
      ),
    copies: (approval) => copiesOf(store, approval),
    sightOf: (person) => sightOf(store, person),
    waitingFor: (person, mayDecide) =>
      waitingFor({ store, organization: person.organization }, person, mayDecide),
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
            ? !approval || isClosed(approval)
            : (approval?.revision ?? 0) > afterRevision;
        if (!approval || passed || signal.aborted || performance.now() >= until) return approval;
        await changed;
        if (changes.hasEnded()) return undefined;
      }
    },
    endWaits: changes.end,
  };
}
