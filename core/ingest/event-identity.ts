import { createHash } from "node:crypto";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { deriveId, type EventId } from "../domain/ids.ts";
import { canonicalJson, type Json } from "../domain/json.ts";
import type { Store } from "../ports/store.ts";
import type { EventDraft } from "./parse-event.ts";

/** How long (producer, source, external id) names one event (SURFACE §3). */
const identityMs = 7 * 86_400_000;

/** The id of an event, from what makes it one. `age` counts the seven days that went by under the same name. */
export const eventIdOf = (
  { producer, source, externalId }: Pick<Event, "producer" | "source" | "externalId">,
  age: number,
) => deriveId("event", producer, source, externalId, age);

/** Tell content apart, whatever the order in which its names came. Under which id it was sent is no content. */
export function contentHashOf(draft: EventDraft): string {
  const { externalId: _, source: __, ...said } = draft;
  const plain = JSON.parse(JSON.stringify(said)) as Json;
  return createHash("sha256").update(canonicalJson(plain)).digest("hex");
}

/** Where an event belongs: free, taken by the same content, or by other content. */
export type Slot =
  | { readonly kind: "free"; readonly id: EventId }
  | { readonly kind: "duplicate"; readonly accepted: AcceptedEvent }
  | { readonly kind: "conflict" };

/** Find where an event belongs now. Its name is free again after seven days. */
export async function slotFor(store: Store, event: Event): Promise<Slot> {
  for (let age = 0; ; age += 1) {
    const id = eventIdOf(event, age);
    const accepted = await store.events.get(id);
    if (!accepted) return { kind: "free", id };
    if (event.receivedAt.getTime() - accepted.event.receivedAt.getTime() > identityMs) continue;
    return accepted.event.contentHash === event.contentHash
      ? { kind: "duplicate", accepted }
      : { kind: "conflict" };
  }
}

/** Find the first event that uses the name of an earlier one in the same request for other content; -1 without one. */
export function conflictWithin(events: readonly Event[]): number {
  const first = new Map<EventId, string>();
  return events.findIndex(({ id, contentHash }) => {
    const before = first.get(id) ?? contentHash;
    first.set(id, before);
    return before !== contentHash;
  });
}
