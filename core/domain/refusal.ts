import type { ClosedApproval, Vote } from "./approval.ts";
import type { Surface } from "./policy.ts";

/**
 * Every "no" that a person may meet, with what its sentence needs. State stays as it was.
 *
 * Where several fit, the first in this order is told: unidentified, outsider, not linked, suspended, closed, own request, not eligible,
 * already voted.
 */
export type Refusal =
  | { readonly because: "outsider" }
  /** The platform did not tell just now who this is: whoever may be from outside does not decide. */
  | { readonly because: "unidentified" }
  /** `link`: where the person says who they are; it is private and works once. */
  | { readonly because: "not_linked"; readonly link?: string }
  | { readonly because: "suspended" }
  | { readonly because: "closed"; readonly approval: ClosedApproval }
  | { readonly because: "locked"; readonly why: string }
  | { readonly because: "own_request"; readonly deciders: string }
  | { readonly because: "not_eligible"; readonly deciders: string }
  | { readonly because: "surface_off"; readonly surface: Surface }
  | { readonly because: "already_voted"; readonly vote: Vote }
  | { readonly because: "reason_missing"; readonly atLeast: number }
  /** The policy asks for a sign-in at the issuer that is at most so old. */
  | { readonly because: "sign_on_needed"; readonly withinMinutes: number }
  | { readonly because: "content_changed" }
  | { readonly because: "unknown_request" }
  | { readonly because: "unknown_action" }
  | { readonly because: "not_confirmed" };

export type RefusalCode = Refusal["because"];
