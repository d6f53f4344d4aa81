import { type OpeningDeps, openApproval } from "../approvals/open.ts";
import { enqueue, pending } from "../deliveries/enqueue.ts";
import { channelLane, postId } from "../deliveries/keys.ts";
import type { Destination } from "../domain/destination.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import type { ApprovalId } from "../domain/ids.ts";

/**
 * Turn a stored plan into deliveries, then note the event as expanded.
 *
 * It may be cut off anywhere and run again: the deliveries have ids of (event, destination). It reads the plan that
 * was stored with the event, so a rule saved meanwhile changes nothing.
 */
export async function expandEvent(deps: OpeningDeps, accepted: AcceptedEvent): Promise<void> {
  const { store } = deps;
  const { event, plan } = accepted;
  const opening = plan.policy && (await openApproval(deps, accepted, plan.policy));
  const found = await Promise.all(plan.destinations.map((id) => store.destinations.get(id)));
  const destinations = found.filter((destination) => destination !== undefined);
  if (!opening?.joined) await enqueue(store, postsOf(event, destinations, opening?.approval.id));
  await store.events.replace(
    {
      ...accepted,
      state: "expanded",
      revision: accepted.revision + 1,
      ...(opening ? { approval: opening.approval.id } : {}),
    },
    accepted.revision,
  );
}

/** The posts of an event: one to each destination, a card where the event opens a request. */
export const postsOf = (event: Event, destinations: readonly Destination[], opened?: ApprovalId) =>
  destinations.map((destination) =>
    pending({
      id: postId(event, destination.id),
      organization: event.organization,
      lane: channelLane(destination),
      task: { kind: "post", destination: destination.id },
      priority: opened ? 0 : 1,
      event: event.id,
      ...(opened ? { approval: opened } : {}),
      label: destination.name,
      platform: destination.kind,
      createdAt: event.receivedAt,
    }),
  );

/** Expand what a crash or a failed step left behind, oldest first; only what came up to `upTo`, where that is given. */
export async function expandLeft(deps: OpeningDeps, upTo?: Date): Promise<void> {
  const oldest = { limit: 100, ...(upTo ? { upTo } : {}) };
  for (;;) {
    const left = await deps.store.events.scan("toExpand", oldest);
    if (left.length === 0) return;
    for (const accepted of left) await expandEvent(deps, accepted);
  }
}
