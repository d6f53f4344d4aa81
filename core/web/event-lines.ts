import type { AcceptedEvent } from "../domain/event.ts";
import { deliveriesOf } from "../hub/deliveries-of.ts";
import type { Store } from "../ports/store.ts";
import type { EventLine } from "./pages/events-page.tsx";

/** Read what became of an event: its deliveries and its request. */
export async function readEventLine(store: Store, accepted: AcceptedEvent): Promise<EventLine> {
  const [deliveries, approval] = await Promise.all([
    deliveriesOf(store, accepted),
    accepted.approval && store.approvals.get(accepted.approval),
  ]);
  return { accepted, deliveries, approval: approval || undefined };
}
