import type { Attempt } from "../../domain/delivery.ts";
import type { DeliveryId } from "../../domain/ids.ts";
import type { Store } from "../../ports/store.ts";

/** Read the newest tries of a delivery, so many at most, the oldest of them first. */
export async function readAttempts(
  { attempts }: Pick<Store, "attempts">,
  id: DeliveryId,
  most: number,
): Promise<readonly Attempt[]> {
  const newest = await attempts.scan("byDelivery", {
    prefix: [id],
    order: "descending",
    limit: most,
  });
  return newest.toReversed();
}
