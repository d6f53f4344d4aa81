import type { Approval } from "../domain/approval.ts";
import type { Destination, DestinationKind } from "../domain/destination.ts";
import { kindCan } from "../domain/destination-kinds.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { ProducerId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import { findType } from "../event-types/find-type.ts";
import { approvalPage, type CardLinks } from "../messages/approval-card.ts";
import { type CardStyle, joinTexts } from "../messages/card-style.ts";
import { eventCard, type Sender } from "../messages/event-card.ts";
import { contentOver, eventContent } from "../messages/event-content.ts";
import { placeCard, withLinks } from "../messages/place-card.ts";
import { recordLink } from "../messages/record-link.ts";
import type { Store } from "../ports/store.ts";

export interface CardDeps {
  readonly store: Pick<Store, "events" | "producers" | "eventTypes">;
  readonly links: CardLinks;
}

/** A card as one place shows it. */
export interface PlacedCard {
  readonly message: Message;
  /** A text took too long or failed, so the card shows the event without it; the delivery log says so. */
  readonly remark?: string;
}

type Place = Pick<Destination, "id" | "language" | "message">;

/** What the rule that named a place, and the place itself, say in place of the type's texts. */
function styleFor(
  accepted: AcceptedEvent | undefined,
  place: Place | undefined,
): { readonly style: CardStyle; readonly remark?: string } {
  const language = place?.language === undefined ? {} : { language: place.language };
  if (!accepted || !place) return { style: language };
  const rule = accepted.plan.matched.find(
    ({ destinations, message }) => message && destinations.includes(place.id),
  );
  const { over, trouble } = contentOver(accepted.event, joinTexts(rule?.message, place.message));
  return { style: { ...language, over }, ...(trouble ? { remark: trouble } : {}) };
}

/** Draw the card of a request for one place, in its language and with its texts. */
export async function requestCard(
  { store, links }: CardDeps,
  approval: Approval,
  surface: DestinationKind,
  place: Place | undefined,
  accepted?: AcceptedEvent,
): Promise<PlacedCard> {
  // Only a known place has texts of its own, and only then the event is needed.
  const event = accepted ?? (place && (await store.events.get(approval.event)));
  const { style, remark = approval.trouble } = styleFor(event, place);
  const shown = await leadingTo({ store, links }, approval, event, style);
  const message = placeCard(shown, surface, links, style);
  return { message, ...(remark === undefined ? {} : { remark }) };
}

/** The request with the link that its rule or place names. What its event names goes before, as on other cards. */
async function leadingTo(
  { store, links }: CardDeps,
  approval: Approval,
  accepted: AcceptedEvent | undefined,
  { over }: CardStyle,
): Promise<Approval> {
  const path = over?.link?.path;
  if (path === undefined || !accepted || accepted.event.link !== undefined) return approval;
  const producer = await store.producers.get(approval.producer);
  const page = approvalPage(links, approval.id);
  return { ...approval, link: recordLink(path, producer?.records) ?? page };
}

/** Draw the card of an event that asks nothing, for one place. */
export function informationCard(
  { links }: Pick<CardDeps, "links">,
  accepted: AcceptedEvent,
  place: Pick<Destination, "kind"> & Place,
  { type, sender }: Shown,
): PlacedCard {
  const { event } = accepted;
  const { style, remark } = styleFor(accepted, place);
  const content = eventContent(event, type);
  const surface = place.kind === "slack" || place.kind === "teams" ? { surface: place.kind } : {};
  const card = eventCard(event, type, sender, links, { ...surface, style, content });
  const message = kindCan(place.kind, "decide") ? card : withLinks(card);
  const said = remark ?? content.trouble;
  return { message, ...(said === undefined ? {} : { remark: said }) };
}

/** An event's type, where it has one in the catalogue, and whose it is. */
export interface Shown {
  readonly type: EventType | undefined;
  readonly sender: Sender;
}

/** Read what a card shows of an event besides its own content. */
export async function shownOf(store: CardDeps["store"], event: Event): Promise<Shown> {
  const [producer, type] = await Promise.all([
    store.producers.get(event.producer as ProducerId),
    findType(store, event.organization, event.type),
  ]);
  return { type, sender: producer ?? { name: event.source } };
}
