import { refNow } from "../deliveries/copy-place.ts";
import { adoptedId } from "../deliveries/keys.ts";
import type { Approval } from "../domain/approval.ts";
import type { DeliveredDelivery, Delivery } from "../domain/delivery.ts";
import { type Destination, isChannel, workspaceOf } from "../domain/destination.ts";
import { type MessageRef, refKey } from "../domain/message-ref.ts";
import { buttonValue } from "../messages/approval-card.ts";
import type { Click } from "../ports/inbox.ts";
import type { Store } from "../ports/store.ts";
import { type CopyDeps, copiesOf } from "./announce.ts";
import { changeCopy } from "./change-copy.ts";

/**
 * Tell whether the request may stand on the copy that was clicked: a copy of it that we posted, or one whose ref was
 * lost on the way, in a channel to which we did post it.
 *
 * A post whose answer never came is made again, so there may be a second card that nobody knows of until somebody
 * presses it. Such a copy is adopted when its button carries our digest: from then on it is edited like the others.
 */
export async function isCopyOf(deps: CopyDeps, approval: Approval, click: Click): Promise<boolean> {
  const { platform, workspace } = click;
  const ref: MessageRef = { platform, workspace, ...click.copy };
  const [known] = await deps.store.deliveries.scan("byRef", { prefix: [refKey(ref)], limit: 1 });
  if (known) return known.approval === approval.id;
  if (await isKnownUnderFormerId(deps, approval, ref)) return true;
  const post = await postTo(deps, approval, ref);
  if (post && click.value === buttonValue(approval)) await adopt(deps, approval, post, ref);
  return post !== undefined;
}

/**
 * Forget an adopted copy that turns out to be the post itself: it was pressed before its ref was stored. Edits that were
 * made for it find no copy, and the post gets its own.
 */
export async function forgetTwin(store: Store, { ref }: DeliveredDelivery): Promise<void> {
  const id = ref && adoptedId(refKey(ref));
  if (id && (await store.deliveries.get(id))) await store.deliveries.remove(id);
}

/** Tell whether a workspace may see this request: it is posted to one of its channels. */
export async function isShownIn(
  { store }: Pick<CopyDeps, "store">,
  approval: Approval,
  place: Workspace,
): Promise<boolean> {
  return (await postWhere(store, approval, (one) => isIn(one, place))) !== undefined;
}

/** Tell whether a message is a copy that we know, in a channel that has got another id since. */
async function isKnownUnderFormerId(
  { store }: CopyDeps,
  approval: Approval,
  ref: MessageRef,
): Promise<boolean> {
  for (const copy of await copiesOf(store, approval)) {
    if (copy.state !== "delivered" || !copy.ref || copy.task.kind === "callback") continue;
    const destination = await store.destinations.get(copy.task.destination);
    if (refKey(refNow(copy.ref, destination)) === refKey(ref)) return true;
  }
  return false;
}

type Workspace = Pick<MessageRef, "platform" | "workspace">;

/** The post of this request to the channel of a message. */
const postTo = ({ store }: CopyDeps, approval: Approval, ref: MessageRef) =>
  postWhere(
    store,
    approval,
    (one) => isIn(one, ref) && isChannel(one) && one.channelId === ref.channel,
  );

async function postWhere(
  store: Store,
  approval: Approval,
  fits: (destination: Destination) => boolean,
): Promise<Delivery | undefined> {
  for (const post of await copiesOf(store, approval)) {
    if (post.task.kind !== "post") continue;
    const destination = await store.destinations.get(post.task.destination);
    if (destination && fits(destination)) return post;
  }
  return undefined;
}

function isIn(destination: Destination, { platform, workspace }: Workspace): boolean {
  return destination.kind === platform && workspaceOf(destination) === workspace;
}

/**
 * Tell whether the post has got this very ref meanwhile. Whoever comes later sees the other: the post's own look for a
 * twin comes after its ref is stored, as this look comes after the twin is.
 */
async function hasTwin(store: Store, { id, ref }: DeliveredDelivery): Promise<boolean> {
  if (!ref) return false;
  const known = await store.deliveries.scan("byRef", { prefix: [refKey(ref)], limit: 2 });
  return known.some((one) => one.id !== id);
}

/** Keep a copy under the post that it is a twin of. */
async function adopt(
  deps: CopyDeps,
  approval: Approval,
  post: Delivery,
  ref: MessageRef,
): Promise<void> {
  const { store, clock } = deps;
  const now = clock.now();
  const { organization, lane, task, priority, event, label, platform } = post;
  const copy: DeliveredDelivery = {
    id: adoptedId(refKey(ref)),
    revision: 1,
    state: "delivered",
    approval: approval.id,
    ...{ organization, lane, task, priority, event, label, platform },
    attempts: 0,
    ref,
    durationMs: 0,
    createdAt: now,
    settledAt: now,
  };
  await changeCopy(deps, approval.id, async () => {
    if ((await store.deliveries.insert(copy)) === "present") return undefined;
    if (!(await hasTwin(store, copy))) return copy;
    await store.deliveries.remove(copy.id);
    return undefined;
  });
}
