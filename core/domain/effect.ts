import type { Outcome } from "./approval.ts";

/** How a producer says that it settled a request: the state, or the action that was used there. */
export type SettledAs =
  | "approved"
  | "rejected"
  | "expired"
  | "cancelled"
  | { readonly action: string };

/**
 * What an event does to the request of the same producer, source and subject, with its texts filled in.
 *
 * It is settled when the event is accepted, so that a type saved a moment later, or a crash, changes nothing of it.
 */
export type Effect =
  | {
      readonly kind: "closes";
      readonly state: SettledAs;
      readonly by?: string;
      readonly reason?: string;
      readonly mayFollowApproval?: true;
    }
  | ({ readonly kind: "outcome"; readonly outcome: Outcome["kind"] } & Pick<
      Outcome,
      "detail" | "facts" | "fields"
    >)
  | { readonly kind: "reply" }
  | { readonly kind: "marks"; readonly says: string };
