import type { OpenDelivery, PendingDelivery } from "../domain/delivery.ts";
import type { Store } from "../ports/store.ts";

/** Let a delivery wait as long as the one of its request that goes before it. It was not tried, so no try is counted. */
export async function putOff(store: Store, delivery: OpenDelivery, until: Date): Promise<void> {
  if (delivery.state !== "pending") return;
  const later: PendingDelivery = {
    ...delivery,
    waitingFor: "the message before it",
    dueAt: until,
    revision: delivery.revision + 1,
  };
  await store.deliveries.replace(later, delivery.revision);
}
