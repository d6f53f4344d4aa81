import {
  type Approval,
  type ClosedApproval,
  type Conflict,
  isClosed,
  type LockedApproval,
  type Mark,
  type OpenApproval,
} from "./approval.ts";
import type { Effect } from "./effect.ts";
import { deriveId, type EventId } from "./ids.ts";

/** What a producer says of the end of a request, with the event that said it. */
export interface SettledThere {
  readonly event: EventId;
  readonly effect: Extract<Effect, { kind: "closes" }>;
  readonly at: Date;
}

/** What became of it here. */
export type TakenOver =
  | { readonly kind: "settled"; readonly approval: ClosedApproval }
  /** It had ended otherwise here; that stands, and the difference is kept. */
  | { readonly kind: "conflict"; readonly approval: ClosedApproval }
  /** It had ended so here already, or the same event was heard before. */
  | { readonly kind: "agreed"; readonly approval: Approval };

/**
 * Take over how a request was settled at its producer. Pure: run it again on a fresher copy after a lost
 * compare-and-set. What was decided here first is never changed by it.
 */
export function settleAtProducer(approval: Approval, settled: SettledThere): TakenOver {
  const state = stateOf(approval, settled);
  const by = settled.effect.by ?? approval.producerName;
  if (!isClosed(approval))
    return { kind: "settled", approval: closed(approval, state, by, settled) };
  const inOrder = state === "expired" && settled.effect.mayFollowApproval;
  const agrees =
    approval.state === state ||
    (approval.state === "approved" && inOrder) ||
    approval.conflict?.event === settled.event;
  if (agrees) return { kind: "agreed", approval };
  const conflict: Conflict = { event: settled.event, state, by, at: settled.at };
  return {
    kind: "conflict",
    approval: { ...approval, conflict, revision: approval.revision + 1 },
  };
}

/** The state that a settlement means: an action that the request does not have says neither yes nor no. */
function stateOf(approval: Approval, { effect }: SettledThere): Conflict["state"] {
  if (typeof effect.state === "string") return effect.state;
  const { action } = effect.state;
  const choice = usedOf(approval, effect)?.choice ?? action;
  if (choice === "approve") return "approved";
  return choice === "reject" ? "rejected" : "cancelled";
}

function closed(
  approval: OpenApproval | LockedApproval,
  state: Conflict["state"],
  by: string,
  { effect, at }: SettledThere,
): ClosedApproval {
  const { lockedBecause: _, lockedAt: __, ...record } = { ...unlocked, ...approval };
  const ended = { ...record, revision: approval.revision + 1, closedAt: at };
  const reason = effect.reason === undefined ? {} : { reason: effect.reason };
  switch (state) {
    case "approved":
    case "rejected": {
      const choice = state === "approved" ? "approve" : "reject";
      const action = (usedOf(approval, effect) ?? usualOf(approval, choice))?.id ?? choice;
      const deciding = { name: by, action, choice, at, via: "producer", ...reason } as const;
      return { ...ended, state, decision: deriveId("decision", approval.id), deciding };
    }
    case "expired":
      return { ...ended, state, via: "producer" };
    case "cancelled":
      return {
        ...ended,
        ...{ state, via: "producer", cancelledBy: by },
        ...(effect.reason === undefined ? {} : { cancelReason: effect.reason }),
      };
  }
}

/** The action of the request that was used there, where its producer says which. */
const usedOf = ({ actions }: Approval, { state }: SettledThere["effect"]) =>
  typeof state === "string" ? undefined : actions.find(({ id }) => id === state.action);

const usualOf = ({ actions }: Approval, wanted: "approve" | "reject") =>
  actions.find(({ choice }) => choice === wanted);

const unlocked = { lockedBecause: undefined, lockedAt: undefined };

/** Note what the producer tells of a request that has not ended. Undefined where it has, or where this was told. */
export function markAtProducer(approval: Approval, mark: Mark): Approval | undefined {
  if (isClosed(approval)) return undefined;
  const { marks = [], revision } = approval;
  const isOld = marks.some(({ event, type, at }) =>
    event === mark.event ? true : type === mark.type && at > mark.at,
  );
  if (isOld) return undefined;
  const others = marks.filter(({ type }) => type !== mark.type);
  return { ...approval, marks: [...others, mark], revision: revision + 1 };
}
