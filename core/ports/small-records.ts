import type {
  ApprovalId,
  DestinationId,
  EventId,
  InstallationId,
  PersonId,
} from "../domain/ids.ts";
import type { Role } from "../domain/person.ts";
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

/**
 * What all processes have taken of one workspace's budget of calls, and the pause that the platform asked for. Times are
 * milliseconds of the hub's clock. The id names platform, workspace and budget.
 */
export interface BudgetUse extends Stored {
  /** Calls that may be made up to a time. Whoever took them may have made them at any moment until then. */
  readonly blocks: readonly { readonly calls: number; readonly until: number }[];
  readonly pause?: { readonly from: number; readonly until: number };
}

/** A console session. Its id is the SHA-256 of the cookie's value. */
export interface SessionRecord extends Stored {
  /** Who is signed in; absent before signing in. */
  readonly person?: PersonId;
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

/** A person's password. Its id is the hash of the name that they sign in with, so a name is one person's. */
export interface Password extends Stored {
  readonly person: PersonId;
  readonly name: string;
  /** By scrypt, with its cost and salt. */
  readonly hash: string;
  readonly changedAt: Date;
}

/** Somebody's account at the issuer of single sign-on. Its id is the hash of issuer and subject, so it is one person's. */
export interface IssuerAccount extends Stored {
  readonly person: PersonId;
  readonly issuer: string;
  readonly subject: string;
  readonly linkedAt: Date;
}

/** Rows of the audit log that were stored together, as the texts that are hashed. Nobody writes it again. */
export interface AuditBlock extends Stored {
  /** The number of its first row. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** The newest head of the audit log that was kept beside its rows; the id is the organization's. */
export interface KeptAuditHead extends Stored {
  readonly number: number;
  readonly hash: string;
  /** A MAC under a key that is not in the database. */
  readonly proof: string;
}

/** Failed tries to sign in with one name, or from one address. The id is a hash of it. */
export interface SignInTries extends Stored {
  readonly failed: number;
  /** Nothing is counted any more, and no lock holds, from then on. */
  readonly expiresAt: Date;
}

/**
 * A version of a policy. The newest stands under the id of its name; each is also kept for ever, under an id of its own,
 * before the next one or a removal takes its place.
 */
export interface StoredPolicy extends Stored {
  readonly policy: Policy;
  /** Who saved it, and when; absent on what came with the hub. */
  readonly author?: string;
  readonly savedAt?: Date;
}

/** A secret that all processes over one database share, sealed by whoever came first. */
export interface SharedSecret extends Stored {
  readonly name: string;
  readonly sealed: string;
}

/** The way back of one begun connection. Its id is the SHA-256 of the `state` that travels through the browser. */
export interface ConnectState extends Stored {
  readonly platform: "slack" | "teams";
  readonly person: PersonId;
  readonly session: string;
  /** Set where one certain workspace is to be connected. */
  readonly workspace?: string;
  readonly expiresAt: Date;
  readonly usedAt?: Date;
}

/** A private link that binds a chat account to a person (A10). Its id is the SHA-256 of the token. */
export interface AccountLink extends Stored {
  readonly platform: "slack" | "teams";
  readonly workspace: string;
  readonly user: string;
  /** What the platform calls the account's owner. */
  readonly shownName: string;
  readonly email?: string;
  readonly expiresAt: Date;
  /** Somebody said that the account is theirs, so the link is used. */
  readonly claim?: AccountClaim;
}

/** What became of an account link. */
export interface AccountClaim {
  readonly person: PersonId;
  readonly at: Date;
  /** Why an admin has to agree first; absent where the account was linked at once. */
  readonly waits?: WhyWaits;
  /** What the admin said. */
  readonly settled?: {
    readonly as: "linked" | "refused";
    readonly by: PersonId;
    readonly at: Date;
  };
}

/** Nothing but the e-mail address tells that who pressed in chat and who is signed in here are one person. */
export type WhyWaits = "second_account" | "email_differs" | "email_unknown";

/**
 * How far the channels of an installation are listed. Its id is the installation's; its revision grows with every change
 * of what is listed, so that who keeps names in memory knows when to read them again.
 */
export interface ChannelListing extends Stored {
  readonly installation: InstallationId;
  /** When the next page is asked for; whoever takes it up moves this on first, so that it is asked for once. */
  readonly dueAt: Date;
  /** Where the listing under way goes on, and when it began. */
  readonly cursor?: string;
  readonly beganAt?: Date;
  /** When a listing was whole the last time. */
  readonly listedAt?: Date;
}

/** Settings of one platform that were typed in the console, sealed; the id is the platform. The environment wins. */
export interface EnteredSettings extends Stored {
  readonly sealed: string;
  /** The manifest with which the app was made, for the difference after an upgrade. Nothing in it is secret. */
  readonly manifest?: string;
}

/**
 * When a secret of the operator's runs out, as an admin said: no platform tells. It holds for the one secret whose mark
 * it bears.
 */
export interface SecretEnd extends Stored {
  /** A keyed hash of the secret, which says nothing about it. */
  readonly mark: string;
  /** Whose secret it is: the app id. */
  readonly app: string;
  /** The last day on which it works: `2027-05-31`. */
  readonly endsOn: string;
  /** How near the end was when people were told the last time, in days. */
  readonly told?: number;
}

/** What admins chose for the hub as a whole; its id is the organization's. */
export interface HubChoices extends Stored {
  /** Where the hub's own troubles are told. */
  readonly operations?: DestinationId;
  /** The role of people whom single sign-on brings and nobody here knows; absent: they are not let in. */
  readonly defaultRole?: Role;
}
