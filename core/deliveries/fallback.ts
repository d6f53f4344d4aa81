import type { InsteadOf, PendingDelivery, SendingDelivery } from "../domain/delivery.ts";
import { type Destination, helloType, takesEventType } from "../domain/destination.ts";
import type { Event } from "../domain/event.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { enqueue, pending } from "./enqueue.ts";
import { channelLane, fallbackId, postId } from "./keys.ts";
import { installationOf } from "./withheld.ts";

/**
 * Send a post elsewhere that its destination takes no more: to the destination's fallback, else to its workspace's
 * default channel, whichever takes such messages. Answers the name of that place; undefined where there is none, or where
 * this is such a post already.
 *
 * Where the event is posted there anyway it makes no second card: what is still on its way there is seen when this one's
 * turn comes. Run twice, it makes one.
 */
export async function sendElsewhere(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  delivery: SendingDelivery,
  destination: Destination,
  { type, because }: { readonly type: string; readonly because: string },
): Promise<string | undefined> {
  const { task, approval } = delivery;
  if (task.kind !== "post" || task.insteadOf) return undefined;
  const place = await fallbackOf(store, destination, { asks: approval !== undefined, type });
  const { label } = delivery;
  const platform = destination.kind;
  return place && postInstead({ store, clock }, delivery, place, { label, because, platform });
}

/**
 * While a destination is in test, its posts go to its test target and none to itself. Answers the name of that place;
 * undefined where there is none any more.
 */
export async function sendToTestTarget(
  deps: { readonly store: Store; readonly clock: Clock },
  delivery: SendingDelivery,
  { testTarget, organization }: Destination,
): Promise<string | undefined> {
  const place = testTarget && (await deps.store.destinations.get(testTarget));
  if (!place || place.organization !== organization) return undefined;
  const because = "it is in test";
  return postInstead(deps, delivery, place, { label: delivery.label, because, test: true });
}

/**
 * Say why a post that stands in for another place's is not needed: the event is posted there anyway, or will be. Undefined
 * where that post ended otherwise, as where two places stand in for each other and both are gone.
 */
export async function postedAnyway(
  store: Pick<Store, "deliveries">,
  event: Pick<Event, "id" | "receivedAt">,
  place: Destination["id"],
): Promise<string | undefined> {
  const own = await store.deliveries.get(postId(event, place));
  if (!own || own.state === "dead" || own.state === "suppressed") return undefined;
  return "The event is posted there anyway.";
}

async function postInstead(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  delivery: SendingDelivery,
  place: Destination,
  insteadOf: InsteadOf,
): Promise<string> {
  const { organization, priority, event, approval } = delivery;
  // A post is made for the moment of its event, and the one that failed is such a post.
  const own = await store.deliveries.get(
    postId({ id: event, receivedAt: delivery.createdAt }, place.id),
  );
  if (own?.state === "delivered") return place.name;
  const post: PendingDelivery = pending({
    id: fallbackId(delivery.id, place.id),
    organization,
    lane: channelLane(place),
    task: { kind: "post", destination: place.id, insteadOf },
    priority,
    event,
    ...(approval === undefined ? {} : { approval }),
    label: place.name,
    platform: place.kind,
    createdAt: clock.now(),
  });
  await enqueue(store, [post]);
  return place.name;
}

/** What is to be shown elsewhere: of which type, and whether it asks people to decide. */
interface Showing {
  readonly type: string;
  readonly asks: boolean;
}

async function fallbackOf(
  store: Store,
  broken: Destination,
  showing: Showing,
): Promise<Destination | undefined> {
  const installation = await installationOf(store, broken);
  for (const id of [broken.fallback, installation?.defaultDestination]) {
    const place = id && id !== broken.id ? await store.destinations.get(id) : undefined;
    if (place?.organization === broken.organization && wouldTake(place, showing)) return place;
  }
  return undefined;
}

function wouldTake(place: Destination, { type, asks }: Showing): boolean {
  const { broken, disabled, testing, outsiders } = place;
  if (broken || disabled || testing || (asks && outsiders)) return false;
  return type === helloType || takesEventType(place, type);
}
