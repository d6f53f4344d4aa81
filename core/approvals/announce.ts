import { ownAddressOf } from "../deliveries/callback-address.ts";
import { enqueue, pending } from "../deliveries/enqueue.ts";
import { callbackId, callbackLane, editId, noteId } from "../deliveries/keys.ts";
import { type Approval, isClosed } from "../domain/approval.ts";
import { callbackHost } from "../domain/callback-address.ts";
import type { Delivery, PendingDelivery } from "../domain/delivery.ts";
import { kindCan } from "../domain/destination-kinds.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { Clock } from "../ports/clock.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Store } from "../ports/store.ts";
import { closingNews } from "./approval-news.ts";

/** What following the copies of a request needs. */
export interface CopyDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/** What announcing a request needs. */
export interface AnnouncingDeps extends CopyDeps {
  /** Raise an event of the hub's own, if somebody wants it; once for its occasion, however often it is raised. */
  readonly raise: (raised: RaisedEvent) => Promise<unknown>;
}

/**
 * Derive what follows from a changed request: an edit for every posted copy, a note below it for every vote, and the
 * callback when it closed; then the events of the hub that tell of its end. Then note the revision as announced.
 *
 * It may run any number of times, in any process: the ids follow from (request, revision, copy). A copy that nobody has
 * begun to send needs no edit: it will be drawn from the request as it stands then. `enqueued` is told when all is
 * ready to be sent.
 */
export async function announce(
  deps: AnnouncingDeps,
  approval: Approval,
  enqueued: () => void = () => {},
): Promise<void> {
  const { store, clock, raise } = deps;
  faultPoint("announce-begun");
  const now = clock.now();
  const copies = await copiesOf(store, approval);
  const edits = copies.flatMap((copy) => editOf(approval, copy, now) ?? []);
  const notes = copies.flatMap((copy) => notesOf(approval, copy, now));
  const callback = await callbackOf(store, approval, now);
  await enqueue(store, [...edits, ...(callback ? [callback] : []), ...notes]);
  enqueued();
  faultPoint("announce-enqueued");
  // Nobody who waits for the callback or an edit waits for these. What no rule took then is not told later.
  const news = closingNews(approval);
  for (const one of news.slice(approval.told ?? 0)) await raise(one);
  const told = news.length > 0 ? { told: news.length } : {};
  const announced = { ...approval, ...told, announced: approval.revision };
  await store.approvals.replace(announced, approval.revision);
}

/** Requests that are announced together, so that their writes share commits. */
const together = 100;

/** Announce what a crash or another process left unannounced. */
export async function announceLeft(deps: AnnouncingDeps): Promise<void> {
  for (;;) {
    const left = await deps.store.approvals.scan("toAnnounce", { limit: together });
    await Promise.all(left.map((approval) => announce(deps, approval)));
    if (left.length < together) return;
  }
}

/** Deliveries of one request that are read together. */
const readAtOnce = 1_000;

/** Every message of a request: its posts, settled or not. One may have come behind any number of edits and notes. */
export async function copiesOf(
  { deliveries }: Store,
  { id }: Pick<Approval, "id">,
): Promise<readonly Delivery[]> {
  const copies: Delivery[] = [];
  let behind: { readonly after?: string } = {};
  for (;;) {
    const part = await deliveries.scan("byApproval", {
      prefix: [id],
      limit: readAtOnce,
      ...behind,
    });
    copies.push(...part.filter(({ task }) => task.kind === "post"));
    const last = part.at(-1);
    if (!last || part.length < readAtOnce) return copies;
    behind = { after: deliveries.cursorOf("byApproval", last) };
  }
}

/**
 * The edit that brings one copy to the request's revision, or the message that follows it where nothing is edited;
 * undefined where it shows it already, or nothing yet.
 */
export function editOf(approval: Approval, copy: Delivery, now: Date): PendingDelivery | undefined {
  if (!kindCan(copy.platform, "edit")) return followUpOf(approval, copy, now);
  // What came without a ref cannot be edited.
  if (copy.task.kind !== "post" || (copy.state === "delivered" && !copy.ref)) return undefined;
  const shown = shownBy(copy);
  if (shown === undefined || shown >= approval.revision) return undefined;
  return pending({
    id: editId(approval.id, approval.revision, copy.id),
    organization: approval.organization,
    lane: copy.lane,
    task: { kind: "edit", destination: copy.task.destination, copy: copy.id },
    priority: 0,
    event: approval.event,
    approval: approval.id,
    approvalRevision: approval.revision,
    label: copy.label,
    platform: copy.platform,
    createdAt: now,
  });
}

/**
 * A note below one copy for each vote: an edit notifies nobody, a note those who follow the thread (C6). Below a copy that
 * is on its way it waits behind it in the lane, and is there even if this process ends as the message arrives.
 */
export function notesOf(approval: Approval, copy: Delivery, now: Date): readonly PendingDelivery[] {
  const { task } = copy;
  const isThere = copy.state === "delivered" && copy.ref !== undefined;
  const comes = copy.state === "sending" && kindCan(copy.platform, "edit");
  if (task.kind !== "post" || !(isThere || comes)) return [];
  return approval.votes.map(({ click }) =>
    pending({
      id: noteId(approval.id, click, copy.id),
      organization: approval.organization,
      lane: copy.lane,
      task: { kind: "note", destination: task.destination, copy: copy.id, vote: click },
      priority: 1,
      event: approval.event,
      approval: approval.id,
      label: copy.label,
      platform: copy.platform,
      createdAt: now,
    }),
  );
}

/**
 * The message that tells the outcome where nothing can be edited: once for each closed state that the place was not told
 * of. When its turn comes, what it follows may have told the outcome: then it is needless.
 */
function followUpOf(approval: Approval, copy: Delivery, now: Date): PendingDelivery | undefined {
  const { task } = copy;
  if (task.kind !== "post" || task.follows || !isClosed(approval)) return undefined;
  const shown = shownBy(copy);
  if (shown === undefined || shown >= approval.revision) return undefined;
  return pending({
    id: editId(approval.id, approval.revision, copy.id),
    organization: approval.organization,
    lane: copy.lane,
    task: { ...task, follows: copy.id },
    priority: 0,
    event: approval.event,
    approval: approval.id,
    approvalRevision: approval.revision,
    label: copy.label,
    platform: copy.platform,
    createdAt: now,
  });
}

/**
 * The revision that a copy shows for certain. What is on its way right now may show any earlier one, so it counts as 0;
 * what follows from it waits behind it in the lane, and is there even if this process ends before the message arrived.
 */
function shownBy(copy: Delivery): number | undefined {
  if (copy.state === "sending") return 0;
  return copy.state === "delivered" ? (copy.shownRevision ?? 0) : undefined;
}

/**
 * The callback of an ending. What was told has its callback: none is made again when more is heard of the request, for
 * the first may have been removed as old by then.
 */
async function callbackOf(
  store: Store,
  approval: Approval,
  now: Date,
): Promise<PendingDelivery | undefined> {
  if (!isClosed(approval) || approval.callback === undefined) return undefined;
  // Of what is told, an ending is the first, and the last where it takes an approval back.
  const place = approval.state === "revoked" ? closingNews(approval).length - 1 : 0;
  if ((approval.told ?? 0) > place) return undefined;
  const { callback } = approval;
  const host = callbackHost((await ownAddressOf(store, { ...approval, callback })) ?? callback);
  return pending({
    id: callbackId(approval.id, approval.state),
    organization: approval.organization,
    lane: callbackLane(approval.producer, host),
    task: { kind: "callback" },
    priority: 0,
    event: approval.event,
    approval: approval.id,
    approvalRevision: approval.revision,
    label: host,
    platform: "callback",
    createdAt: now,
  });
}
