import type { Approval, OpenApproval, Vote } from "../domain/approval.ts";
import { castVote, isRepeat, refusalOf, type Standing } from "../domain/cast-vote.ts";
import type { ApprovalId, GroupId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { asksPerson, type Policy, type Surface } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { SignOnProof } from "../domain/sign-on-proof.ts";
import { surfacePhrases } from "../messages/texts.ts";
import type { Clock } from "../ports/clock.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";

export interface VotingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after a change is stored, so that its consequences follow without delay. */
  readonly changed: (approval: Approval) => void;
}

/** One person's wish to vote, whatever surface it came from. */
export interface VoteDraft {
  readonly voter: Person;
  /** The id of an action of the request. */
  readonly action: string;
  readonly reason?: string;
  readonly via: Surface;
  readonly identity: Vote["identity"];
  readonly click: string;
  /** The sign-in of the session that votes, where it came by single sign-on. */
  readonly signedOn?: SignOnProof | undefined;
}

export type RecordedVote =
  | { readonly kind: "recorded"; readonly approval: Approval; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly approval: Approval };

/**
 * Store one vote. When the promise settles with `recorded`, the vote is on disk, and its consequences (edits of every
 * copy, callback) follow from the stored change, whatever becomes of this process.
 *
 * Two voters at once: one compare-and-set wins, the other counts again on the newer copy and is told what it finds.
 */
export async function recordVote(
  deps: VotingDeps,
  first: Approval,
  draft: VoteDraft,
): Promise<RecordedVote> {
  const standing = await standingOf(deps.store, first.policy, draft.voter);
  let approval = first;
  for (;;) {
    const vote = voteOf(approval, draft, deps.clock.now());
    if (!vote) return { kind: "refused", refusal: { because: "unknown_action" }, approval };
    const result = castVote(approval, vote, standing);
    switch (result.kind) {
      case "refused":
        return { kind: "refused", refusal: result.because, approval };
      case "repeated":
        return { kind: "recorded", approval, repeated: true };
      case "counted":
      case "decided":
        faultPoint("vote-counted");
        if ((await deps.store.approvals.replace(result.approval, approval.revision)) === "saved") {
          faultPoint("vote-stored");
          tell(deps, result.approval, vote);
          return { kind: "recorded", approval: result.approval, repeated: false };
        }
        approval = await reread(deps.store, approval.id);
    }
  }
}

/** Say what would refuse this vote now, without storing anything; undefined when it would count. */
export async function wouldRefuse(
  deps: Pick<VotingDeps, "store" | "clock">,
  approval: Approval,
  draft: VoteDraft,
): Promise<Refusal | undefined> {
  const vote = voteOf(approval, draft, deps.clock.now());
  if (!vote) return { because: "unknown_action" };
  if (approval.votes.some((earlier) => isRepeat(earlier, vote))) return undefined;
  return refusalOf(approval, vote, await standingOf(deps.store, approval.policy, draft.voter));
}

function voteOf(approval: Approval, draft: VoteDraft, now: Date): Vote | undefined {
  const action = approval.actions.find(({ id }) => id === draft.action);
  if (!action) return undefined;
  const { voter, reason, via, identity, click, signedOn } = draft;
  const said = reason?.trim();
  return {
    person: voter.id,
    name: voter.name,
    action: action.id,
    choice: action.choice,
    ...(said ? { reason: said } : {}),
    at: now,
    via,
    ...(approval.policy.assurance === "sso" && signedOn
      ? { assurance: "sso", proof: signedOn }
      : { assurance: "click" }),
    identity,
    click,
  };
}

/** Tell whether this person is among those whom the policy asks, read now. */
async function standingOf(
  store: Pick<Store, "groups" | "people">,
  policy: Policy,
  person: Person,
): Promise<Standing> {
  const groups = new Set<GroupId>();
  for (const approvers of policy.approvers) {
    if (approvers.kind !== "group") continue;
    const group = await store.groups.get(approvers.group);
    if (group?.members.includes(person.id)) groups.add(group.id);
  }
  // Who voted may have been read a while ago; a suspension holds at once.
  const { suspended } = (await store.people.get(person.id)) ?? person;
  return { mayDecide: asksPerson(policy, person, groups), suspended: suspended !== undefined };
}

async function reread(store: Store, id: ApprovalId): Promise<Approval> {
  const approval = await store.approvals.get(id);
  if (!approval) throw new Error(`Approval ${id} vanished; approvals are never removed.`);
  return approval;
}

function tell({ log, changed }: VotingDeps, approval: OpenApproval | Approval, vote: Vote): void {
  const verb = vote.choice === "approve" ? "approved" : "rejected";
  log.write({
    kind: approval.state === "open" ? "approval.voted" : "approval.closed",
    approval: approval.id,
    event: approval.event,
    state: approval.state,
    revision: approval.revision,
    sentence: `${verb} by ${vote.name} ${surfacePhrases[vote.via]}`,
  });
  changed(approval);
}
