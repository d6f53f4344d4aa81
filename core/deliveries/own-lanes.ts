import type { LaneId } from "../domain/delivery.ts";
import type { LaneLease } from "../ports/store.ts";

/** Answers the lease that holds a lane by now, given the one that held it before. */
export type Newest = (lease: LaneLease) => LaneLease;

/** The leases that were handed to whoever works a lane. */
export interface Handed {
  readonly newest: Newest;
  /** The same; from here on it is the one under which the lane is worked. */
  readonly takeNewest: Newest;
}

/** Works a lane until it is given back. */
export type LaneStep = (lease: LaneLease, handed: Handed) => Promise<void>;

/**
 * Keep one worker at each lane of this process.
 *
 * A lease runs out while its lane is worked where the clock jumps, or the process stands still. The same process may then
 * claim its own lane once more, and would send what is on its way beside itself. So such a lease is handed to whoever
 * works the lane already; what comes too late for that is worked right after.
 */
export function createOwnLanes() {
  const own = new Map<LaneId, LaneLease | undefined>();
  const takeLater = (lane: LaneId): LaneLease | undefined => {
    const later = own.get(lane);
    if (later) own.set(lane, undefined);
    return later;
  };
  const handed: Handed = {
    newest: (lease) => own.get(lease.lane) ?? lease,
    takeNewest: (lease) => takeLater(lease.lane) ?? lease,
  };
  return {
    /** Give a lease to whoever works its lane already; answers whether somebody does. */
    handOver: (lease: LaneLease): boolean => {
      const isWorked = own.has(lease.lane);
      if (isWorked) own.set(lease.lane, lease);
      return isWorked;
    },
    /** Work a lane that nobody here works, by a step that never rejects. */
    work: async (first: LaneLease, step: LaneStep): Promise<void> => {
      own.set(first.lane, undefined);
      let lease: LaneLease | undefined = first;
      while (lease) {
        await step(lease, handed);
        lease = takeLater(first.lane);
      }
      own.delete(first.lane);
    },
  };
}
