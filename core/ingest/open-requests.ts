import type { OrganizationId, ProducerId } from "../domain/ids.ts";
import type { Problem } from "../domain/problem.ts";
import type { Store } from "../ports/store.ts";

/**
 * How many requests of one producer may wait for people at the same time (FEATURES G9). Far more than people decide:
 * at one a minute, day and night, these take half a week.
 */
export const mostOpenRequests = 5_000;

/** How long a count is believed; a full one is counted again after a second. */
const believedMs = 60_000;
const fullBelievedMs = 1_000;

/** Counts how many more requests a producer may open. */
export interface OpenRequests {
  /** Note that so many are about to open, or say why none of them may. */
  reserve(producer: ProducerId, openings: number): Promise<Problem | undefined>;
}

interface Counted {
  readonly at: number;
  room: number;
}

/**
 * Make the count of one process.
 *
 * It reads the store once a minute for each producer, and else counts down; so a process never lets more in than there
 * was room at its last look, and room that decisions make is seen after a second. Several processes at once may pass
 * the cap by what each had left: it is a guard of the hub, not a quota.
 */
export function createOpenRequests(
  store: Pick<Store, "approvals">,
  organization: OrganizationId,
  { nowMs, most = mostOpenRequests }: { readonly nowMs: () => number; readonly most?: number },
): OpenRequests {
  const counts = new Map<ProducerId, Promise<Counted>>();
  const count = (producer: ProducerId): Promise<Counted> => {
    const counted = store.approvals
      .scan("openByProducer", { prefix: [organization, producer], limit: most })
      .then((open) => ({ at: nowMs(), room: most - open.length }));
    counts.set(producer, counted);
    // A count that failed is nobody's answer but theirs who asked for it.
    counted.catch(() => counts.delete(producer));
    return counted;
  };
  const current = async (producer: ProducerId, openings: number): Promise<Counted> => {
    const known = counts.get(producer);
    if (!known) return count(producer);
    const counted = await known;
    const believed = counted.room >= openings ? believedMs : fullBelievedMs;
    if (nowMs() - counted.at < believed) return counted;
    return counts.get(producer) === known ? count(producer) : current(producer, openings);
  };
  return {
    reserve: async (producer, openings) => {
      if (openings === 0) return undefined;
      const counted = await current(producer, openings);
      if (counted.room < openings) return tooManyOpen(most);
      counted.room -= openings;
      return undefined;
    },
  };
}

const tooManyOpen = (most: number): Problem => ({
  status: 429,
  code: "too_many_open",
  title: "Too many requests of this producer wait for people",
  detail: `A producer may have ${most.toLocaleString("en")} open requests; this one has as many. Nothing was stored.`,
  hint: "Wait until some are decided, or cancel those that nobody needs any more.",
  retryAfterS: 60,
});
