import type { ClosedApproval, Vote } from "../domain/approval.ts";
import { saySpan } from "../domain/duration.ts";
import type { Surface } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";

/** How people say where somebody decided. */
export const surfacePhrases: Readonly<Record<Surface, string>> = {
  slack: "in Slack",
  teams: "in Teams",
  web: "on the web page",
  api: "by API",
};

const accountNames: Readonly<Record<Surface, string>> = {
  slack: "your Slack account",
  teams: "your Teams account",
  web: "you",
  api: "you",
};

/** What a person is asked when a choice needs a reason. */
export const reasonLabel = "Why? The requester will see this";

const ago = (at: Date, now: Date) => {
  const span = saySpan(now.getTime() - at.getTime());
  return span === "just now" ? span : `${span} ago`;
};

const pastChoice = { approve: "approved", reject: "rejected" } as const;

function sayClosed(approval: ClosedApproval, now: Date): string {
  const when = ago(approval.closedAt, now);
  switch (approval.state) {
    case "approved":
    case "rejected": {
      const { name, via } = approval.deciding;
      return `${name} ${approval.state} this ${when} ${surfacePhrases[via]}.`;
    }
    case "expired":
      return `This request expired ${when}. Ask its requester to send it again.`;
    case "revoked":
      return `${approval.revokedBy} took this approval back ${when}.`;
    case "cancelled":
      return `${approval.cancelledBy} cancelled this ${when}. Ask its requester to send it again if it is still needed.`;
  }
}

const sayVote = (vote: Vote, now: Date) =>
  `Your vote stands: you ${pastChoice[vote.choice]} this ${ago(vote.at, now)} ${surfacePhrases[vote.via]}.`;

/** The one or two sentences that a refused person reads, the same on every surface (FEATURES §6.5). Not escaped. */
export function refusalText(refusal: Refusal, where: Surface, now: Date): string {
  switch (refusal.because) {
    case "outsider":
      return "People from outside cannot decide here. Ask somebody of this workspace to decide.";
    case "not_linked":
      return refusal.link === undefined
        ? `Countersign does not know yet who you are. Ask an admin to link ${accountNames[where]}, then press again; the request is still open.`
        : `Countersign does not know yet who you are. Open this private link within 10 minutes, then press again; the request is still open: ${refusal.link}`;
    case "suspended":
      return "Your access to Countersign is suspended, so your click did not count. Ask an admin of the hub.";
    case "closed":
      return sayClosed(refusal.approval, now);
    case "locked":
      return `This request is locked: ${refusal.why}. An admin can unlock it.`;
    case "own_request":
      return `You cannot decide your own request. Who can: ${refusal.deciders}.`;
    case "not_eligible":
      return `Your vote is not asked for here. Who can decide: ${refusal.deciders}.`;
    case "surface_off":
      return `This request is not decided ${surfacePhrases[refusal.surface]}. Press Open to decide on its page.`;
    case "already_voted":
      return sayVote(refusal.vote, now);
    case "reason_missing":
      return `A reason of at least ${refusal.atLeast} characters is needed. Nothing was recorded.`;
    case "content_changed":
      return "What this card shows is not what the request says now, so your click did not count. Read it again and press again.";
    case "unknown_request":
      return "Countersign does not know the request on this card. It may belong to another hub; ask whoever sent it.";
    case "unknown_action":
      return "This button does not belong to the request. Nothing was recorded.";
    case "not_confirmed":
      return "We could not confirm that your click was saved. Press again in a minute; it counts once.";
  }
}
