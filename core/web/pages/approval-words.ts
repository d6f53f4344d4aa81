import type { Approval, ClosedApproval, LockedApproval, Vote } from "../../domain/approval.ts";
import type { EventAction } from "../../domain/event.ts";
import { type Choice, sayApprovers } from "../../domain/policy.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { surfacePhrases } from "../../messages/texts.ts";

const choiceNames: Readonly<Record<Choice, string>> = { approve: "Approve", reject: "Reject" };
const pastNames: Readonly<Record<Choice, string>> = { approve: "approved", reject: "rejected" };

/** Say who asked and which producer sent it: "asked by Chloé · from ci". */
export function approvalSubline(approval: Approval): string {
  const { requester, producerName } = approval;
  const asked = requester ? [`asked by ${sayRequester(requester)}`] : [];
  return [...asked, `from ${cleanLine(producerName)}`].join(" · ");
}

function sayRequester(requester: NonNullable<Approval["requester"]>): string {
  const name = cleanLine(requester.name);
  return requester.person === undefined ? `${name} (not known here)` : name;
}

/** Count the votes against what is needed: "1 of 2", and the rejections where more than one is needed. */
export function sayTally({ votes, policy }: Approval): string {
  const count = (choice: Choice) => votes.filter((vote) => vote.choice === choice).length;
  const approvals = `${count("approve")} of ${policy.votes}`;
  if (policy.rejections === 1) return approvals;
  return `${approvals} approved, ${count("reject")} of ${policy.rejections} rejected`;
}

/** Say who may decide, as a sentence: "Release managers may decide." */
export function sayDeciders(approval: Approval): string {
  const deciders = sayApprovers(approval.policy);
  return `${deciders.charAt(0).toUpperCase()}${deciders.slice(1)} may decide.`;
}

/** Since when a request stands as it does. */
export const standsSince = (approval: LockedApproval | ClosedApproval): Date =>
  approval.state === "locked" ? approval.lockedAt : approval.closedAt;

/** Say how a request ended and by whom: "Approved by Ann in Slack". */
export function sayOutcome(approval: LockedApproval | ClosedApproval): string {
  switch (approval.state) {
    case "locked":
      return `Locked: ${cleanLine(approval.lockedBecause)}`;
    case "revoked":
      return `Revoked by ${cleanLine(approval.revokedBy)}`;
    case "approved":
    case "rejected": {
      const { name, via } = approval.deciding;
      return `${approval.state === "approved" ? "Approved" : "Rejected"} by ${name} ${surfacePhrases[via]}`;
    }
    case "expired":
      return approval.via ? "Expired at its producer" : "Expired without a decision";
    case "cancelled":
      return `Cancelled by ${cleanLine(approval.cancelledBy)}`;
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
  return `${vote.name} ${pastNames[vote.choice]} ${surfacePhrases[vote.via]}`;
}

/** What stands on a button. The choice leads, whatever the producer calls it: "Reject · Hold". */
export function buttonLabel(action: EventAction): string {
  const choice = choiceNames[action.choice];
  return action.label.toLowerCase() === choice.toLowerCase()
    ? choice
    : `${choice} · ${action.label}`;
}

/** Name places in a row: "#releases and in Ops › General". */
export function sayPlaces(places: readonly string[]): string {
  if (places.length < 2) return places.join("");
  return `${places.slice(0, -1).join(", in ")} and in ${places.at(-1)}`;
}
