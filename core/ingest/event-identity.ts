import { hash } from "node:crypto";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { deriveId, type EventId } from "../domain/ids.ts";
import { canonicalJson, type Json } from "../domain/json.ts";
import type { Store } from "../ports/store.ts";
import type { EventDraft } from "./parse-event.ts";

/** How long (producer, source, external id) names one event (SURFACE §3). */
const identityMs = 7 * 86_400_000;

type Named = Pick<Event, "producer" | "source" | "externalId" | "receivedAt">;

const weekOf = ({ receivedAt }: Named) => Math.floor(receivedAt.getTime() / identityMs);

/** How many signs of an id say the week. The other 22 say the name, in 110 bits of its hash. */
const weekSigns = 4;
const inWeek = (id: EventId, week: number): EventId =>
  `evt_${String(week).padStart(weekSigns, "0")}${id.slice("evt_".length + weekSigns)}`;

/**
 * The id of an event: the week in which it came, counted from 1970, and its name. So no id comes again after the event
 * has been removed, and what is new lies together in every index of ids.
 */
export const eventIdOf = (event: Named): EventId =>
  inWeek(deriveId("event", event.producer, event.source, event.externalId), weekOf(event));

/** The ids that the same name has in the weeks before and after. */
export const eventIdsBeside = (event: Event): readonly [EventId, EventId] => [
  inWeek(event.id, weekOf(event) - 1),
  inWeek(event.id, weekOf(event) + 1),
];

/**
 * Tell content apart, whatever the order in which its names came. Under which id it was sent is no content.
 *
 * It costs as much as planning an event does, so it is made when there is something to compare, and kept of events
 * whose record does not say what their sender said: terms of a request are completed and sealed.
 */
export function contentHashOf(draft: EventDraft): string {
  const { externalId: _, source: __, occurredAt, approval, ...said } = draft;
  const plain = {
    ...said,
    ...(occurredAt ? { occurredAt: occurredAt.toISOString() } : {}),
    ...(approval ? { approval: JSON.parse(JSON.stringify(approval)) as Json } : {}),
  };
  return hash("sha256", canonicalJson(plain), "hex");
}

/** An event with what its sender said of it. */
export interface Said {
  readonly event: Event;
  readonly draft: EventDraft;
}

/**
 * Tell whether an event that is stored has the content of one that comes under its name now, whatever the order of the
 * names in it. What the hub fills in for itself, a time and a level, is compared where the later one says it.
 */
function isRepeat(stored: Event, { draft }: Said): boolean {
  if (stored.contentHash !== undefined) return stored.contentHash === contentHashOf(draft);
  return contentHashOf(draftIn(stored, draft)) === contentHashOf(draft);
}

/** What the sender of a stored event may have said, where its repeat says as much. */
function draftIn(stored: Event, { occurredAt, level }: EventDraft): EventDraft {
  const { type, subject, link, data, extensions } = stored;
  return {
    ...{ type, data, extensions },
    ...(subject === undefined ? {} : { subject }),
    ...(link === undefined ? {} : { link }),
    ...(occurredAt === undefined ? {} : { occurredAt: stored.occurredAt }),
    ...(level === undefined ? {} : { level: stored.level }),
  };
}

/** Where an event belongs: free, taken by the same content, or by other content. */
export type Slot =
  | { readonly kind: "free" }
  | { readonly kind: "duplicate"; readonly accepted: AcceptedEvent }
  | { readonly kind: "conflict" };

/**
 * Find where an event belongs now. Its name is free again after seven days.
 *
 * Of its own week and the weeks beside it, one holds whatever came less than seven days ago; the next one only where
 * the clock was set back.
 */
export async function slotFor(store: Store, said: Said): Promise<Slot> {
  const { event } = said;
  const ids = [event.id, ...eventIdsBeside(event)];
  const near = await Promise.all(ids.map((id) => store.events.get(id)));
  const accepted = near.find((one) => one && isWithin(one.event, event));
  if (!accepted) return { kind: "free" };
  return isRepeat(accepted.event, said) ? { kind: "duplicate", accepted } : { kind: "conflict" };
}

const isWithin = (earlier: Named, later: Named) =>
  later.receivedAt.getTime() - earlier.receivedAt.getTime() <= identityMs;

/** Find the first event that uses the name of an earlier one in the same request for other content; -1 without one. */
export function conflictWithin(said: readonly Said[]): number {
  const first = new Map<EventId, EventDraft>();
  return said.findIndex(({ event: { id }, draft }) => {
    const before = first.get(id);
    if (!before) first.set(id, draft);
    return before !== undefined && contentHashOf(before) !== contentHashOf(draft);
  });
}
