import type {
  Awaited,
  Delivery,
  HeldDelivery,
  OpenDelivery,
  PendingDelivery,
} from "../domain/delivery.ts";
import {
  type ChatChannel,
  type Destination,
  type DestinationKind,
  isChannel,
  workspaceOf,
} from "../domain/destination.ts";
import { destinationKinds } from "../domain/destination-kinds.ts";
import type { DestinationId, OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { awaitedKey } from "../ports/collections.ts";
import type { LaneLease, Store } from "../ports/store.ts";
import { letGo } from "./let-go.ts";
import { workspaceOfDelivery } from "./workspace-of-delivery.ts";

export interface HoldingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly organization: OrganizationId;
}

/** What deliveries are held for, with its platform. */
export type HeldFor = Awaited & { readonly platform: DestinationKind };

/** Deliveries that are changed together, so that their writes share commits. */
const together = 100;

/** Hold one delivery, as another one is held already. Answers false when it was changed meanwhile. */
export async function holdLike(
  { store, clock }: Pick<HoldingDeps, "store" | "clock">,
  delivery: OpenDelivery,
  { awaits, cause }: HeldDelivery,
): Promise<boolean> {
  const {
    state: _,
    dueAt: __,
    waitingFor: ___,
    fence: ____,
    startedAt: _____,
    ...record
  } = { dueAt: null, waitingFor: null, fence: null, startedAt: null, ...delivery };
  const held: HeldDelivery = {
    ...record,
    state: "held",
    awaits,
    cause,
    heldAt: clock.now(),
    revision: delivery.revision + 1,
  };
  return (await store.deliveries.replace(held, delivery.revision)) === "saved";
}

/**
 * Hold all that waits in a lane, for what one of it is held for. Nobody looks at it then; what comes to the lane later
 * is tried once, and so finds out by itself when the trouble is over.
 *
 * Where a workspace is lost, what goes to another one leaves: the destination was moved since, and only edits of its
 * older messages go to the lost one.
 */
export async function holdLane(
  deps: Pick<HoldingDeps, "store" | "clock">,
  { lane }: LaneLease,
  held: HeldDelivery,
): Promise<void> {
  const { deliveries } = deps.store;
  const { awaits } = held;
  const holdOne = async (one: Delivery) => {
    if (one.state !== "pending" && one.state !== "sending") return;
    if (
      awaits.kind === "channel" ||
      awaits.workspace === (await workspaceOfDelivery(deps.store, one))
    )
      await holdLike(deps, one, held);
  };
  let behind: { readonly after?: string } = {};
  for (;;) {
    const open = await deliveries.scan("byQueue", { prefix: [lane], limit: together, ...behind });
    const last = open.at(-1);
    if (!last) return;
    await Promise.all(open.map(holdOne));
    behind = { after: deliveries.cursorOf("byQueue", last) };
  }
}

/**
 * Let go on what is held for a workspace or a channel. Answers how many deliveries that are.
 *
 * Each is pending again in its old order, and its 24 hours begin anew; nothing is sent twice, for nothing of it was sent.
 * Call it when the workspace is connected or the app is in the channel, as often as you like: with nothing held it
 * costs one look. A try that failed just before may be stored after it, so a scheduled look calls it again.
 */
export async function releaseHeld(deps: HoldingDeps, held: HeldFor): Promise<number> {
  const { store, clock, organization } = deps;
  const prefix = [organization, held.platform, awaitedKey(held)];
  let released = 0;
  let behind: { readonly after?: string } = {};
  for (;;) {
    const page = await store.deliveries.scan("byAwaited", { prefix, limit: together, ...behind });
    const last = page.at(-1);
    if (!last) return released;
    // What is refused and held anew meanwhile stands before it, and waits for the next call.
    behind = { after: store.deliveries.cursorOf("byAwaited", last) };
    const now = clock.now();
    const lanes = page.map(({ lane }) => lane);
    const done = await letGo(deps, lanes, () =>
      Promise.all(page.map((one) => release(store, one as HeldDelivery, now))),
    );
    released += done.filter(Boolean).length;
  }
}

/**
 * Let go on the posts to one channel that are held for its workspace: the destination leads elsewhere by now, or is no
 * more. Edits of what was posted there wait on, for that is where their messages are.
 */
export const releasePosts = (deps: HoldingDeps, place: ChatChannel): Promise<void> =>
  releasePostsOf(deps, [place.kind, workspaceOf(place)], async (id) => id === place.id);

/** Let go on the posts that are held for a workspace and go to one of these destinations. */
async function releasePostsOf(
  deps: HoldingDeps,
  [platform, workspace]: readonly [DestinationKind, workspace: string],
  isWanted: (destination: DestinationId) => Promise<boolean>,
): Promise<void> {
  const { deliveries } = deps.store;
  const prefix = [deps.organization, platform, workspace];
  let behind: { readonly after?: string } = {};
  for (;;) {
    const page = await deliveries.scan("byAwaited", { prefix, limit: together, ...behind });
    const last = page.at(-1);
    if (!last) return;
    const posts: HeldDelivery[] = [];
    for (const one of page) {
      const { task } = one;
      if (one.state === "held" && task.kind === "post" && (await isWanted(task.destination)))
        posts.push(one);
    }
    behind = { after: deliveries.cursorOf("byAwaited", last) };
    if (posts.length === 0) continue;
    const now = deps.clock.now();
    const lanes = posts.map(({ lane }) => lane);
    await letGo(deps, lanes, () => Promise.all(posts.map((one) => release(deps.store, one, now))));
  }
}

/** Behind the time of every delivery. */
const endOfTime = new Date(Date.UTC(9999, 0));

/**
 * Let go on what is held for nothing: for channels and hooks that nothing is noted against, or that were removed, and
 * posts for a workspace that their destination has left.
 *
 * A process that ended, or whose store was away, after it had held a delivery and before its place was noted as lost
 * leaves such, and so does one between a place that was mended, moved or removed and what was held for it. So does a try
 * that was stored just after that. Nobody else would ever look at them: call it now and then. What another process is
 * about to note is tried once more.
 */
export async function releaseForgotten(deps: HoldingDeps): Promise<void> {
  const platforms = Object.keys(destinationKinds) as DestinationKind[];
  await Promise.all(platforms.map((platform) => releaseForgottenOf(deps, platform)));
}

async function releaseForgottenOf(deps: HoldingDeps, platform: DestinationKind): Promise<void> {
  const { deliveries, destinations } = deps.store;
  const prefix = [deps.organization, platform];
  let behind: { readonly after?: string } = {};
  for (;;) {
    const [first] = await deliveries.scan("byAwaited", { prefix, limit: 1, ...behind });
    if (first?.state !== "held") return;
    behind = { after: deliveries.cursorOf("byAwaited", { ...first, createdAt: endOfTime }) };
    const { awaits } = first;
    if (awaits.kind === "workspace") {
      await releaseWhatLeft(deps, platform, awaits.workspace);
      continue;
    }
    const place = await destinations.get(awaits.destination);
    if (!(place && (place.broken || place.draft))) await releaseHeld(deps, { platform, ...awaits });
  }
}

/** Let go on the posts that are held for a workspace, and go elsewhere by now. */
async function releaseWhatLeft(
  deps: HoldingDeps,
  platform: DestinationKind,
  workspace: string,
): Promise<void> {
  const places = new Map<DestinationId, Promise<Destination | undefined>>();
  const placeOf = (id: DestinationId) => {
    const place = places.get(id) ?? deps.store.destinations.get(id);
    places.set(id, place);
    return place;
  };
  await releasePostsOf(deps, [platform, workspace], async (id) => {
    const place = await placeOf(id);
    return !place || !isChannel(place) || workspaceOf(place) !== workspace;
  });
}

/** As far as people want to know how much is held. */
const mostCounted = 1_000;

/** Count what is held for a workspace or a channel, up to a thousand. */
export async function countHeld(
  { store, organization }: Pick<HoldingDeps, "store" | "organization">,
  held: HeldFor,
): Promise<number> {
  const prefix = [organization, held.platform, awaitedKey(held)];
  return (await store.deliveries.scan("byAwaited", { prefix, limit: mostCounted })).length;
}

async function release(store: Store, held: HeldDelivery, now: Date): Promise<boolean> {
  const { state: _, awaits: __, cause: ___, heldAt: ____, ...record } = held;
  const pending: PendingDelivery = {
    ...record,
    state: "pending",
    dueAt: now,
    revision: held.revision + 1,
    requeued: { at: now, attempts: held.attempts },
  };
  return (await store.deliveries.replace(pending, held.revision)) === "saved";
}
