import type { CallbackAddress } from "./callback-address.ts";
import type { EventAction, Level } from "./event.ts";
import type {
  ApprovalId,
  DecisionId,
  EventId,
  OrganizationId,
  PersonId,
  ProducerId,
} from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Choice, Policy, Surface } from "./policy.ts";
import type { SignOnProof } from "./sign-on-proof.ts";

/** One thing that an approver reads before deciding. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What the approver answers for: shown whole, or not decided on where it is not. */
  readonly bound?: true;
}

/** Who asked, as the producer claims; `person` only where that name belongs to somebody known here. */
export interface Requester {
  readonly claim: string;
  readonly name: string;
  readonly person?: PersonId;
}

/** One person's choice. */
export interface Vote {
  readonly person: PersonId;
  readonly name: string;
  readonly action: string;
  readonly choice: Choice;
  readonly reason?: string;
  readonly at: Date;
  readonly via: Surface;
  /** What the vote was proven by; `sso` where its policy asks for a fresh sign-in, which stands in `proof`. */
  readonly assurance: "click" | "sso";
  readonly proof?: SignOnProof;
  /** By what the person was known: a link of their own, one that an admin confirmed, a matching e-mail address, … */
  readonly identity: "link" | "admin_link" | "email" | "session" | "key";
  /** The click that carried it, so that the same click sent again is told the same and counts once. */
  readonly click: string;
}

/** What settled a request: the vote that met its policy, or what its producer says that was decided there. */
export interface Deciding {
  readonly name: string;
  readonly action: string;
  readonly choice: Choice;
  readonly reason?: string;
  readonly at: Date;
  readonly via: Surface | "producer";
}

/** What the producer tells of an open request, such as a wrong PIN that was typed there. */
export interface Mark {
  readonly event: EventId;
  readonly type: string;
  readonly says: string;
  readonly at: Date;
}

/** How the producer says that a request ended which had ended otherwise here. Our end stands. */
export interface Conflict {
  readonly event: EventId;
  readonly state: "approved" | "rejected" | "expired" | "cancelled";
  readonly by: string;
  readonly at: Date;
}

interface ApprovalRecord {
  readonly id: ApprovalId;
  readonly organization: OrganizationId;
  /** Raised by one with every change; what a writer read must still stand when it writes. */
  readonly revision: number;
  /** The last revision whose consequences (edits, callback) are enqueued. */
  readonly announced: number;
  /** How many of the news of its ends were raised, or wanted by nobody, oldest first; absent: none. */
  readonly told?: number;
  readonly event: EventId;
  readonly producer: ProducerId;
  readonly producerName: string;
  readonly source: string;
  readonly externalId: string;
  /** What the request is about; one open request per producer and key. */
  readonly key?: string;
  readonly level: Level;
  /** The record that it is about: an address that the producer's settings allow. */
  readonly link?: string;
  readonly title: string;
  /** The whole, up to 20,000 characters. */
  readonly body?: string;
  readonly facts: readonly Fact[];
  /** In place of `facts` on one platform. */
  readonly factsOn?: { readonly slack?: readonly Fact[]; readonly teams?: readonly Fact[] };
  /** Who did what it tells of. */
  readonly actor?: string;
  /** Something bound is too long for a card, so that people decide on its page. */
  readonly unreadable?: true;
  /** What the button Open says; absent: that. */
  readonly linkLabel?: string;
  /** Why it is shown as it came, and not by the texts of its type. */
  readonly trouble?: string;
  /** Keyed digest of what is shown. It rides in every button, so a click says what its person saw. */
  readonly digest: string;
  readonly policy: Policy;
  readonly requester?: Requester;
  readonly actions: readonly EventAction[];
  readonly votes: readonly Vote[];
  /** The latest of each event type. */
  readonly marks?: readonly Mark[];
  /** The latest. */
  readonly conflict?: Conflict;
  readonly callback?: CallbackAddress;
  /** Set where its event named none: then it is its producer's own, and is called where that lies by then. */
  readonly callbackOf?: "producer";
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

export interface OpenApproval extends ApprovalRecord {
  readonly state: "open";
}

/** Nobody may vote until an admin unlocks it: too many wrong proofs were given. */
export interface LockedApproval extends ApprovalRecord {
  readonly state: "locked";
  readonly lockedBecause: string;
  readonly lockedAt: Date;
}

/** What the producer reports after an approval. The hub never guesses it. */
export const outcomes = ["executed", "granted", "fulfilled", "failed"] as const;

export interface Outcome {
  readonly kind: (typeof outcomes)[number];
  readonly detail?: string;
  /** What it says besides, for people: until when, what, to whom. At most 8. */
  readonly facts?: readonly Pick<Fact, "label" | "value">[];
  /** The same for programs, under the producer's own names: plain values, at most 20. */
  readonly fields?: JsonObject;
  readonly at: Date;
}

/** Ended by votes. There is one decision and never a second. */
export interface DecidedApproval extends ApprovalRecord {
  readonly state: "approved" | "rejected";
  readonly decision: DecisionId;
  readonly deciding: Deciding;
  readonly closedAt: Date;
  /** Only after `approved`. */
  readonly outcome?: Outcome;
}

/** An approval that an admin took back. The decision stays on record. */
export interface RevokedApproval extends ApprovalRecord {
  readonly state: "revoked";
  readonly decision: DecisionId;
  readonly deciding: Deciding;
  readonly outcome?: Outcome;
  readonly revokedBy: string;
  readonly revokeReason?: string;
  readonly closedAt: Date;
}

export interface ExpiredApproval extends ApprovalRecord {
  readonly state: "expired";
  /** Set where it ended at the producer. */
  readonly via?: "producer";
  readonly closedAt: Date;
}

export interface CancelledApproval extends ApprovalRecord {
  readonly state: "cancelled";
  /** Set where it ended at the producer. */
  readonly via?: "producer";
  /** The person or producer that withdrew it, by name. */
  readonly cancelledBy: string;
  readonly cancelReason?: string;
  readonly closedAt: Date;
}

export type ClosedApproval =
  | DecidedApproval
  | ExpiredApproval
  | CancelledApproval
  | RevokedApproval;

/** The question, its policy and its votes. */
export type Approval = OpenApproval | LockedApproval | ClosedApproval;
export type ApprovalState = Approval["state"];

/** Tell whether a request has ended: neither open nor locked. */
export function isClosed(approval: Approval): approval is ClosedApproval {
  return approval.state !== "open" && approval.state !== "locked";
}
