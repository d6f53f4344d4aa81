import type { Delivery } from "../domain/delivery.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { HoldingDeps } from "./held.ts";
import { redeliver } from "./redeliver.ts";

/** Deliveries that are read together. */
const together = 100;
/** What found out that a place is lost was stored before that was noted. */
const beforeMs = 60_000;

/** What was refused so often is refused for another reason, and would break its place anew at each look that mends it. */
const mostTries = 5;

/**
 * Put back the edits of a place that it refused while it was lost, such as a channel that was archived: it takes them
 * again, and no card may go on asking for what is decided. Posts went elsewhere, or are people's to send again.
 */
export async function editAgain(deps: HoldingDeps, id: DestinationId, lostAt: Date): Promise<void> {
  const { store, organization } = deps;
  const isMeant = (one: Delivery) =>
    one.state === "dead" &&
    one.task.kind === "edit" &&
    one.task.destination === id &&
    one.attempts < mostTries &&
    one.settledAt.getTime() >= lostAt.getTime() - beforeMs;
  let behind: { readonly after?: string } = {};
  for (;;) {
    const prefix = [organization, "dead"];
    const page = await store.deliveries.scan("byState", { prefix, limit: together, ...behind });
    const last = page.at(-1);
    if (!last) return;
    behind = { after: store.deliveries.cursorOf("byState", last) };
    for (const one of page.filter(isMeant)) await redeliver(deps, one.id);
  }
}
