import type {
  Approval,
  ClosedApproval,
  Fact,
  LockedApproval,
  Mark,
  OpenApproval,
  Outcome,
  Vote,
} from "../domain/approval.ts";
import { shortId } from "../domain/ids.ts";
import type { Inline, Language, Message, MessageAction, MessageState } from "../domain/message.ts";
import { leastReason, needsReason, type Surface } from "../domain/policy.ts";
import { dotted, link, message, sayLine, stateSigns, text, time } from "./card.ts";
import type { CardStyle } from "./card-style.ts";
import { type Catalogue, textsIn } from "./catalogue.ts";
import { cleanLine, cleanName, cutText } from "./clean-text.ts";
import { type EventContent, room } from "./event-content.ts";
import { sayDeciders } from "./say-deciders.ts";
import { sayReport } from "./say-report.ts";
import { sayApprovals, sayRejections } from "./say-tally.ts";
import { sayTime } from "./say-time.ts";

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
 * surface that the policy leaves out there is Open alone, and so there is where something that the approver answers for
 * is too long to be shown.
 */
export function approvalCard(
  approval: Approval,
  surface: Surface,
  links: CardLinks,
  { language, over = {} }: CardStyle = {},
): Message {
  const state = approval.state === "open" ? "waiting" : approval.state;
  const page = approvalPage(links, approval.id);
  const told: Told = { texts: textsIn(language), language };
  const id = link(shortId(approval.id), page);
  const title = over.title ?? approval.title;
  const decidable = approval.state === "open" && approval.policy.via.includes(surface);
  const facts = boundFirst(approval, surface, over.facts);
  const isCut = facts.filter(({ bound }) => bound).length > room.facts;
  const readable = !(approval.unreadable || over.unreadable || isCut);
  const label = over.link?.label ?? approval.linkLabel ?? "";
  return message({
    state,
    language,
    title,
    status: statusLine(approval, state, told),
    ...cutBody(over.body ?? approval.body, page, told.texts),
    facts: facts.slice(0, room.facts),
    terms:
      approval.state === "open" || approval.state === "locked"
        ? openTerms(approval, id, decidable && !readable, told)
        : closedTerms(approval, id, told),
    actions: [
      ...(decidable && readable
        ? approval.actions.map((_, index) =>
            decideAction(approval, index, { title, buttons: over.buttons }, told),
          )
        : []),
      openAction(label, linkOf(approval) ?? page, told.texts),
    ],
    plainText: `${title} — ${plainState(approval, told)} — ${page}`,
  });
}

/** Requests of earlier versions kept a link as it came, paths too. */
const linkOf = ({ link: url }: Approval) => (url?.startsWith("https:") ? url : undefined);

/** The button that opens an address; at most 24 characters, and never without a word. */
export const openAction = (label: string, url: string, { card }: Catalogue): MessageAction => ({
  kind: "open",
  label: cutText(cleanLine(label), 24) || card.open,
  url,
});

interface Told {
  readonly texts: Catalogue;
  readonly language: Language | undefined;
}

/** The beginning of a body, and where the whole is read. */
export function cutBody(
  body: string | undefined,
  page: string,
  { card }: Catalogue,
): Pick<Message, "body" | "full"> {
  if (body === undefined) return {};
  const shown = cutText(body, room.body);
  return shown === body ? { body } : { body: shown, full: link(card.openFull, page) };
}

/** What the approver answers for stands on every card, whatever a rule or a place shows besides. */
function boundFirst(
  { facts, factsOn }: Approval,
  surface: Surface,
  over: readonly Fact[] | undefined,
): readonly Fact[] {
  const own =
    (surface === "slack" || surface === "teams" ? factsOn?.[surface] : undefined) ?? facts;
  if (!over) return own;
  const bound = facts.filter((fact) => fact.bound);
  const isThere = ({ label }: Fact) => bound.some((fact) => fact.label === label);
  const alsoBound = over.filter((fact) => fact.bound && !isThere(fact));
  return [...bound, ...alsoBound, ...over.filter((fact) => !fact.bound)];
}

function statusLine(approval: Approval, state: MessageState, told: Told): readonly Inline[] {
  const { texts } = told;
  const { card } = texts;
  const word = `${stateSigns[state]} ${texts.states[state]}`;
  switch (approval.state) {
    case "open":
      return dotted(
        [text(word)],
        approval.requester ? [text(card.askedBy(saidRequester(approval.requester, texts)))] : [],
        [text(card.from(cleanName(approval.producerName)))],
        approval.actor ? [text(card.actor(cleanName(approval.actor)))] : [],
      );
    case "approved":
    case "rejected": {
      const { name, via, reason } = approval.deciding;
      return dotted(
        [text(card.decidedBy(word, cleanName(name), texts.surfaces[via]))],
        [time(approval.closedAt, "clock")],
        quoted(reason, texts),
      );
    }
    case "locked":
      return dotted(
        [text(card.lockedBecause(word, cleanName(approval.lockedBecause)))],
        [time(approval.lockedAt, "clock")],
      );
    case "revoked":
      return dotted(
        [text(card.endedBy(word, cleanName(approval.revokedBy)))],
        [time(approval.closedAt, "clock")],
        quoted(approval.revokeReason, texts),
      );
    case "expired":
      return dotted(
        [text(approval.via ? `${word} ${texts.surfaces[approval.via]}` : word)],
        [time(approval.closedAt, "day-clock")],
      );
    case "cancelled":
      return dotted(
        [text(card.endedBy(word, cleanName(approval.cancelledBy)))],
        [time(approval.closedAt, "clock")],
        quoted(approval.cancelReason, texts),
      );
  }
}

/** Name who asked, and say where that is only what its producer claims. */
export const saidRequester = (
  { name, person }: NonNullable<Approval["requester"]>,
  { card }: Catalogue,
) => (person ? cleanName(name) : card.unknownRequester(cleanName(name)));

const quoted = (reason: string | undefined, { card }: Catalogue) =>
  reason ? [text(card.reason(cutText(cleanLine(reason), 200)))] : [];

function openTerms(
  approval: OpenApproval | LockedApproval,
  id: Inline,
  readFirst: boolean,
  { texts }: Told,
): readonly Inline[] {
  const { card } = texts;
  const rejections = sayRejections(approval, texts);
  return dotted(
    [text(sayApprovals(approval, texts))],
    rejections === undefined ? [] : [text(rejections)],
    [text(card.mayDecide(cutText(sayDeciders(approval.policy, texts), 300)))],
    [text(card.expires), time(approval.expiresAt, "day-clock")],
    readFirst ? [text(card.readToDecide)] : [],
    ...(approval.marks ?? []).map(markLine),
    [id],
  );
}

function closedTerms(approval: ClosedApproval, id: Inline, { texts }: Told): readonly Inline[] {
  return dotted(
    [text(sayApprovals(approval, texts))],
    ...approval.votes.map((vote) => voteLine(vote, texts)),
    outcomeLine("outcome" in approval ? approval.outcome : undefined, texts),
    conflictLine(approval, texts),
    [id],
  );
}

const markLine = ({ says, at }: Mark): readonly Inline[] => [
  text(`${cutText(cleanLine(says), 200)} `),
  time(at, "clock"),
];

/** How the producer says that it ended, where that is not how it ended here. */
function conflictLine(
  { conflict, producerName }: ClosedApproval,
  { card, notes, states }: Catalogue,
): readonly Inline[] {
  if (!conflict) return [];
  const there = card.endedBy(states[conflict.state], cleanName(conflict.by));
  return [
    text(`${notes.saysOtherwise(cleanName(producerName), there)} `),
    time(conflict.at, "clock"),
  ];
}

/** What the producer did: `executed 14:05 · rolled out to both regions`. */
function outcomeLine(outcome: Outcome | undefined, { card }: Catalogue): readonly Inline[] {
  if (!outcome) return [];
  const { kind, at } = outcome;
  const said = sayReport(outcome);
  return [text(card.outcomes[kind]), time(at, "clock"), text(said === "" ? "" : `: ${said}`)];
}

const voteLine = (
  { name, choice, at, via }: Vote,
  { card, surfaces }: Catalogue,
): readonly Inline[] => [
  text(
    choice === "approve" ? card.approvedVote(cleanName(name)) : card.rejectedVote(cleanName(name)),
  ),
  time(at, "clock"),
  text(` ${surfaces[via]}`),
];

function decideAction(
  approval: OpenApproval,
  index: number,
  { title, buttons }: { readonly title: string; readonly buttons: EventContent["buttons"] },
  { texts }: Told,
): MessageAction {
  const { id, choice, label } = approval.actions[index] as OpenApproval["actions"][number];
  const shown = buttonLabel(choice, buttons?.[choice] ?? label, texts);
  const { reason } = texts;
  return {
    kind: "decide",
    id,
    choice,
    label: shown,
    description: cutText(`${shown}: ${title}`, 75),
    value: buttonValue(approval),
    ...(needsReason(approval.policy, choice)
      ? {
          reason: { label: reason.label, hint: reason.hint(leastReason), atLeast: leastReason },
        }
      : {}),
  };
}

/** What a button says where its producer and its type name none; it is said in the language of its place. */
export const usualLabels = { approve: "Approve", reject: "Reject" } as const;

/** `Approve · Deploy`: a producer names its button, and nobody mistakes what it does. At most 24 characters. */
function buttonLabel(choice: "approve" | "reject", label: string, { buttons }: Catalogue): string {
  const word = buttons[choice];
  const own = cleanLine(label);
  return own === "" || own === usualLabels[choice] ? word : cutText(`${word} · ${own}`, 24);
}

/** What a button carries: which request, and a keyed digest of what its card showed. It grants nothing. */
export const buttonValue = ({ id, digest }: Approval) => `${id}.${digest}`;

function plainState(approval: Approval, told: Told): string {
  const { texts, language } = told;
  if (approval.state === "open") {
    return texts.card.waitingPlain(sayTime(approval.expiresAt, "day-clock", language));
  }
  const [, ...words] = sayLine(statusLine(approval, approval.state, told), language).split(" ");
  const sentence = words.join(" ");
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
