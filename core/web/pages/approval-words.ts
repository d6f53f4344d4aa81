import type { Approval, ClosedApproval, LockedApproval, Vote } from "../../domain/approval.ts";
import type { EventAction } from "../../domain/event.ts";
import type { Choice } from "../../domain/policy.ts";
import { textsIn } from "../../messages/catalogue.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { sayDeciders as sayWhoDecides } from "../../messages/say-deciders.ts";
import { languageNow, say } from "../../words/say.ts";

/** Where somebody decided, in the reader's words: "in Slack". */
export const surfacesNow = () => textsIn(languageNow()).surfaces;

/** Say who asked and which producer sent it: "asked by Chloé · from ci". */
export function approvalSubline(approval: Approval): string {
  const { requester, producerName } = approval;
  const asked = requester ? [say`asked by ${sayRequester(requester)}`] : [];
  return [...asked, say`from ${cleanLine(producerName)}`].join(" · ");
}

function sayRequester(requester: NonNullable<Approval["requester"]>): string {
  const name = cleanLine(requester.name);
  return requester.person === undefined ? say`${name} (not known here)` : name;
}

/** Count the votes against what is needed: "1 of 2", and the rejections where more than one is needed. */
export function sayTally({ votes, policy }: Approval): string {
  const count = (choice: Choice) => votes.filter((vote) => vote.choice === choice).length;
  const approvals = count("approve");
  if (policy.rejections === 1) return say`${approvals} of ${policy.votes}`;
  return say`${approvals} of ${policy.votes} approved, ${count("reject")} of ${policy.rejections} rejected`;
}

/** Say who may decide, as a sentence: "Release managers may decide." */
export function sayDeciders(approval: Approval): string {
  const deciders = sayWhoDecides(approval.policy, textsIn(languageNow()));
  const said = say`${deciders} may decide.`;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** Since when a request stands as it does. */
export const standsSince = (approval: LockedApproval | ClosedApproval): Date =>
  approval.state === "locked" ? approval.lockedAt : approval.closedAt;

/** Say how a request ended and by whom: "Approved by Ann in Slack". */
export function sayOutcome(approval: LockedApproval | ClosedApproval): string {
  switch (approval.state) {
    case "locked":
      return say`Locked: ${cleanLine(approval.lockedBecause)}`;
    case "revoked":
      return say`Revoked by ${cleanLine(approval.revokedBy)}`;
    case "approved":
    case "rejected": {
      const { name, via } = approval.deciding;
      const where = surfacesNow()[via];
      return approval.state === "approved"
        ? say`Approved by ${name} ${where}`
        : say`Rejected by ${name} ${where}`;
    }
    case "expired":
      return approval.via ? say`Expired at its producer` : say`Expired without a decision`;
    case "cancelled":
      return say`Cancelled by ${cleanLine(approval.cancelledBy)}`;
  }
}

/** The reason that ended a request, where one was given. */
export function reasonOf(approval: LockedApproval | ClosedApproval): string | undefined {
  switch (approval.state) {
    case "locked":
      return undefined;
    case "revoked":
      return approval.revokeReason;
    case "approved":
    case "rejected":
      return approval.deciding.reason;
    case "expired":
      return undefined;
    case "cancelled":
      return approval.cancelReason;
  }
}

/** Say one vote: "Ann approved in Slack". */
export function sayVote(vote: Vote): string {
  const where = surfacesNow()[vote.via];
  return vote.choice === "approve"
    ? say`${vote.name} approved ${where}`
    : say`${vote.name} rejected ${where}`;
}

/** What stands on a button. The choice leads, whatever the producer calls it: "Reject · Hold". */
export function buttonLabel(action: EventAction): string {
  const choice = action.choice === "approve" ? say`Approve` : say`Reject`;
  // A producer names its buttons in English; one that says no more than the choice is the choice.
  return [choice.toLowerCase(), action.choice].includes(action.label.toLowerCase())
    ? choice
    : `${choice} · ${action.label}`;
}

/** Name places in a row: "#releases and in Ops › General". */
export function sayPlaces(places: readonly string[]): string {
  if (places.length < 2) return places.join("");
  return say`${places.slice(0, -1).join(", in ")} and in ${places.at(-1) ?? ""}`;
}

/** Name things in a row: "#releases and Ops › General". */
export function sayNames(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return say`${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
