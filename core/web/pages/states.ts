import type { Approval, ApprovalState } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import type { ApiKey } from "../../domain/producer.ts";
import { say } from "../../words/say.ts";
import type { IconName } from "./icons.tsx";

/** How one state is shown everywhere: a sign, a word and a colour, never the colour alone. */
export interface StateLook {
  readonly sign: IconName;
  readonly word: () => string;
  readonly tone:
    | "waiting"
    | "approved"
    | "rejected"
    | "mute"
    | "retrying"
    | "delivered"
    | "failed"
    | "back";
}

/** The look of each state of a request. */
export const approvalLooks: Readonly<Record<ApprovalState, StateLook>> = {
  open: { sign: "dot", word: () => say`Waiting`, tone: "waiting" },
  approved: { sign: "check", word: () => say`Approved`, tone: "approved" },
  rejected: { sign: "cross", word: () => say`Rejected`, tone: "rejected" },
  expired: { sign: "clock", word: () => say`Expired`, tone: "mute" },
  cancelled: { sign: "ban", word: () => say`Cancelled`, tone: "mute" },
  locked: { sign: "alert", word: () => say`Locked`, tone: "retrying" },
  revoked: { sign: "retry", word: () => say`Revoked`, tone: "back" },
};

const queued: StateLook = { sign: "circle", word: () => say`Queued`, tone: "mute" };
/** Tried at least once, and to be tried again. */
export const retrying: StateLook = { sign: "retry", word: () => say`Retrying`, tone: "retrying" };
/** Kept back until people act. */
const held: StateLook = { sign: "clock", word: () => say`Held`, tone: "retrying" };
const delivered: StateLook = { sign: "check", word: () => say`Delivered`, tone: "delivered" };
const failed: StateLook = { sign: "alert", word: () => say`Failed`, tone: "failed" };
const skipped: StateLook = { sign: "dash", word: () => say`Skipped`, tone: "mute" };
/** An event of the hub's own that no rule brings anywhere. */
const noted: StateLook = { sign: "dash", word: () => say`Noted`, tone: "mute" };
const unrouted: StateLook = { sign: "dash", word: () => say`Unrouted`, tone: "mute" };

/** The look of each outcome of one try. */
export const attemptLooks: Readonly<Record<Attempt["outcome"], StateLook>> = {
  sent: { sign: "check", word: () => say`Sent`, tone: "delivered" },
  retry: { sign: "retry", word: () => say`Not taken`, tone: "retrying" },
  unknown: { sign: "retry", word: () => say`No answer`, tone: "retrying" },
  rejected: { sign: "alert", word: () => say`Refused`, tone: "failed" },
  disconnected: { sign: "alert", word: () => say`Disconnected`, tone: "failed" },
};

/** Say where a delivery stands. A first try that has not left yet is queued, every later one is a retry. */
export function lookOfDelivery(delivery: Delivery): StateLook {
  switch (delivery.state) {
    case "pending":
      return delivery.attempts > 0 || delivery.waitingFor !== undefined ? retrying : queued;
    case "sending":
      return delivery.attempts > 1 ? retrying : queued;
    case "held":
      return held;
    case "delivered":
      return delivered;
    case "suppressed":
      return skipped;
    case "dead":
      return failed;
  }
}

/** Where a key stands now. */
export function stateOfKey({ revoked, expiresAt }: ApiKey, now: Date) {
  if (revoked) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}

/** The look of each state of a key. */
export const keyLooks: Readonly<Record<ReturnType<typeof stateOfKey>, StateLook>> = {
  active: { sign: "check", word: () => say`Active`, tone: "delivered" },
  expired: { sign: "clock", word: () => say`Expired`, tone: "mute" },
  revoked: { sign: "ban", word: () => say`Revoked`, tone: "mute" },
};

/** What people call each state, where one is chosen from a list. */
export const deliveryStateWords: Readonly<Record<Delivery["state"], () => string>> = {
  pending: () => say`Queued or retrying`,
  sending: () => say`On its way`,
  held: () => say`Held`,
  delivered: () => say`Delivered`,
  suppressed: () => say`Skipped`,
  dead: () => say`Failed`,
};

const worstFirst = [failed, held, retrying, queued, delivered, skipped];

/** Say where an event stands: its request before its deliveries, of those the worst, and a failure in any case. */
export function looksOfEvent(
  accepted: AcceptedEvent,
  approval: Approval | undefined,
  deliveries: readonly Delivery[],
): readonly StateLook[] {
  const look = lookOfEvent(accepted, approval, deliveries);
  const broken = deliveries.some((delivery) => delivery.state === "dead");
  return broken && look !== failed ? [look, failed] : [look];
}

function lookOfEvent(
  accepted: AcceptedEvent,
  approval: Approval | undefined,
  deliveries: readonly Delivery[],
): StateLook {
  if (approval) return approvalLooks[approval.state];
  if (accepted.plan.unrouted) return unrouted;
  if (accepted.plan.destinations.length === 0) return noted;
  const looks = deliveries.map(lookOfDelivery);
  return worstFirst.find((look) => looks.includes(look)) ?? queued;
}
