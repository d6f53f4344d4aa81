import type { DeliveryTask, PendingDelivery } from "../domain/delivery.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Store } from "../ports/store.ts";

/**
 * Put deliveries into their lanes, each once. When the promise settles, they are on disk and their lanes are due.
 *
 * Where the store cannot do both in one commit, a lane is woken after its delivery is stored; a crash in between is
 * repaired by whoever repeats the step that asked, since what is there already is not inserted again.
 */
export async function enqueue(store: Store, deliveries: readonly PendingDelivery[]): Promise<void> {
  if (store.takeIn) {
    if (deliveries.length > 0) await store.takeIn({ events: [], deliveries });
    faultPoint("deliveries-stored");
    return;
  }
  await Promise.all(deliveries.map((delivery) => store.deliveries.insert(delivery)));
  faultPoint("deliveries-stored");
  const lanes = new Map(deliveries.map(({ lane, dueAt }) => [lane, dueAt]));
  await Promise.all([...lanes].map(([lane, at]) => store.lanes.wake(lane, at)));
}

/** A fresh delivery: not tried yet, due when it is made. */
export function pending(
  fields: Omit<PendingDelivery, "state" | "revision" | "attempts" | "dueAt" | "task"> & {
    readonly task: DeliveryTask;
  },
): PendingDelivery {
  return { state: "pending", revision: 1, attempts: 0, dueAt: fields.createdAt, ...fields };
}
