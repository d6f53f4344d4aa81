import { setTimeout as pause } from "node:timers/promises";
import type { Attempt, Delivery, SendingDelivery } from "../domain/delivery.ts";
import { HubError } from "../domain/hub-error.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";

export interface RecordingDeps {
  readonly store: Pick<Store, "attempts" | "deliveries">;
  readonly log: Log;
}

/** An election of MongoDB takes some seconds, and somebody who makes room on a disk a little longer. */
const longestMs = 60_000;
const againMs = 250;

/**
 * Store what became of a try. Answers `stale` where another holder of the lane has tried the same delivery meanwhile.
 *
 * What has left cannot be called back, and a result that is forgotten is sent a second time. So a store that refuses it
 * is asked again for a minute. A write that was refused may have been done all the same (see `Records`): then it is ours.
 */
export async function recordResult(
  { store, log }: RecordingDeps,
  sending: SendingDelivery,
  next: Delivery,
  attempt: Attempt | undefined,
): Promise<"saved" | "stale"> {
  const giveUpAt = performance.now() + longestMs;
  for (let tries = 1; ; tries += 1) {
    try {
      const [saved] = await Promise.all([
        store.deliveries.replace(next, sending.revision),
        attempt && store.attempts.insert(attempt),
      ]);
      return tries > 1 && (await isThere(store, next)) ? "saved" : saved;
    } catch (cause) {
      if (!isAway(cause) || performance.now() > giveUpAt) throw cause;
      if (tries === 1)
        log.write({ kind: "hub.trouble", where: `result of ${next.id}`, error: cause.message });
      await pause(againMs);
    }
  }
}

const isAway = (cause: unknown): cause is HubError =>
  cause instanceof HubError && cause.code === "store_unavailable";

/** Another holder marks the delivery as being sent, so this revision of it in this state is nobody else's. */
async function isThere({ deliveries }: RecordingDeps["store"], next: Delivery): Promise<boolean> {
  const kept = await deliveries.get(next.id);
  return kept?.revision === next.revision && kept.state === next.state;
}
