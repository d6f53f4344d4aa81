import type { ApprovalId, EventId, PersonId } from "../domain/ids.ts";
import type { Policy } from "../domain/policy.ts";
import type { Stored } from "./stored.ts";

/** Which request is open for a producer's key. Its id is made from both, so there is one at most. */
export interface OpenKey extends Stored {
  readonly approval: ApprovalId;
  /** The event that opens it; from it anybody can finish an opening that a crash cut short. */
  readonly event: EventId;
}

/** An inbound click or activity that has been answered, with the answer, so that a repeat reads the same. */
export interface SeenClick extends Stored {
  readonly answer: string;
  readonly seenAt: Date;
}

/** A console session. Its id is the SHA-256 of the cookie's value. */
export interface SessionRecord extends Stored {
  readonly content: string;
  readonly expiresAt: Date;
}

/** A one-time sign-in link. Its id is the SHA-256 of the token. */
export interface SignInLink extends Stored {
  /** Who is signed in; absent: the first admin, made when the link is used. */
  readonly person?: PersonId;
  readonly expiresAt: Date;
  readonly usedAt?: Date;
}

/** The newest version of a policy, under the id of its name. */
export interface StoredPolicy extends Stored {
  readonly policy: Policy;
}

/** A secret that all processes over one database share, sealed by whoever came first. */
export interface SharedSecret extends Stored {
  readonly name: string;
  readonly sealed: string;
}
