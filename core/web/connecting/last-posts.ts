import type { Delivery } from "../../domain/delivery.ts";
import type { DestinationId } from "../../domain/ids.ts";
import type { Hub } from "../../hub.ts";

/** How many of the hub's latest deliveries are looked through. */
const looked = 500;

/** The newest post to each destination, among the latest deliveries of the hub. */
export type LastPosts = ReadonlyMap<DestinationId, Delivery>;

/** Read where the latest posts went, and what became of them. */
export async function readLastPosts({ store, organization }: Hub): Promise<LastPosts> {
  const latest = await store.deliveries.scan("byTime", {
    prefix: [organization],
    order: "descending",
    limit: looked,
  });
  const posts = new Map<DestinationId, Delivery>();
  for (const delivery of latest) {
    const { task } = delivery;
    if (task.kind === "post" && !posts.has(task.destination)) posts.set(task.destination, delivery);
  }
  return posts;
}
