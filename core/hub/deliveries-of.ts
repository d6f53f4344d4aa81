import { postId } from "../deliveries/keys.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { AcceptedEvent } from "../domain/event.ts";
import type { EventId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";

/** So many of those that followed from an event's posts are read together, and for a page. */
const together = 1_000;

/**
 * Read the deliveries of an event, oldest first: the posts of its plan, and what followed from them.
 *
 * The posts are asked for by the ids that the plan gives them. An index of them would lie at random places, as the ids of
 * events do: it took a sixth of the time in which an event is written.
 */
export async function deliveriesOf(
  { deliveries }: Pick<Store, "deliveries">,
  { event, plan }: Pick<AcceptedEvent, "event" | "plan">,
  { most = together }: { readonly most?: number } = {},
): Promise<readonly Delivery[]> {
  const [posts, others] = await Promise.all([
    Promise.all(plan.destinations.map((place) => deliveries.get(postId(event, place)))),
    followersOf(deliveries, event.id, most),
  ]);
  // A post that an earlier version stored is in the index too.
  const byId = new Map([...posts, ...others].flatMap((one) => (one ? [[one.id, one]] : [])));
  return [...byId.values()].sort(
    (one, other) =>
      one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
  );
}

async function followersOf(
  deliveries: Store["deliveries"],
  event: EventId,
  most: number,
): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  let behind: { readonly after?: string } = {};
  for (;;) {
    const part = await deliveries.scan("byEvent", { prefix: [event], limit: together, ...behind });
    found.push(...part);
    const last = part.at(-1);
    if (!last || part.length < together || found.length >= most) return found;
    behind = { after: deliveries.cursorOf("byEvent", last) };
  }
}

/** The same by the event's id. Without the event nothing is kept of it. */
export async function deliveriesOfId(
  store: Pick<Store, "deliveries" | "events">,
  id: EventId,
): Promise<readonly Delivery[]> {
  const accepted = await store.events.get(id);
  return accepted ? deliveriesOf(store, accepted) : [];
}
