import type { Approval } from "../domain/approval.ts";
import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { Inline, Note } from "../domain/message.ts";
import { dotted, sayLine, stateWords, text, time } from "./card.ts";
import { cleanLine, cutText } from "./clean-text.ts";
import { eventContent } from "./event-content.ts";
import { surfacePhrases } from "./texts.ts";

/**
 * Tell of one vote, in the thread of the request's card: who, where, when, why, and how many there were with it.
 *
 * `click` names the vote. Answers undefined when the request has none of it.
 */
export function voteNote({ votes, policy }: Approval, click: string): Note | undefined {
  const index = votes.findIndex((vote) => vote.click === click);
  const vote = votes[index];
  if (!vote) return undefined;
  const approvals = votes.slice(0, index + 1).filter(({ choice }) => choice === "approve").length;
  const { sign, word } = stateWords[vote.choice === "approve" ? "approved" : "rejected"];
  return noteOf(
    dotted(
      [text(`${sign} ${word} by ${cleanLine(vote.name)} ${surfacePhrases[vote.via]}`)],
      [time(vote.at, "clock")],
      vote.reason ? [text(`“${cutText(cleanLine(vote.reason), 200)}”`)] : [],
      [text(`${approvals} of ${policy.votes}`)],
    ),
    undefined,
  );
}

/** Tell of an event that belongs to a request, in the thread of its card: a reply, or data that differ. */
export function eventNote(event: Event, type: EventType | undefined, producerName: string): Note {
  const { title, body } = eventContent(event, type);
  const from = text(`from ${cleanLine(producerName)}`);
  return noteOf(dotted([text(title)], [from], [time(event.occurredAt, "clock")]), body);
}

const noteOf = (line: readonly Inline[], body: string | undefined): Note => ({
  line,
  ...(body === undefined ? {} : { body }),
  plainText: body === undefined ? sayLine(line) : `${sayLine(line)} — ${body}`,
});
