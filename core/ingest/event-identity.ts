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
export const eventIdsBeside = (event: Event): readonly EventId[] => [
  inWeek(event.id, weekOf(event) - 1),
  inWeek(event.id, weekOf(event) + 1),
];

/** Tell content apart, whatever the order in which its names came. Under which id it was sent is no content. */
export function contentHashOf(draft: EventDraft): string {
  const { externalId: _, source: __, occurredAt, approval, ...said } = draft;
  const plain = {
    ...said,
    ...(occurredAt ? { occurredAt: occurredAt.toISOString() } : {}),
    ...(approval ? { approval: JSON.parse(JSON.stringify(approval)) as Json } : {}),
  };
  return hash("sha256", canonicalJson(plain), "hex");
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
export async function slotFor(store: Store, event: Event): Promise<Slot> {
  const ids = [event.id, ...eventIdsBeside(event)];
  const near = await Promise.all(ids.map((id) => store.events.get(id)));
  const accepted = near.find((one) => one && isWithin(one.event, event));
  if (!accepted) return { kind: "free" };
  return accepted.event.contentHash === event.contentHash
    ? { kind: "duplicate", accepted }
    : { kind: "conflict" };
}

const isWithin = (earlier: Named, later: Named) =>
  later.receivedAt.getTime() - earlier.receivedAt.getTime() <= identityMs;

/** Find the first event that uses the name of an earlier one in the same request for other content; -1 without one. */
export function conflictWithin(events: readonly Event[]): number {
  const first = new Map<EventId, string>();
  return events.findIndex(({ id, contentHash }) => {
    const before = first.get(id) ?? contentHash;
    first.set(id, before);
    return before !== contentHash;
  });
}
