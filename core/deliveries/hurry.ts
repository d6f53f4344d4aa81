import type { LaneId, PendingDelivery } from "../domain/delivery.ts";
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
  const waiting = await store.deliveries.scan("byQueue", { prefix: [lane], limit: together });
  const now = clock.now();
  await Promise.all(
    waiting.map(async (delivery) => {
      if (delivery.state !== "pending" || delivery.waitingFor === undefined) return;
      const hurried: PendingDelivery = {
        ...delivery,
        dueAt: now,
        requeued: { at: now, attempts: delivery.attempts },
        revision: delivery.revision + 1,
      };
      await store.deliveries.replace(hurried, delivery.revision);
    }),
  );
  await store.lanes.wake(lane, now);
}
