import type { Delivery, HeldDelivery, LaneId, OpenDelivery } from "../domain/delivery.ts";
import { placeInLane } from "../domain/delivery.ts";
import type { Store } from "../ports/store.ts";
import type { Ahead } from "./ahead.ts";

/** What to do with a delivery of a lane. */
export type Step =
  | { readonly kind: "send"; readonly delivery: OpenDelivery }
  /** It is behind another delivery of its request, which may not leave before `until`. */
  | { readonly kind: "put_off"; readonly delivery: OpenDelivery; readonly until: number }
  /** It is behind another delivery of its request, which is held. */
  | { readonly kind: "hold"; readonly delivery: OpenDelivery; readonly behind: HeldDelivery };

export type Choice =
  | Step
  /** Nothing may leave now; look again at this time, in milliseconds, or when woken. */
  | { readonly kind: "wait"; readonly until: number | undefined };

export interface ChoosingDeps {
  readonly store: Pick<Store, "deliveries">;
  readonly lane: LaneId;
  /** Milliseconds of the hub's clock. */
  readonly now: number;
  /** What was read before and may leave next. */
  readonly ahead?: Ahead;
  /** Ask when this one may leave. An answer that is not after `now` has taken the right to send it, so it is sent. */
  readonly mayLeaveAt: (delivery: OpenDelivery) => Promise<number>;
}

/**
 * Choose what leaves next from a lane.
 *
 * Only the heads of its few queues are read, so what waits for its time costs nothing, however much it is. A delivery
 * waits for the earlier ones of its own request and for nobody else's. What may leave now goes past what waits for its
 * pace: platforms count edits apart, or a part of the pace is kept for them.
 */
export async function chooseNext(deps: ChoosingDeps): Promise<Choice> {
  const known = await lookAhead(deps);
  if (known) return known;
  const { store, lane, ahead, now } = deps;
  let until: number | undefined;
  let from = 0;
  for (;;) {
    const limit = ahead?.count ?? 1;
    const read = await store.deliveries.scan("byQueue", { prefix: [lane], from, limit });
    const [head] = read;
    const place = head && placeInLane(head);
    if (!place || !isOpen(head)) return { kind: "wait", until };
    const choice = await look(deps, head);
    if (choice.kind === "send" && choice.delivery === head) ahead?.keep(read, now);
    if (choice.kind !== "wait") return choice;
    until = Math.min(until ?? choice.until, choice.until);
    from = place[0] + 1;
  }
}

/** What was read before and may leave now, without asking the lane again. */
async function lookAhead(deps: ChoosingDeps): Promise<Step | undefined> {
  const delivery = deps.ahead?.next(deps.now);
  if (!delivery) return undefined;
  const choice = await look(deps, delivery);
  if (choice.kind !== "send") deps.ahead?.forget();
  else deps.ahead?.leaves(delivery);
  return choice.kind === "wait" ? undefined : choice;
}

type Look = Step | { readonly kind: "wait"; readonly until: number };

async function look(deps: ChoosingDeps, delivery: OpenDelivery): Promise<Look> {
  const due = dueOf(delivery);
  if (due > deps.now) return { kind: "wait", until: due };
  const earlier = delivery.state === "pending" ? await earlierOf(deps.store, delivery) : undefined;
  if (earlier?.state === "held") return { kind: "hold", delivery, behind: earlier };
  const first = earlier ?? delivery;
  const until = dueOf(first);
  const from = until > deps.now ? until : await deps.mayLeaveAt(first);
  if (from <= deps.now) return { kind: "send", delivery: first };
  return earlier ? { kind: "put_off", delivery, until: from } : { kind: "wait", until: from };
}

/** What was never tried, or was cut off, is due at once: a clock that was set back holds up nothing. */
const dueOf = (delivery: OpenDelivery) =>
  delivery.state === "pending" && delivery.waitingFor !== undefined ? delivery.dueAt.getTime() : 0;

const isOpen = (delivery: Delivery): delivery is OpenDelivery =>
  delivery.state === "pending" || delivery.state === "sending";

/** More deliveries than any request has. */
const mostOfRequest = 1_000;

/**
 * The first unsettled delivery of the same request and lane before this one. A post has none: it comes first. Notes wait
 * for edits, and no edit waits for a note.
 */
async function earlierOf(
  store: ChoosingDeps["store"],
  { id, lane, task, approval, createdAt }: OpenDelivery,
): Promise<OpenDelivery | HeldDelivery | undefined> {
  if (task.kind === "post" || approval === undefined) return undefined;
  const found = await store.deliveries.scan("byApproval", {
    prefix: [approval],
    upTo: createdAt,
    limit: mostOfRequest,
  });
  const index = found.findIndex((one) => one.id === id);
  const isNote = task.kind === "note";
  // A note is made together with its edit, and so at the same time.
  const isBefore = (other: Delivery, place: number) =>
    other.task.kind === "note" ? isNote && place < index : isNote || place < index;
  return found.find(
    (one, place): one is OpenDelivery | HeldDelivery =>
      one.id !== id &&
      one.lane === lane &&
      isBefore(one, place) &&
      (isOpen(one) || one.state === "held"),
  );
}
