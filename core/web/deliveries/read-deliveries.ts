import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { deliveriesOf, deliveriesOfId } from "../../hub/deliveries-of.ts";
import type { Hub } from "../../hub.ts";
import { type BoundedPage, mostRead, type PageAsked, readBounded } from "../lists/bounded-page.ts";
import { readOpaque } from "../lists/cursor.ts";
import { beganAt } from "../lists/since.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";

/** A delivery with the event that led to it, where it is still kept. */
export interface DeliveryLine {
  readonly delivery: Delivery;
  readonly accepted: AcceptedEvent | undefined;
}

/** One page of the log. `lookedBackTo` is set where reading stopped before the page was full. */
export interface DeliveryPage extends Omit<BoundedPage<DeliveryLine>, "stoppedAt"> {
  readonly lookedBackTo?: Date;
}

/**
 * Read one page of deliveries, newest first.
 *
 * The deliveries of one event are one page. Else the narrowest index that the filter names is read: a request, a rare
 * event type, a state, an event type, or the time. What it does not serve is looked up record by record, within the bounds of one page.
 */
export async function readDeliveries(
  { store, organization, clock }: Pick<Hub, "store" | "organization" | "clock">,
  filter: DeliveryFilter,
  asked: PageAsked,
  limit: number,
): Promise<DeliveryPage> {
  const { type, event, approval, state } = filter;
  if (type !== undefined && !event && !approval) {
    const isNarrow = !state || (await isRare({ store, organization }, type));
    if (isNarrow)
      return readByType({ store, organization, clock }, { ...filter, type }, asked, limit);
  }
  const { index, prefix } = indexOf(organization, filter);
  const events = new Map<string, Promise<AcceptedEvent | undefined>>();
  const eventOf = ({ event }: Delivery) => {
    const known = events.get(event) ?? store.events.get(event);
    events.set(event, known);
    return known;
  };
  const since = beganAt(filter.since, clock.now());
  const wanted = async (delivery: Delivery) =>
    delivery.organization === organization &&
    (filter.state === undefined || delivery.state === filter.state) &&
    (filter.to === undefined || isPlace(delivery.label, filter.to)) &&
    (filter.approval === undefined || delivery.approval === filter.approval) &&
    (filter.type === undefined || (await eventOf(delivery))?.event.type === filter.type);
  const page: BoundedPage<Delivery> = event
    ? { items: await keepOf(await deliveriesOfId(store, event), since, wanted) }
    : await readBounded(store.deliveries, index, asked, {
        prefix,
        limit,
        since,
        besides: type === undefined ? 0 : 1,
        wanted,
      });
  const { items, stoppedAt, ...ways } = page;
  const lines = await Promise.all(
    items.map(async (delivery) => ({ delivery, accepted: await eventOf(delivery) })),
  );
  return { ...ways, items: lines, ...(stoppedAt ? { lookedBackTo: stoppedAt.createdAt } : {}) };
}

/** Those of one event that are wanted, newest first. There are few, so they are one page. */
async function keepOf(
  all: readonly Delivery[],
  since: Date | undefined,
  wanted: (delivery: Delivery) => Promise<boolean>,
): Promise<readonly Delivery[]> {
  const recent = all.filter(({ createdAt }) => !since || createdAt >= since);
  const verdicts = await Promise.all(recent.map(wanted));
  return recent.filter((_, place) => verdicts[place]).toReversed();
}

/** An event type with fewer events than this is a narrower way to deliveries than any state. */
const fewEvents = 30;

async function isRare(
  { store, organization }: Pick<Hub, "store" | "organization">,
  type: string,
): Promise<boolean> {
  const prefix = [organization, type];
  const found = await store.events.scan("byType", { prefix, limit: fewEvents });
  return found.length < fewEvents;
}

/**
 * Read the deliveries of events of one type, event by event, so that a rare type is found at once. A page holds the
 * deliveries of so many events, which may be more than so many deliveries.
 */
async function readByType(
  { store, organization, clock }: Pick<Hub, "store" | "organization" | "clock">,
  filter: DeliveryFilter & { readonly type: string },
  asked: PageAsked,
  limit: number,
): Promise<DeliveryPage> {
  const since = beganAt(filter.since, clock.now());
  const kept = new Map<string, readonly Delivery[]>();
  const page = await readBounded(store.events, "byType", asked, {
    prefix: [organization, filter.type],
    limit,
    since,
    wanted: async (accepted) => {
      const all = await deliveriesOf(store, accepted);
      const fits = all.filter(
        ({ label, state, createdAt }) =>
          (filter.state === undefined || state === filter.state) &&
          (filter.to === undefined || isPlace(label, filter.to)) &&
          (!since || createdAt >= since),
      );
      kept.set(accepted.id, fits.toReversed());
      return fits.length > 0;
    },
  });
  const { items, stoppedAt, ...ways } = page;
  const lines = items.flatMap((accepted) =>
    (kept.get(accepted.id) ?? []).map((delivery) => ({ delivery, accepted })),
  );
  return {
    ...ways,
    items: lines,
    ...(stoppedAt ? { lookedBackTo: stoppedAt.event.receivedAt } : {}),
  };
}

/** A place is found by a part of its name, with or without its sign, in large or small letters. */
const isPlace = (label: string, asked: string) => plainPlace(label).includes(plainPlace(asked));
const plainPlace = (name: string) => name.replace(/^#/u, "").toLowerCase();

function indexOf(organization: string, { approval, state }: DeliveryFilter) {
  if (approval) return { index: "byApproval", prefix: [approval] } as const;
  if (state) return { index: "byState", prefix: [organization, state] } as const;
  return { index: "byTime", prefix: [organization] } as const;
}

/** What a redelivery of many would put back. */
export interface DeadFound {
  readonly deliveries: readonly DeliveryLine[];
  /** There are more than these; they are taken the next time. */
  readonly isMore: boolean;
}

/** Find the dead deliveries that a filter means, newest first, and as many as one step puts back. */
export async function findDead(
  hub: Pick<Hub, "store" | "organization" | "clock">,
  filter: DeliveryFilter,
  limit: number,
): Promise<DeadFound> {
  const found: DeliveryLine[] = [];
  let after: string | undefined;
  for (let read = 0; found.length <= limit && read < mostRead * 5; read += mostRead) {
    const page = await readDeliveries(hub, { ...filter, state: "dead" }, { after }, limit);
    found.push(...page.items);
    if (page.older === undefined)
      return { deliveries: found.slice(0, limit), isMore: found.length > limit };
    after = readOpaque(page.older);
  }
  return { deliveries: found.slice(0, limit), isMore: true };
}
