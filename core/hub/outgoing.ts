import { editOf, notesOf } from "../approvals/announce.ts";
import { forgetTwin } from "../approvals/clicked-copy.ts";
import { mendLateSend } from "../approvals/late-send.ts";
import { createBudgets } from "../deliveries/budgets.ts";
import { enqueue } from "../deliveries/enqueue.ts";
import { Rounds } from "../deliveries/rounds.ts";
import { sendOnce } from "../deliveries/send.ts";
import { createWorker, type Worker } from "../deliveries/worker.ts";
import type { DeliveredDelivery } from "../domain/delivery.ts";
import type { DestinationKind } from "../domain/destination.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { DestinationAdapter } from "../ports/chat-platform.ts";
import { callbackFailed } from "./callback-failed.ts";
import type { HubDeps } from "./hub-deps.ts";

export interface OutgoingHooks {
  readonly raise: (raised: RaisedEvent) => Promise<unknown>;
  /** A message arrived: its place is not lost, and mended where it counted as broken. */
  readonly arrived: (delivery: DeliveredDelivery, wasBroken: boolean) => Promise<void>;
}

/** The code that speaks to each kind of destination. */
export interface KnownAdapters {
  readonly adapters: Map<DestinationKind, DestinationAdapter>;
  /** What is being loaded; each settles when its adapter is there, or will not be. */
  readonly expected: Map<DestinationKind, Promise<unknown>>;
}

/** Of so many lanes on, waiting for each other costs less than it saves: each step of theirs is a question or two. */
const worthWaitingFor = 8;

/** Make what brings deliveries out, with what follows from each. */
export function createOutgoing(
  deps: HubDeps,
  { adapters, expected }: KnownAdapters,
  { raise, arrived }: OutgoingHooks,
): Worker {
  // A store that keeps several records in one commit needs no company for it.
  const rounds = new Rounds(deps.store.takeIn ? Number.POSITIVE_INFINITY : worthWaitingFor);
  const away: Rounds["away"] = (call) => rounds.away(call);
  return createWorker({
    ...deps,
    rounds,
    owner: deps.random.id("organization"),
    budgets: createBudgets(deps),
    limits: async (platform) => {
      if (!adapters.has(platform)) await away(async () => expected.get(platform));
      return adapters.get(platform);
    },
    placeTrouble: deps.placeTrouble ?? (async () => {}),
    send: (delivery) => sendOnce({ ...deps, adapters, away }, delivery),
    arriving: (delivery) => noteVotes(deps, delivery),
    delivered: async (delivery, sent) => {
      await catchUp(deps, delivery);
      await arrived(delivery, sent.kind === "tried" && sent.wasBroken === true);
    },
    late: async (delivery, sent) => {
      if (sent.kind !== "tried" || sent.report.result.kind !== "sent") return;
      const { ref } = sent.report.result;
      const { shownRevision } = sent;
      await mendLateSend(deps, {
        delivery,
        ...(ref ? { ref } : {}),
        ...(shownRevision === undefined ? {} : { shownRevision }),
      });
    },
    failed: async (delivery) => {
      const approval = delivery.approval && (await deps.store.approvals.get(delivery.approval));
      const raised = approval && callbackFailed(delivery, approval);
      if (raised) await raise(raised);
    },
  });
}

/**
 * Note below a message the votes that came before it left. Later ones are noted by whoever announces them, behind a
 * message that is on its way.
 */
async function noteVotes({ store, clock }: HubDeps, delivery: DeliveredDelivery): Promise<void> {
  const { approval: id, task, shownRevision = 0 } = delivery;
  // In its first revision a request has no votes.
  if (id === undefined || task.kind !== "post" || shownRevision < 2) return;
  const approval = await store.approvals.get(id);
  if (!approval) return;
  const notes = notesOf(approval, delivery, clock.now());
  if (notes.length > 0) await enqueue(store, notes);
}

/** A message that was on its way while its request changed shows something old: edit it, and note the votes below it. */
async function catchUp({ store, clock }: HubDeps, delivery: DeliveredDelivery): Promise<void> {
  if (delivery.approval === undefined || delivery.task.kind !== "post") return;
  await forgetTwin(store, delivery);
  const approval = await store.approvals.get(delivery.approval);
  if (!approval) return;
  const now = clock.now();
  const edit = editOf(approval, delivery, now);
  const late = [...(edit ? [edit] : []), ...notesOf(approval, delivery, now)];
  if (late.length > 0) await enqueue(store, late);
}
