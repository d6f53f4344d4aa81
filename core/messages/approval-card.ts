import type {
  Approval,
  ClosedApproval,
  LockedApproval,
  OpenApproval,
  Outcome,
  Vote,
} from "../domain/approval.ts";
import { shortId } from "../domain/ids.ts";
import type { Inline, Message, MessageAction, MessageState } from "../domain/message.ts";
import { leastReason, needsReason, type Surface, sayApprovers } from "../domain/policy.ts";
import { dotted, link, message, sayLine, stateWords, text, time } from "./card.ts";
import { cleanLine, cutText } from "./clean-text.ts";
import { sayTime } from "./say-time.ts";
import { reasonLabel, surfacePhrases } from "./texts.ts";

/** Where links on cards lead. */
export interface CardLinks {
  /** The hub's own address, without a slash at its end. */
  readonly hubUrl: string;
}

/** Name the page on which one request is read and decided. */
export const approvalPage = ({ hubUrl }: CardLinks, id: string) => `${hubUrl}/approvals/${id}`;

/**
 * Draw the card of a request from its stored state, and from nothing else.
 *
 * The same state gives the same card, so an edit that comes late shows nothing older than what it was made from. On a
 * surface that the policy leaves out there is Open alone.
 */
export function approvalCard(approval: Approval, surface: Surface, links: CardLinks): Message {
  const state = approval.state === "open" ? "waiting" : approval.state;
  const page = approvalPage(links, approval.id);
  const id = link(shortId(approval.id), page);
  return message({
    state,
    title: approval.title,
    status: statusLine(approval, state),
    body: approval.body,
    facts: approval.facts,
    terms:
      approval.state === "open" || approval.state === "locked"
        ? openTerms(approval, id)
        : closedTerms(approval, id),
    actions: [
      ...(approval.state === "open" && approval.policy.via.includes(surface)
        ? approval.actions.map((_, index) => decideAction(approval, index))
        : []),
      openAction(approval.link, page, links),
    ],
    plainText: `${approval.title} — ${plainState(approval)} — ${page}`,
  });
}

/** Open leads to the event's own link; a path is a path on the hub; without any, to the hub's page. */
export function openAction(
  target: string | undefined,
  page: string,
  { hubUrl }: CardLinks,
): MessageAction {
  const url = target === undefined ? page : target.startsWith("/") ? `${hubUrl}${target}` : target;
  return { kind: "open", label: "Open", url };
}

function statusLine(approval: Approval, state: MessageState): readonly Inline[] {
  const { sign, word } = stateWords[state];
  switch (approval.state) {
    case "open":
      return dotted(
        [text(`${sign} ${word}`)],
        approval.requester ? [text(`asked by ${saidRequester(approval.requester)}`)] : [],
        [text(`from ${cleanLine(approval.producerName)}`)],
      );
    case "approved":
    case "rejected": {
      const { name, via, reason } = approval.deciding;
      return dotted(
        [text(`${sign} ${word} by ${cleanLine(name)} ${surfacePhrases[via]}`)],
        [time(approval.closedAt, "clock")],
        quoted(reason),
      );
    }
    case "locked":
      return dotted(
        [text(`${sign} ${word}: ${cleanLine(approval.lockedBecause)}`)],
        [time(approval.lockedAt, "clock")],
      );
    case "revoked":
      return dotted(
        [text(`${sign} ${word} by ${cleanLine(approval.revokedBy)}`)],
        [time(approval.closedAt, "clock")],
        quoted(approval.revokeReason),
      );
    case "expired":
      return dotted([text(`${sign} ${word}`)], [time(approval.closedAt, "day-clock")]);
    case "cancelled":
      return dotted(
        [text(`${sign} ${word} by ${cleanLine(approval.cancelledBy)}`)],
        [time(approval.closedAt, "clock")],
        quoted(approval.cancelReason),
      );
  }
}

const saidRequester = ({ name, person }: NonNullable<Approval["requester"]>) =>
  person ? cleanLine(name) : `${cleanLine(name)} (requester not known here)`;

const quoted = (reason: string | undefined) =>
  reason ? [text(`“${cutText(cleanLine(reason), 200)}”`)] : [];

const tally = ({ votes, policy }: Approval) =>
  `${votes.filter(({ choice }) => choice === "approve").length} of ${policy.votes}`;

function openTerms(approval: OpenApproval | LockedApproval, id: Inline): readonly Inline[] {
  return dotted(
    [text(tally(approval))],
    [text(`${sayApprovers(approval.policy)} may decide`)],
    [text("expires "), time(approval.expiresAt, "day-clock")],
    [id],
  );
}

function closedTerms(approval: ClosedApproval, id: Inline): readonly Inline[] {
  return dotted(
    [text(tally(approval))],
    ...approval.votes.map(voteLine),
    outcomeLine("outcome" in approval ? approval.outcome : undefined),
    [id],
  );
}

/** What the producer did: `executed 14:05 · rolled out to both regions`. */
function outcomeLine(outcome: Outcome | undefined): readonly Inline[] {
  if (!outcome) return [];
  const { kind, at, detail } = outcome;
  const said = detail === undefined ? "" : `: ${cutText(cleanLine(detail), 200)}`;
  return [text(`${kind} `), time(at, "clock"), text(said)];
}

const voteLine = ({ name, choice, at, via }: Vote): readonly Inline[] => [
  text(`${cleanLine(name)} ${choice === "approve" ? "approved" : "rejected"} `),
  time(at, "clock"),
  text(` ${surfacePhrases[via]}`),
];

function decideAction(approval: OpenApproval, index: number): MessageAction {
  const { id, choice, label } = approval.actions[index] as OpenApproval["actions"][number];
  const shown = buttonLabel(choice, label);
  return {
    kind: "decide",
    id,
    choice,
    label: shown,
    description: cutText(`${shown}: ${approval.title}`, 75),
    value: buttonValue(approval),
    ...(needsReason(approval.policy, choice)
      ? {
          reason: {
            label: reasonLabel,
            hint: `At least ${leastReason} characters`,
            atLeast: leastReason,
          },
        }
      : {}),
  };
}

/** `Approve · Deploy`: a producer names its button, and nobody mistakes what it does. At most 24 characters. */
function buttonLabel(choice: "approve" | "reject", label: string): string {
  const word = choice === "approve" ? "Approve" : "Reject";
  const own = cleanLine(label);
  return own === "" || own === word ? word : cutText(`${word} · ${own}`, 24);
}

/** What a button carries: which request, and a keyed digest of what its card showed. It grants nothing. */
export const buttonValue = ({ id, digest }: Approval) => `${id}.${digest}`;

function plainState(approval: Approval): string {
  if (approval.state === "open") {
    return `waiting for approval, expires ${sayTime(approval.expiresAt, "day-clock")}`;
  }
  const [, ...words] = sayLine(statusLine(approval, approval.state)).split(" ");
  const sentence = words.join(" ");
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
