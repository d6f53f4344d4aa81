import type { OrganizationId, PersonId, ProducerId } from "./ids.ts";

/** To what a policy is pinned. */
export type Pinned =
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "producer"; readonly name: string; readonly producer: ProducerId };

/**
 * An admin's word that requests of a type, or of a producer, stand under one policy whatever rules and events name.
 *
 * A type that is pinned always opens a request. A producer that is pinned opens what it would open anyway.
 */
export interface Pin {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly on: Pinned;
  /** Name of the policy. */
  readonly policy: string;
  readonly author: string;
  readonly person?: PersonId;
  readonly pinnedAt: Date;
}

/** The id of a pin: there is one at most for each type and producer. */
export const pinId = (organization: OrganizationId, on: Pinned) =>
  [organization, on.kind, on.kind === "type" ? on.name : on.producer].join(" ");
