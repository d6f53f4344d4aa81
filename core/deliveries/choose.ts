import type { OpenDelivery } from "../domain/delivery.ts";

export type Choice =
  | { readonly kind: "send"; readonly delivery: OpenDelivery }
  /** Nothing may leave now; look again at this time, in milliseconds, or when woken. */
  | { readonly kind: "wait"; readonly until: number | undefined };

/** What a delivery belongs to: its order is kept within this, not across it. */
const requestOf = ({ approval, event }: OpenDelivery) => approval ?? event;

/**
 * Choose what leaves next from one lane's unsettled deliveries, in their order.
 *
 * A delivery waits for the earlier ones of its own request and for nobody else's. Posts wait for the channel's pace;
 * edits do not, for platforms count them apart. What is found as `sending` was cut off, and is due at once; so is what
 * was never tried and seems to be made in a time to come, for the clock has been set back since.
 */
export function chooseNext(
  deliveries: readonly OpenDelivery[],
  now: number,
  postsFrom: number,
): Choice {
  const waiting = new Set<string>();
  let until: number | undefined;
  for (const delivery of deliveries) {
    const request = requestOf(delivery);
    if (waiting.has(request)) continue;
    const isFromAhead = delivery.attempts === 0 && delivery.createdAt.getTime() > now;
    const due = delivery.state === "pending" && !isFromAhead ? delivery.dueAt.getTime() : 0;
    const from = delivery.task.kind === "post" ? Math.max(due, postsFrom) : due;
    if (from <= now) return { kind: "send", delivery };
    waiting.add(request);
    until = Math.min(until ?? from, from);
  }
  return { kind: "wait", until };
}
