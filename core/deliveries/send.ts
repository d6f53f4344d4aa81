import { type Approval, isClosed } from "../domain/approval.ts";
import type { DeliveredDelivery, Delivery, SendingDelivery } from "../domain/delivery.ts";
import type { Destination } from "../domain/destination.ts";
import type { Language, Note } from "../domain/message.ts";
import type { MessageRef } from "../domain/message-ref.ts";
import { withInsteadNote } from "../messages/instead-note.ts";
import { conflictNote, differsNote, eventNote, voteNote } from "../messages/notes.ts";
import type { Posting } from "../ports/chat-platform.ts";
import type { Store } from "../ports/store.ts";
import { openCallback } from "./callback-address.ts";
import { requestCard, shownOf } from "./card-for.ts";
import { adapterFor, refNow } from "./copy-place.ts";
import { callbackId } from "./keys.ts";
import { editOrRemedy } from "./remedies.ts";
import { postingOf, sendPost } from "./send-post.ts";
import { notConnected, remarkOf, type SendDeps, type Sent } from "./sending.ts";
import { withheldBecause } from "./withheld.ts";

/**
 * Try one delivery once.
 *
 * What is shown is made from the stored state at this moment, never from what was known when the delivery was
 * enqueued. So an edit that waited long shows the newest state, and the older ones behind it become needless.
 */
export async function sendOnce(deps: SendDeps, delivery: SendingDelivery): Promise<Sent> {
  const approval = delivery.approval && (await deps.store.approvals.get(delivery.approval));
  const { task } = delivery;
  switch (task.kind) {
    case "post":
      return sendPost(deps, delivery, task, approval);
    case "edit":
      return edit(deps, delivery, task.copy, approval);
    case "note":
      return note(deps, delivery, task, approval);
    case "callback":
      return callback(deps, delivery, approval);
  }
}

async function edit(
  deps: SendDeps,
  delivery: SendingDelivery,
  copyId: string,
  approval: Approval | undefined,
): Promise<Sent> {
  const copy = await deps.store.deliveries.get(copyId);
  if (!approval || copy?.state !== "delivered" || !copy.ref) {
    return { kind: "needless", cause: "The copy is not there to be edited." };
  }
  if ((copy.shownRevision ?? 0) >= approval.revision) {
    return { kind: "needless", cause: "A newer edit shows it already." };
  }
  const { platform } = copy.ref;
  const adapter = deps.adapters.get(platform);
  if (!adapter) return { kind: "tried", report: notConnected({ kind: platform }) };
  const place = await placeOf(deps.store, copy);
  const card = await requestCard(deps, approval, platform, place);
  const { task } = copy;
  const message = withInsteadNote(card.message, task.kind === "post" ? task.insteadOf : undefined);
  const anew = await anewFor(deps, delivery, approval, { copy, place });
  const ref = refNow(copy.ref, place);
  const there = adapterFor(adapter, place, ref);
  const report = await deps.away(() => editOrRemedy(there, ref, message, anew));
  if (report.result.kind === "sent") {
    await noteShown(deps.store, copy, approval.revision, report.result.ref);
  }
  const { workspace } = copy.ref;
  const { revision } = approval;
  return { kind: "tried", report, shownRevision: revision, workspace, ...remarkOf(card) };
}

/**
 * Where a copy that is gone is posted anew, and as what: once, when its request is over, and only where a new message
 * would be sent.
 */
async function anewFor(
  deps: SendDeps,
  delivery: SendingDelivery,
  approval: Approval,
  { copy, place }: { readonly copy: DeliveredDelivery; readonly place: Destination | undefined },
): Promise<readonly [Destination, Posting] | undefined> {
  if (!place || place.testing || copy.noted || !isClosed(approval)) return undefined;
  const posting = await postingOf(deps, delivery, approval);
  if (!posting || (await withheldBecause(deps.store, place, posting.event, approval)))
    return undefined;
  return [place, posting];
}

/** Write a note below a copy: of one vote, or of the delivery's own event. Below a message that was deleted, none. */
async function note(
  deps: SendDeps,
  delivery: SendingDelivery,
  task: Extract<Delivery["task"], { kind: "note" }>,
  approval: Approval | undefined,
): Promise<Sent> {
  const copy = await deps.store.deliveries.get(task.copy);
  const place = await deps.store.destinations.get(task.destination);
  const said = await noteOf(deps, delivery, task, approval, place?.language);
  if (copy?.state !== "delivered" || !copy.ref || copy.noted || !said) {
    return { kind: "needless", cause: "The message is not there any more." };
  }
  const { platform, workspace } = copy.ref;
  const adapter = deps.adapters.get(platform);
  if (!adapter) return { kind: "tried", report: notConnected({ kind: platform }) };
  const ref = refNow(copy.ref, place);
  const report = await deps.away(() => adapterFor(adapter, place, ref).note(ref, said));
  const { result } = report;
  if (result.kind === "rejected" && result.remedy === "repost") {
    return { kind: "needless", cause: "The message was deleted." };
  }
  return { kind: "tried", report, workspace };
}

async function noteOf(
  { store }: SendDeps,
  { event: id }: SendingDelivery,
  { vote, tells = "event" }: Extract<Delivery["task"], { kind: "note" }>,
  approval: Approval | undefined,
  language: Language | undefined,
): Promise<Note | undefined> {
  if (vote !== undefined) return approval && voteNote(approval, vote, language);
  const accepted = await store.events.get(id);
  if (!accepted || !approval) return undefined;
  const { type, sender } = await shownOf(store, accepted.event);
  switch (tells) {
    case "event":
      return eventNote(accepted.event, type, sender.name, language);
    case "conflict":
      return conflictNote(approval, language);
    case "differs":
      return differsNote(approval, accepted.event, type, language);
  }
}

/** Tell the producer how the request ended. An ending that another one has followed is told by that one alone. */
async function callback(
  deps: SendDeps,
  delivery: SendingDelivery,
  approval: Approval | undefined,
): Promise<Sent> {
  if (!approval || !isClosed(approval) || approval.callback === undefined) {
    return { kind: "needless", cause: "The request is not known any more." };
  }
  if (delivery.id !== callbackId(approval.id, approval.state)) {
    return { kind: "needless", cause: `The request is ${approval.state} by now.` };
  }
  const { callback: address } = approval;
  const url = await openCallback(deps.store, deps.vault, { ...approval, callback: address });
  return { kind: "tried", report: await deps.away(() => deps.callback(url, delivery, approval)) };
}

const placeOf = async (store: Store, { task }: Delivery): Promise<Destination | undefined> =>
  task.kind === "post" ? store.destinations.get(task.destination) : undefined;

/**
 * Remember what a copy shows, and where its closing note is when the copy was gone. Losing this write costs one edit
 * more, never a wrong one.
 */
async function noteShown(
  store: Store,
  copy: DeliveredDelivery,
  shownRevision: number,
  note: MessageRef | undefined,
): Promise<void> {
  const moved =
    note && note.message !== copy.ref?.message ? { ref: note, noted: true as const } : {};
  const shown = { ...copy, ...moved, shownRevision, revision: copy.revision + 1 };
  await store.deliveries.replace(shown, copy.revision);
}
