import type { DestinationKind } from "./destination.ts";
import type {
  ApprovalId,
  AttemptId,
  DeliveryId,
  DestinationId,
  EventId,
  OrganizationId,
} from "./ids.ts";
import type { MessageRef } from "./message-ref.ts";

/** The name of a lane: deliveries of one lane leave one after the other, and wait for nobody else's. */
export type LaneId = `lane:${string}`;

/** The place that a post was meant for: it took nothing any more, or is in test. */
export interface InsteadOf {
  readonly label: string;
  readonly because: string;
  /** Whose answer the reason is; absent where it is the hub's own. */
  readonly platform?: DestinationKind;
  readonly test?: true;
}

/**
 * Post a new message, edit a posted one, write a note into the thread below one, or tell the producer at the address
 * that its request names.
 */
export type DeliveryTask =
  | {
      readonly kind: "post";
      readonly destination: DestinationId;
      /** The message says so. */
      readonly insteadOf?: InsteadOf;
      /** The post whose request it tells the outcome of, where what was posted cannot be edited. */
      readonly follows?: DeliveryId;
    }
  | { readonly kind: "edit"; readonly destination: DestinationId; readonly copy: DeliveryId }
  | {
      readonly kind: "note";
      readonly destination: DestinationId;
      readonly copy: DeliveryId;
      /** The click of the vote that it tells of; absent: it tells of the delivery's event. */
      readonly vote?: string;
      /** What it says of the delivery's event; absent with a vote. */
      readonly tells?: "event" | "conflict" | "differs";
    }
  | { readonly kind: "callback" };

interface DeliveryRecord {
  readonly id: DeliveryId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly lane: LaneId;
  readonly task: DeliveryTask;
  /** 0 leaves before 1: cards of requests and their edits, then information. */
  readonly priority: 0 | 1;
  readonly event: EventId;
  readonly approval?: ApprovalId;
  /** The revision of the request that made this delivery; an older edit or callback never overtakes a newer one. */
  readonly approvalRevision?: number;
  /** What people read in feeds and logs: `#releases`, `Ops › General`, the host of a callback. */
  readonly label: string;
  readonly platform: DestinationKind | "callback";
  readonly attempts: number;
  readonly createdAt: Date;
  /**
   * From when on its schedule counts, and after how many attempts: a person asked for it again, its place was mended, or
   * it waited long for its first try.
   */
  readonly requeued?: { readonly at: Date; readonly attempts: number };
}

export interface PendingDelivery extends DeliveryRecord {
  readonly state: "pending";
  readonly dueAt: Date;
  /** Why the last attempt did not settle it. */
  readonly waitingFor?: string;
}

export interface SendingDelivery extends DeliveryRecord {
  readonly state: "sending";
  /** Who holds the lane; a write with an older fence is refused. */
  readonly fence: number;
  readonly startedAt: Date;
}

/** What a held delivery waits for: its workspace to be connected again, or its channel to let the app in. */
export type Awaited =
  | { readonly kind: "workspace"; readonly workspace: string }
  | { readonly kind: "channel"; readonly destination: DestinationId };

/** Kept back until people act. Nobody looks at it meanwhile; `releaseHeld` lets it go on. */
export interface HeldDelivery extends DeliveryRecord {
  readonly state: "held";
  readonly awaits: Awaited;
  readonly cause: string;
  readonly heldAt: Date;
}

export interface DeliveredDelivery extends DeliveryRecord {
  readonly state: "delivered";
  readonly ref?: MessageRef;
  /** The revision of the request that the message showed. */
  readonly shownRevision?: number;
  readonly status?: number;
  /** The message was deleted at the platform; since then its ref is that of the closing note. */
  readonly noted?: true;
  /** It arrived otherwise than meant: `template timed out`. */
  readonly remark?: string;
  readonly durationMs: number;
  readonly settledAt: Date;
}

/** Not sent, and rightly so: a newer edit made it needless, or the copy is gone. */
export interface SuppressedDelivery extends DeliveryRecord {
  readonly state: "suppressed";
  readonly cause: string;
  readonly settledAt: Date;
}

export interface DeadDelivery extends DeliveryRecord {
  readonly state: "dead";
  readonly cause: string;
  readonly settledAt: Date;
}

export type OpenDelivery = PendingDelivery | SendingDelivery;
export type SettledDelivery = DeliveredDelivery | SuppressedDelivery | DeadDelivery;

/** One outbound message to one place. */
export type Delivery = OpenDelivery | HeldDelivery | SettledDelivery;

/**
 * Where an open delivery stands in its lane: the number of its queue, and its time within. Undefined for all others.
 *
 * Queues are served in this order: edits and callbacks, cards of requests, information; and in each of the three, what
 * was tried before what was not. Notes in threads stand with the information, so that they delay no card. What was never tried is due whatever its time; what was is due at its time. A delivery
 * that was cut off while it was being sent stands first.
 */
export function placeInLane(delivery: Delivery): readonly [queue: number, at: Date] | undefined {
  const { kind } = delivery.task;
  const first = kind === "post" || kind === "note" ? 2 + 2 * delivery.priority : 0;
  switch (delivery.state) {
    case "sending":
      return [first, new Date(0)];
    case "pending":
      return delivery.waitingFor === undefined
        ? [first + 1, delivery.createdAt]
        : [first, delivery.dueAt];
    case "held":
    case "delivered":
    case "suppressed":
    case "dead":
      return undefined;
  }
}

/** The queues of a lane in which what was tried before waits for its time. */
export const triedQueues = [0, 2, 4] as const;

/** One try of a delivery, kept for people to read. Secrets are redacted where it is made. */
export interface Attempt {
  readonly id: AttemptId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly delivery: DeliveryId;
  readonly number: number;
  readonly outcome: "sent" | "retry" | "unknown" | "rejected" | "disconnected";
  readonly because?: string;
  readonly status?: number;
  /** What was sent, as JSON text, redacted and cut at 16 KB. */
  readonly request: string;
  /** What came back, as text, redacted and cut at 4 KB. */
  readonly response: string;
  readonly startedAt: Date;
  readonly durationMs: number;
}
