import type { Delivery } from "../domain/delivery.ts";
import type { Store } from "../ports/store.ts";

/** Later than every delivery that a hub may have. */
const endOfTime = new Date("9999-12-31T23:59:59.999Z");

/**
 * See that every lane with something to send is looked at now, whatever time it was due.
 *
 * A crash between storing a delivery and waking its lane is mended by whoever repeats the step. This is for what has no
 * such step, and for a machine whose clock was ahead and is set back: its lanes would wait for a time that is long off.
 * It reads one delivery for each lane, however many wait there.
 */
export async function wakeLanes(store: Store, now: Date): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const [first] = await store.deliveries.scan("byLane", {
      limit: 1,
      ...(after === undefined ? {} : { after }),
    });
    if (!first) return;
    await store.lanes.wake(first.lane, now);
    const last: Delivery = { ...first, priority: 1, createdAt: endOfTime };
    after = store.deliveries.cursorOf("byLane", last);
  }
}
