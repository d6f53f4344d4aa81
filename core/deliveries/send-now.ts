import type { Delivery, PendingDelivery } from "../domain/delivery.ts";
import type { DeliveryId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";

/** What became of a wish about a delivery that is still under way. */
export type Hurried =
  | { readonly kind: "queued"; readonly delivery: PendingDelivery }
  /** It does not wait for a next try. */
  | { readonly kind: "refused"; readonly delivery: Delivery };

/**
 * Let a delivery that waits for its next try be tried now, by a person's wish.
 *
 * A pause that the platform asked for is kept all the same: its lane knows of it, and looks at the delivery when the
 * pause is over.
 */
export async function sendNow(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  id: DeliveryId,
): Promise<Hurried | undefined> {
  for (;;) {
    const delivery = await store.deliveries.get(id);
    if (!delivery) return undefined;
    if (delivery.state !== "pending") return { kind: "refused", delivery };
    const now = clock.now();
    const queued: PendingDelivery = { ...delivery, dueAt: now, revision: delivery.revision + 1 };
    if ((await store.deliveries.replace(queued, delivery.revision)) === "stale") continue;
    await store.lanes.wake(queued.lane, now);
    return { kind: "queued", delivery: queued };
  }
}
