import { editOf, notesOf } from "../approvals/announce.ts";
import { forgetTwin } from "../approvals/clicked-copy.ts";
import { mendLateSend } from "../approvals/late-send.ts";
import { createBudgets } from "../deliveries/budgets.ts";
import { enqueue } from "../deliveries/enqueue.ts";
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
  /** A message arrived: its place is not lost. */
  readonly arrived: (delivery: DeliveredDelivery) => Promise<void>;
}

/** The code that speaks to each kind of destination. */
export interface KnownAdapters {
  readonly adapters: Map<DestinationKind, DestinationAdapter>;
  /** What is being loaded; each settles when its adapter is there, or will not be. */
  readonly expected: Map<DestinationKind, Promise<unknown>>;
}

/** Make what brings deliveries out, with what follows from each. */
export function createOutgoing(
  deps: HubDeps,
  { adapters, expected }: KnownAdapters,
  { raise, arrived }: OutgoingHooks,
): Worker {
  return createWorker({
    ...deps,
    owner: deps.random.id("organization"),
    budgets: createBudgets(deps),
    limits: async (platform) => {
      if (!adapters.has(platform)) await expected.get(platform);
      return adapters.get(platform);
    },
    placeTrouble: deps.placeTrouble ?? (async () => {}),
    send: (delivery) => sendOnce({ ...deps, adapters }, delivery),
    delivered: async (delivery) => {
      await catchUp(deps, delivery);
      await arrived(delivery);
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
