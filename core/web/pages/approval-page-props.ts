import type { Approval } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { PageFrame } from "./page-frame.ts";

/** What the viewer's last step on this page led to. It is said at the top, once. */
export type ApprovalFlash =
  | { readonly kind: "recorded" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "revoked" }
  | { readonly kind: "unlocked" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** What the page of a request shows. */
export interface ApprovalPageProps {
  readonly frame: PageFrame;
  readonly approval: Approval;
  /** The posted copies; other deliveries of the request are passed over. */
  readonly copies: readonly Delivery[];
  /** Why the viewer may not decide here, computed without regard to a reason; absent: the buttons are there. */
  readonly refusal?: Refusal | undefined;
  /** The host of the issuer, where people can be sent through it. */
  readonly issuer?: string | undefined;
  /** Whether the viewer may withdraw the request. */
  readonly mayCancel: boolean;
  /** Whether the viewer may take an approval back, and open a locked request again. */
  readonly mayUndo?: boolean;
  /** Everything that left for the request; the copies alone where nobody says more. */
  readonly deliveries?: readonly Delivery[];
  /** Tries of its callbacks, for those who look after the hub. */
  readonly callbacks?: readonly (readonly [Delivery, Attempt])[];
  /** A fresh token that comes back with the vote, so that a form sent twice counts once. */
  readonly click: string;
  /** The action whose reason is being asked (`?action=`), with what was typed before where it was too short. */
  readonly choosing?: { readonly action: string; readonly reason?: string | undefined } | undefined;
  readonly flash?: ApprovalFlash | undefined;
}
