import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { Message } from "../domain/message.ts";
import type { Producer } from "../domain/producer.ts";
import { approvalPage, type CardLinks, cutBody, openAction } from "./approval-card.ts";
import { dotted, message, text, time } from "./card.ts";
import type { CardStyle } from "./card-style.ts";
import { textsIn } from "./catalogue.ts";
import { cleanName } from "./clean-text.ts";
import { type EventContent, eventContent } from "./event-content.ts";
import { eventSign } from "./event-sign.ts";
import { recordLink } from "./record-link.ts";

/** Whose event it is: what cards need of its producer. */
export type Sender = Pick<Producer, "name" | "records">;

/**
 * Draw the card of an event that asks nothing: the parts of an approval card without terms and votes.
 *
 * `content` may be given where it was read already.
 */
export function eventCard(
  event: Event,
  type: EventType | undefined,
  sender: Sender,
  links: CardLinks,
  {
    surface,
    style: { language, over } = {},
    content = eventContent(event, type),
  }: {
    readonly surface?: "slack" | "teams";
    readonly style?: CardStyle;
    readonly content?: EventContent;
  } = {},
): Message {
  const shown = { ...content, ...over };
  const texts = textsIn(language);
  const page = pageOf(event, links);
  const url = recordLink(event.link ?? shown.link?.path, sender.records) ?? page;
  const label = shown.link?.label ?? sender.records?.label ?? "";
  const { sign, word, tone } = eventSign(event, language, shown.colour);
  const own = over?.facts ? undefined : surface && content.factsOn?.[surface];
  return message({
    state: "information",
    language,
    tone: tone === "neutral" ? undefined : tone,
    title: shown.title,
    status: dotted(
      [text(`${sign} ${word}`)],
      [text(texts.card.from(cleanName(sender.name)))],
      content.actor ? [text(texts.card.actor(content.actor))] : [],
      [time(event.occurredAt, "clock")],
    ),
    ...cutBody(shown.body, page, texts),
    facts: own ?? shown.facts,
    terms: [],
    actions: [openAction(label, url, texts)],
    plainText: `${shown.title} — ${url}`,
  });
}

/** The page of an event, or of the request that the hub tells of: no producer may send these types. */
function pageOf({ id, type, data }: Event, links: CardLinks): string {
  const request = data["request_id"];
  return type.startsWith("approval.") &&
    typeof request === "string" &&
    /^apr_[0-9a-z]+$/u.test(request)
    ? approvalPage(links, request)
    : `${links.hubUrl}/events/${id}`;
}
