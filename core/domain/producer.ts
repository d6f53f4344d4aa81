import type { CallbackAddress } from "./callback-address.ts";
import type { KeyId, OrganizationId, PersonId, ProducerId } from "./ids.ts";

/** A system that posts events. It is its key, never the `source` that it writes. */
export interface Producer {
  readonly id: ProducerId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly name: string;
  /** Where decisions go unless an event names another address on one of `callbackHosts`. */
  readonly callback?: CallbackAddress;
  /** `host` or `host:port` on which an event's own callback address may lie. */
  readonly callbackHosts: readonly string[];
  /** The callback signing secret, sealed by the key ring. */
  readonly callbackSecret: string;
  /** The secret before that one, sealed likewise: callbacks are signed with both until this time. */
  readonly formerSecret?: { readonly sealed: string; readonly endsAt: Date };
  readonly mayNamePolicies: boolean;
  readonly records?: RecordLinks;
}

/** Where the records of a producer are read. Links that lead elsewhere are not shown. */
export interface RecordLinks {
  /** Before paths such as `/deploys/812`; https. */
  readonly address?: string;
  /** Further hosts on which a link may lie, `host` or `host:port`. */
  readonly hosts?: readonly string[];
  /** What the button says; absent: Open. */
  readonly label?: string;
}

export const scopes = ["events", "read", "vote", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** An API key, stored by its hash alone. It belongs to a producer or to a person. */
export interface ApiKey {
  /** The SHA-256 of the key, so that finding it is one look-up. */
  readonly id: string;
  readonly key: KeyId;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly name: string;
  readonly owner:
    | { readonly kind: "producer"; readonly producer: ProducerId }
    | { readonly kind: "person"; readonly person: PersonId };
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date;
  /** When it was last used, to the minute. */
  readonly lastUsedAt?: Date;
  /** Since then it opens nothing, for good. */
  readonly revoked?: { readonly at: Date; readonly by: string };
  readonly createdAt?: Date;
  readonly createdBy?: string;
}
