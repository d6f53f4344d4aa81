import type { ClosedApproval } from "../domain/approval.ts";
import type { LaneId } from "../domain/delivery.ts";
import type { Destination } from "../domain/destination.ts";
import type { Event } from "../domain/event.ts";
import {
  type ApprovalId,
  type DeliveryId,
  deriveId,
  deriveIdAt,
  type ProducerId,
} from "../domain/ids.ts";

/**
 * Ids of deliveries, and the races they settle: whoever enqueues the same consequence twice (a crash between two
 * steps, two processes, an announcer and a worker) makes the same id, and insert-if-absent keeps one.
 */

/**
 * The post of one event to one destination. Expanding an event again makes no second card. Posts are by far the most,
 * so their ids begin with the time of the event.
 */
export const postId = (
  { id, receivedAt }: Pick<Event, "id" | "receivedAt">,
  destination: Destination["id"],
) => deriveIdAt("delivery", receivedAt, "post", id, destination);

/** The same post in another place, because its own takes nothing any more. */
export const fallbackId = (post: DeliveryId, place: Destination["id"]) =>
  deriveId("delivery", "fallback", post, place);

/** A copy whose post was never confirmed, found by a click on it. Two clicks at once adopt it once. */
export const adoptedId = (ref: string) => deriveId("delivery", "adopted", ref);

/** The edit of one copy to one revision. The announcer and the worker that recorded the copy may both ask for it. */
export const editId = (approval: ApprovalId, revision: number, copy: string) =>
  deriveId("delivery", "edit", approval, revision, copy);

/** The same edit once more, for a copy that showed something older again; `copyRevision` tells such times apart. */
export const editAgainId = (edit: DeliveryId, copyRevision: number) =>
  deriveId("delivery", "edit again", edit, copyRevision);

/** The note of one vote below one copy. A vote carries the identity of its click, so announcing again makes none twice. */
export const noteId = (approval: ApprovalId, vote: string, copy: string) =>
  deriveId("delivery", "note", approval, vote, copy);

/** The callback of one ending. A request enters each closed state once at most, so this is one effect. */
export const callbackId = (approval: ApprovalId, state: ClosedApproval["state"]) =>
  deriveId("delivery", "callback", approval, state);

/** One lane for each channel: messages there keep their order and their pace. */
export const channelLane = ({ kind, id }: Destination): LaneId => `lane:${kind}:${id}`;

/** One lane for each producer and receiving host: a dead receiver holds up nobody else's callbacks. */
export const callbackLane = (producer: ProducerId, host: string): LaneId =>
  `lane:callback:${producer}:${host}`;
