import type { Delivery } from "../domain/delivery.ts";
import { isChannel, workspaceOf } from "../domain/destination.ts";
import type { Store } from "../ports/store.ts";

/** The workspace that a delivery goes to. Undefined for callbacks and hooks, and where its place or its copy is gone. */
export async function workspaceOfDelivery(
  store: Pick<Store, "destinations" | "deliveries">,
  { task }: Delivery,
): Promise<string | undefined> {
  switch (task.kind) {
    case "post": {
      const destination = await store.destinations.get(task.destination);
      return destination && isChannel(destination) ? workspaceOf(destination) : undefined;
    }
    case "edit":
    case "note": {
      const copy = await store.deliveries.get(task.copy);
      return copy?.state === "delivered" ? copy.ref?.workspace : undefined;
    }
    case "callback":
      return undefined;
  }
}
