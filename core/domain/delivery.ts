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

/** Post a new message, edit a posted one, or tell the producer. */
export type DeliveryTask =
  | { readonly kind: "post"; readonly destination: DestinationId }
  | { readonly kind: "edit"; readonly destination: DestinationId; readonly copy: DeliveryId }
  | { readonly kind: "callback"; readonly url: string };

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
  readonly platform: "slack" | "teams" | "callback";
  readonly attempts: number;
  readonly createdAt: Date;
  /** When a person asked for it again, and after how many attempts: its schedule counts from there. */
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

export interface DeliveredDelivery extends DeliveryRecord {
  readonly state: "delivered";
  readonly ref?: MessageRef;
  /** The revision of the request that the message showed. */
  readonly shownRevision?: number;
  readonly status?: number;
  /** The message was deleted at the platform; since then its ref is that of the closing note. */
  readonly noted?: true;
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
export type Delivery = OpenDelivery | SettledDelivery;

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
