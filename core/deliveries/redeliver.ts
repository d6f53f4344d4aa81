import type { Delivery, PendingDelivery } from "../domain/delivery.ts";
import type { DeliveryId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { letGo } from "./let-go.ts";

/** What became of asking for a delivery again. */
export type Redelivered =
  | { readonly kind: "queued"; readonly delivery: PendingDelivery }
  /** It is not dead: it was delivered, is needless, or is still being tried. */
  | { readonly kind: "refused"; readonly delivery: Delivery };

/**
 * Put a dead delivery back into its lane, by a person's wish.
 *
 * It stays the same delivery with the same id, so a callback keeps its `webhook-id`, and a post makes the card that
 * never came and never a second one. What was delivered is not sent again. Its schedule starts anew.
 */
export async function redeliver(
  deps: { readonly store: Store; readonly clock: Clock },
  id: DeliveryId,
): Promise<Redelivered | undefined> {
  const { store, clock } = deps;
  for (;;) {
    const delivery = await store.deliveries.get(id);
    if (!delivery) return undefined;
    if (delivery.state !== "dead") return { kind: "refused", delivery };
    const { cause: _, settledAt: __, state: ___, ...record } = delivery;
    const now = clock.now();
    const queued: PendingDelivery = {
      ...record,
      state: "pending",
      dueAt: now,
      revision: delivery.revision + 1,
      requeued: { at: now, attempts: delivery.attempts },
    };
    const saved = await letGo(deps, [queued.lane], () =>
      store.deliveries.replace(queued, delivery.revision),
    );
    if (saved === "stale") continue;
    return { kind: "queued", delivery: queued };
  }
}
