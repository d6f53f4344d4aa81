import type { LaneId } from "../domain/delivery.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";

/** Longer than a change takes, and no long wait for a message. */
const lookAgainMs = 5_000;

/**
 * Change deliveries so that they may leave, and see that their lanes are looked at.
 *
 * The change is not made again by whoever repeats the step, for it is there; so the lanes are told before it to be looked
 * at a little later. Where the process ends after the change, or the store is away then, what may leave leaves then.
 */
export async function letGo<Value>(
  { store, clock }: { readonly store: Pick<Store, "lanes">; readonly clock: Clock },
  lanes: readonly LaneId[],
  change: () => Promise<Value>,
): Promise<Value> {
  const wakeAll = (ms: number) => {
    const at = new Date(clock.now().getTime() + ms);
    return Promise.all([...new Set(lanes)].map((lane) => store.lanes.wake(lane, at)));
  };
  await wakeAll(lookAgainMs);
  const changed = await change();
  await wakeAll(0);
  return changed;
}
