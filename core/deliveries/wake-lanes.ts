import type { Store } from "../ports/store.ts";

/**
 * See that every lane with something to send is looked at now, whatever time it was due.
 *
 * A crash between storing a delivery and waking its lane is mended by whoever repeats the step. This is for what has no
 * such step, and for a machine whose clock was ahead and is set back: its lanes would wait for a time that is long off.
 * It reads one delivery for each lane, however many wait there.
 */
export async function wakeLanes(store: Store, now: Date): Promise<void> {
  let from = "";
  for (;;) {
    const [first] = await store.deliveries.scan("byQueue", { from, limit: 1 });
    if (!first) return;
    await store.lanes.wake(first.lane, now);
    // A space sorts before every other sign, so this is after the lane and before all whose names go on.
    from = `${first.lane} `;
  }
}
