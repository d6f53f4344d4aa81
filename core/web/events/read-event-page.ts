import { type AcceptedEvent, levels } from "../../domain/event.ts";
import type { Hub } from "../../hub.ts";
import { type BoundedPage, type PageAsked, readBounded } from "../lists/bounded-page.ts";
import { beganAt } from "../lists/since.ts";
import type { EventFilter } from "./event-filter.ts";

/** One page of events. `lookedBackTo` is set where reading stopped before the page was full. */
export interface EventPage extends Omit<BoundedPage<AcceptedEvent>, "stoppedAt"> {
  readonly lookedBackTo?: Date;
}

/**
 * Read one page of events, newest first, from the narrowest index that the filter names: a type, what is unrouted, a
 * producer, else the time. What that does not serve is filtered within the bounds of one page.
 */
export async function readEventPage(
  { store, organization, clock }: Pick<Hub, "store" | "organization" | "clock">,
  filter: EventFilter,
  asked: PageAsked,
  limit: number,
): Promise<EventPage> {
  const { index, prefix } = indexOf(organization, filter);
  const least = filter.level === undefined ? 0 : levels.indexOf(filter.level);
  const subject = filter.subject?.toLowerCase();
  const page = await readBounded(store.events, index, asked, {
    prefix,
    limit,
    since: beganAt(filter.since, clock.now()),
    wanted: ({ event, plan }) =>
      (filter.type === undefined || event.type === filter.type) &&
      (filter.producer === undefined || event.producer === filter.producer) &&
      (filter.unrouted === undefined || plan.unrouted) &&
      levels.indexOf(event.level) >= least &&
      (subject === undefined || (event.subject ?? "").toLowerCase().includes(subject)),
  });
  const { stoppedAt, ...rest } = page;
  return { ...rest, ...(stoppedAt ? { lookedBackTo: stoppedAt.event.receivedAt } : {}) };
}

function indexOf(organization: string, { type, producer, unrouted }: EventFilter) {
  if (type !== undefined) return { index: "byType", prefix: [organization, type] } as const;
  if (unrouted) return { index: "unrouted", prefix: [organization] } as const;
  if (producer) return { index: "byProducer", prefix: [organization, producer] } as const;
  return { index: "byTime", prefix: [organization] } as const;
}
