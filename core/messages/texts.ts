import type { ClosedApproval, Vote } from "../domain/approval.ts";
import type { Language } from "../domain/message.ts";
import type { Surface } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import { type Catalogue, textsIn } from "./catalogue.ts";
import { cleanName } from "./clean-text.ts";
import { translateDeciders } from "./say-deciders.ts";

/** How people say where somebody decided, in English. */
export const surfacePhrases: Readonly<Record<Surface | "producer", string>> =
  textsIn("en").surfaces;

const since = (at: Date, now: Date, { ago }: Catalogue) => ago(now.getTime() - at.getTime());

function sayClosed(approval: ClosedApproval, now: Date, texts: Catalogue): string {
  const { refusals, surfaces } = texts;
  const when = since(approval.closedAt, now, texts);
  switch (approval.state) {
    case "approved":
    case "rejected": {
      const { name, via } = approval.deciding;
      return refusals.decided[approval.state](cleanName(name), when, surfaces[via]);
    }
    case "expired":
      return refusals.expired(when);
    case "revoked":
      return refusals.revoked(cleanName(approval.revokedBy), when);
    case "cancelled":
      return refusals.cancelled(cleanName(approval.cancelledBy), when);
  }
}

const sayVote = ({ choice, at, via }: Vote, now: Date, texts: Catalogue) =>
  texts.refusals.voted[choice](since(at, now, texts), texts.surfaces[via]);

/** The one or two sentences that a refused person reads, the same on every surface (FEATURES §6.5). Not escaped. */
export function refusalText(
  refusal: Refusal,
  where: Surface,
  now: Date,
  language?: Language,
): string {
  const texts = textsIn(language);
  const { refusals, surfaces } = texts;
  switch (refusal.because) {
    case "outsider":
      return refusals.outsider;
    case "unidentified":
      return refusals.unidentified;
    case "not_linked":
      return refusal.link === undefined
        ? refusals.notLinked(refusals.accounts[where])
        : refusals.linkYourself(refusal.link);
    case "suspended":
      return refusals.suspended;
    case "closed":
      return sayClosed(refusal.approval, now, texts);
    case "locked":
      return refusals.locked(cleanName(refusal.why));
    case "own_request":
      return refusals.ownRequest(translateDeciders(refusal.deciders, texts));
    case "not_eligible":
      return refusals.notEligible(translateDeciders(refusal.deciders, texts));
    case "surface_off":
      return refusals.surfaceOff(surfaces[refusal.surface]);
    case "already_voted":
      return sayVote(refusal.vote, now, texts);
    case "reason_missing":
      return refusals.reasonMissing(refusal.atLeast);
    case "sign_on_needed":
      return refusals.signOnNeeded(refusal.withinMinutes);
    case "content_changed":
      return refusals.contentChanged;
    case "unknown_request":
      return refusals.unknownRequest;
    case "unknown_action":
      return refusals.unknownAction;
    case "not_confirmed":
      return refusals.notConfirmed;
  }
}
