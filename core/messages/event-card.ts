import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { Message } from "../domain/message.ts";
import { type CardLinks, openAction } from "./approval-card.ts";
import { dotted, message, stateWords, text, time } from "./card.ts";
import { cleanLine } from "./clean-text.ts";
import { eventContent } from "./event-content.ts";

/** Draw the card of an event that asks nothing: the parts of an approval card without terms and votes. */
export function eventCard(
  event: Event,
  type: EventType | undefined,
  producerName: string,
  links: CardLinks,
): Message {
  const { title, body, facts } = eventContent(event, type);
  const page = `${links.hubUrl}/events/${event.id}`;
  const open = openAction(event.link, page, links);
  return message({
    state: "information",
    title,
    status: dotted(
      [text(`${stateWords.information.sign} ${sayLevel(event)}`)],
      [text(`from ${cleanLine(producerName)}`)],
      [time(event.occurredAt, "clock")],
    ),
    body,
    facts,
    terms: [],
    actions: [open],
    plainText: `${title} — ${open.kind === "open" ? open.url : page}`,
  });
}

const sayLevel = ({ level }: Event) =>
  level === "info" ? stateWords.information.word : level.charAt(0).toUpperCase() + level.slice(1);
