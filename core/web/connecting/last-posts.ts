import type { Delivery } from "../../domain/delivery.ts";
import type { DestinationId } from "../../domain/ids.ts";
import type { Hub } from "../../hub.ts";

/** How many of the hub's latest deliveries are looked through. */
const looked = 500;

/** The newest post to each destination, among the latest deliveries of the hub. */
export type LastPosts = ReadonlyMap<DestinationId, Delivery>;

/** Read where the latest posts went, and what became of them. Behind a long queue, what has arrived counts. */
export async function readLastPosts(hub: Hub): Promise<LastPosts> {
  const { store, organization } = hub;
  const [latest, arrived] = await Promise.all([
    store.deliveries.scan("byTime", {
      prefix: [organization],
      order: "descending",
      limit: looked,
    }),
    readLastArrived(hub),
  ]);
  return new Map([...arrived, ...newestPosts(latest)]);
}

/** Read the newest post to each destination that has arrived. */
export async function readLastArrived({ store, organization }: Hub): Promise<LastPosts> {
  const arrived = await store.deliveries.scan("byState", {
    prefix: [organization, "delivered"],
    order: "descending",
    limit: looked,
  });
  return newestPosts(arrived);
}

/** Of deliveries with the newest first. */
function newestPosts(deliveries: readonly Delivery[]): LastPosts {
  const posts = new Map<DestinationId, Delivery>();
  for (const delivery of deliveries) {
    const { task } = delivery;
    if (task.kind === "post" && !posts.has(task.destination)) posts.set(task.destination, delivery);
  }
  return posts;
}
