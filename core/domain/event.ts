import type { CallbackAddress } from "./callback-address.ts";
import type { Effect } from "./effect.ts";
import type { EventTexts } from "./event-type.ts";
import type { ApprovalId, DestinationId, EventId, OrganizationId, ProducerId } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Policy } from "./policy.ts";

/** Order of weight, lightest first. */
export const levels = ["debug", "info", "notice", "warning", "alert", "critical"] as const;
export type Level = (typeof levels)[number];

/** A button that the producer names. Each stands for one of the two choices. */
export interface EventAction {
  readonly id: string;
  readonly choice: "approve" | "reject";
  readonly label: string;
}

/** What a producer asks for when its event asks for an approval. All of it is a claim until a policy has weighed it. */
export interface ApprovalAsk {
  readonly policy?: string;
  readonly expiresInMs?: number;
  readonly expiresAt?: Date;
  readonly requestedBy?: string;
  readonly actions?: readonly EventAction[];
  readonly callback?: CallbackAddress;
}

/** An immutable fact received from a producer, or raised by the hub. */
export interface Event {
  readonly id: EventId;
  readonly organization: OrganizationId;
  readonly producer: ProducerId;
  /** The sender's own id. With producer and source it is the event's identity for seven days. */
  readonly externalId: string;
  readonly type: string;
  readonly source: string;
  readonly subject?: string;
  readonly level: Level;
  readonly link?: string;
  /** CloudEvents extension attributes, kept as they came. */
  readonly extensions: JsonObject;
  readonly data: JsonObject;
  readonly approval?: ApprovalAsk;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  /**
   * SHA-256 of the content, to tell a repeat from another event under the same id. Absent where the record itself says
   * all that its sender said.
   */
  readonly contentHash?: string;
}

/** A rule that took the event, as it stood then. */
export interface MatchedRule {
  readonly rule: number;
  readonly name: string;
  readonly destinations: readonly DestinationId[];
  /** What its cards say in place of the texts of the type. */
  readonly message?: EventTexts;
}

/** Why a request stands under its policy, in the order of SURFACE §8: the first of these that there was. */
export type PolicyFrom =
  | {
      readonly kind: "pin";
      /** To what an admin has pinned it, and the name of that. */
      readonly on: "type" | "producer";
      readonly name: string;
      /** What a rule or the event had named instead, without effect. */
      readonly insteadOf?: { readonly by: string; readonly policy: string };
    }
  | { readonly kind: "rule"; readonly name: string }
  | { readonly kind: "event" | "type" | "default" };

/**
 * What will be sent where, settled when the event was accepted.
 *
 * It is stored in the same record as the event, so a rule saved a moment later, or a crash, changes nothing of it.
 */
export interface Plan {
  readonly ruleSetVersion: number;
  readonly matched: readonly MatchedRule[];
  /** Each destination once, in the order in which the rules named them. */
  readonly destinations: readonly DestinationId[];
  /** True when no rule matched. With a fallback destination it goes there, and is listed as unrouted either way. */
  readonly unrouted: boolean;
  /** The policy under which the event opens an approval; absent for information. */
  readonly policy?: Policy;
  /** Why it is this policy; absent without one, and on events that came before this was kept. */
  readonly policyFrom?: PolicyFrom;
  /** What it does to the request of its producer, source and subject. */
  readonly effect?: Effect;
}

/** An event with its plan: the one record whose insert is the commit point of ingest. */
export interface AcceptedEvent {
  readonly id: EventId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly event: Event;
  readonly plan: Plan;
  /** True when the hub has a type of this name in its catalogue. */
  readonly known: boolean;
  readonly state: "accepted" | "expanded";
  /** The request that this event opened or joined, or that it tells of. */
  readonly approval?: ApprovalId;
}
