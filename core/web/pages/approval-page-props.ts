import type { Approval } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { PageFrame } from "./page-frame.ts";

/** What the viewer's last step on this page led to. It is said at the top, once. */
export type ApprovalFlash =
  | { readonly kind: "recorded" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** What the page of a request shows. */
export interface ApprovalPageProps {
  readonly frame: PageFrame;
  readonly approval: Approval;
  /** The posted copies; other deliveries of the request are passed over. */
  readonly copies: readonly Delivery[];
  /** Why the viewer may not decide here, computed without regard to a reason; absent: the buttons are there. */
  readonly refusal?: Refusal | undefined;
  /** Whether the viewer may withdraw the request. */
  readonly mayCancel: boolean;
  /** A fresh token that comes back with the vote, so that a form sent twice counts once. */
  readonly click: string;
  /** The action whose reason is being asked (`?action=`), with what was typed before where it was too short. */
  readonly choosing?: { readonly action: string; readonly reason?: string | undefined } | undefined;
  readonly flash?: ApprovalFlash | undefined;
}
