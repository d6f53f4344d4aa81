import type { Delivery, LaneId, PendingDelivery } from "../domain/delivery.ts";
import { triedQueues } from "../domain/delivery.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";

/** Deliveries that are changed together, so that their writes share commits. */
const together = 100;

/**
 * Let everything that waits in a lane for its next try go at once, with a schedule that begins anew: what kept it is
 * mended. Who changed one meanwhile has tried it, and it stays as it is.
 */
export async function hurryLane(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  lane: LaneId,
): Promise<void> {
  const now = clock.now();
  for (const queue of triedQueues) {
    let behind: { readonly after?: string } = {};
    for (;;) {
      const page = await store.deliveries.scan("byQueue", {
        ...{ prefix: [lane, queue], limit: together },
        ...behind,
      });
      const last = page.at(-1);
      if (!last) break;
      await Promise.all(page.map((delivery) => hurry(store, delivery, now)));
      // Those that were hurried stand before it by now.
      behind = { after: store.deliveries.cursorOf("byQueue", last) };
    }
  }
  await store.lanes.wake(lane, now);
}

async function hurry(store: Store, delivery: Delivery, now: Date): Promise<void> {
  if (delivery.state !== "pending" || delivery.waitingFor === undefined) return;
  const hurried: PendingDelivery = {
    ...delivery,
    dueAt: now,
    requeued: { at: now, attempts: delivery.attempts },
    revision: delivery.revision + 1,
  };
  await store.deliveries.replace(hurried, delivery.revision);
}
