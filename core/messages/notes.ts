import type { Approval } from "../domain/approval.ts";
import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { Inline, Language, Note } from "../domain/message.ts";
import { dotted, sayLine, stateSigns, text, time } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cleanName, cutText } from "./clean-text.ts";
import { changesOf } from "./differences.ts";
import { eventContent, room } from "./event-content.ts";
import { eventSign } from "./event-sign.ts";
import { sayApprovals, sayRejections } from "./say-tally.ts";

/**
 * Tell of one vote, in the thread of the request's card: who, where, when, why, and how many there were with it.
 *
 * `click` names the vote. Answers undefined when the request has none of it.
 */
export function voteNote(
  { votes, policy }: Approval,
  click: string,
  language?: Language,
): Note | undefined {
  const index = votes.findIndex((vote) => vote.click === click);
  const vote = votes[index];
  if (!vote) return undefined;
  const texts = textsIn(language);
  const { card, states, surfaces } = texts;
  const then = { votes: votes.slice(0, index + 1), policy };
  const rejections = vote.choice === "reject" ? sayRejections(then, texts) : undefined;
  const state = vote.choice === "approve" ? "approved" : "rejected";
  const word = `${stateSigns[state]} ${states[state]}`;
  const line = dotted(
    [text(card.decidedBy(word, cleanName(vote.name), surfaces[vote.via]))],
    [time(vote.at, "clock")],
    vote.reason ? [text(card.reason(cutText(cleanLine(vote.reason), 200)))] : [],
    [text(rejections ?? sayApprovals(then, texts))],
  );
  return noteOf(line, undefined, language);
}

/** Tell of an event that belongs to a request, in the thread of its card: a reply, or data that differ. */
export function eventNote(
  event: Event,
  type: EventType | undefined,
  producerName: string,
  language?: Language,
): Note {
  const { title, body } = eventContent(event, type);
  const { sign } = eventSign(event, language, undefined);
  const from = text(textsIn(language).card.from(cleanName(producerName)));
  const line = dotted([text(`${sign} ${title}`)], [from], [time(event.occurredAt, "clock")]);
  return noteOf(line, body === undefined ? undefined : cutText(body, room.body), language);
}

/** Tell that the producer says of the end what is not so here. */
export function conflictNote(approval: Approval, language?: Language): Note | undefined {
  const { conflict, state, producerName } = approval;
  if (!conflict || state === "open") return undefined;
  const { card, notes, states } = textsIn(language);
  const there = card.endedBy(states[conflict.state], cleanName(conflict.by));
  const line = dotted(
    [text(notes.saysOtherwise(cleanName(producerName), there))],
    [time(conflict.at, "clock")],
  );
  return noteOf(line, notes.stands(states[state]), language);
}

/** Tell that the producer asked again, and what it says otherwise now; undefined where it says the same. */
export function differsNote(
  approval: Approval,
  event: Event,
  type: EventType | undefined,
  language?: Language,
): Note | undefined {
  const { notes } = textsIn(language);
  const changes = changesOf(approval, eventContent(event, type), notes);
  if (changes.length === 0) return undefined;
  const line = dotted(
    [text(notes.askedAgain(cleanName(approval.producerName)))],
    [time(event.occurredAt, "clock")],
  );
  return noteOf(line, cutText([...changes, notes.cardStays].join("\n"), room.body), language);
}

const noteOf = (
  line: readonly Inline[],
  body: string | undefined,
  language: Language | undefined,
): Note => ({
  line,
  ...(language === undefined ? {} : { language }),
  ...(body === undefined ? {} : { body }),
  plainText: body === undefined ? sayLine(line, language) : `${sayLine(line, language)} — ${body}`,
});
