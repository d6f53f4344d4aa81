import { adoptedId } from "../deliveries/keys.ts";
import type { DeliveredDelivery, Delivery, SendingDelivery } from "../domain/delivery.ts";
import type { DeliveryId } from "../domain/ids.ts";
import { type MessageRef, refKey } from "../domain/message-ref.ts";
import type { Store } from "../ports/store.ts";
import type { CopyDeps } from "./announce.ts";
import { changeCopy } from "./change-copy.ts";

/** A message that did leave, sent by a holder of the lane whose lease had run out meanwhile. */
export interface LateSend {
  readonly delivery: SendingDelivery;
  readonly ref?: MessageRef;
  readonly shownRevision?: number;
}

/**
 * Mend what a late send did at the platform. Its result was refused, for another holder has tried the same delivery.
 *
 * A post made a second card: it is kept as a copy, so that it closes with its twin. An edit may have come after a newer
 * one: what the copy shows is noted, and it is edited again where that is old.
 */
export async function mendLateSend(deps: CopyDeps, late: LateSend): Promise<void> {
  const { approval } = late.delivery;
  if (approval && (await isNews(deps, late)))
    await changeCopy(deps, approval, () => noteCopy(deps, late));
}

/** Tell whether it did what is not known of a copy. */
async function isNews(
  { store }: CopyDeps,
  { delivery: { task }, ref, shownRevision = 0 }: LateSend,
): Promise<boolean> {
  if (task.kind === "post") return ref !== undefined;
  if (task.kind !== "edit") return false;
  const copy = await store.deliveries.get(task.copy);
  return copy?.state === "delivered" && copy.shownRevision !== shownRevision;
}

async function noteCopy(
  { store, clock }: CopyDeps,
  { delivery, ref, shownRevision = 0 }: LateSend,
): Promise<Delivery | undefined> {
  const { task } = delivery;
  if (task.kind === "edit") return noteShown(store, task.copy, shownRevision);
  if (task.kind !== "post" || !ref) return undefined;
  const { fence: _, startedAt: __, ...record } = delivery;
  const twin: DeliveredDelivery = {
    ...record,
    id: adoptedId(refKey(ref)),
    revision: 1,
    state: "delivered",
    ref,
    shownRevision,
    durationMs: 0,
    settledAt: clock.now(),
  };
  await store.deliveries.insert(twin);
  return twin;
}

async function noteShown(
  store: Store,
  id: DeliveryId,
  shownRevision: number,
): Promise<Delivery | undefined> {
  for (;;) {
    const copy = await store.deliveries.get(id);
    if (copy?.state !== "delivered") return undefined;
    const shown = { ...copy, shownRevision, revision: copy.revision + 1 };
    if ((await store.deliveries.replace(shown, copy.revision)) === "saved") return shown;
  }
}
