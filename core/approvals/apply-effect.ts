import { enqueue, pending } from "../deliveries/enqueue.ts";
import { noteId } from "../deliveries/keys.ts";
import { reportOutcome } from "../domain/after-approval.ts";
import { type Approval, isClosed, type Mark, type Outcome } from "../domain/approval.ts";
import { markAtProducer, settleAtProducer } from "../domain/at-producer.ts";
import type { Delivery, DeliveryTask } from "../domain/delivery.ts";
import { kindCan } from "../domain/destination-kinds.ts";
import type { Effect } from "../domain/effect.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { copiesOf } from "./announce.ts";
import { changeApproval } from "./close.ts";
import type { VotingDeps } from "./record-vote.ts";

/** A request that an event told of, with its messages. */
export interface ToldOf {
  readonly approval: Approval;
  readonly copies: readonly Delivery[];
}

/** So many requests of one key are looked at, newest first. */
const looked = 50;

/**
 * Do to the request of an event's producer, source and subject what the event's plan says, and tell its threads.
 * Answers the request with its copies; undefined where there is none, so that the event is information. It is the
 * request that was found when the event came: by now another may have its subject. Where none was found, it is one that
 * was being opened then, and none that was asked for later.
 *
 * It may be cut off anywhere and run again: what the event did once it finds done, and notes have ids of their own.
 */
export async function applyEffect(
  deps: VotingDeps,
  { event, approval: noted }: AcceptedEvent,
  effect: Effect,
): Promise<ToldOf | undefined> {
  const known = noted && (await deps.store.approvals.get(noted));
  const found = known || (await requestOf(deps, event, event.receivedAt));
  if (!found) return undefined;
  const { approval, tells } = await change(deps, found, event, effect);
  const copies = await copiesOf(deps.store, approval);
  if (tells) await enqueueNotes(deps, event, approval, copies, tells);
  return { approval, copies };
}

/**
 * The request that an event of a producer is about: the open one, else the newest; of those opened up to `upTo`, where
 * that is given. Never another producer's.
 */
export async function requestOf(
  { store }: Pick<VotingDeps, "store">,
  { organization, producer, source, subject }: Event,
  upTo?: Date,
): Promise<Approval | undefined> {
  if (subject === undefined) return undefined;
  const found = await store.approvals.scan("byKey", {
    prefix: [organization, producer, subject],
    order: "descending",
    limit: looked,
  });
  const own = found.filter(
    (approval) => approval.source === source && !(upTo && approval.openedAt > upTo),
  );
  return own.find((approval) => !isClosed(approval)) ?? own[0];
}

type Tells = NonNullable<Extract<DeliveryTask, { kind: "note" }>["tells"]>;
interface Changed {
  readonly approval: Approval;
  /** What its threads are told; nothing where the card says it. */
  readonly tells?: Tells;
}

async function change(
  deps: VotingDeps,
  found: Approval,
  event: Event,
  effect: Effect,
): Promise<Changed> {
  const { id, receivedAt: at, type } = event;
  switch (effect.kind) {
    case "closes":
      return takeOver(deps, found, event, effect);
    case "outcome": {
      const { kind: _, outcome: kind, ...said } = effect;
      const outcome: Outcome = { kind, at, ...said };
      const { approval } = await changeApproval(
        deps,
        found,
        (now) => reportOutcome(now, outcome),
        `${kind} by ${found.producerName}`,
      );
      return { approval, tells: "event" };
    }
    case "reply":
      return { approval: found, tells: "event" };
    case "marks": {
      const approval = await mark(deps, found, { event: id, type, says: effect.says, at });
      const isThere = approval.marks?.some((one) => one.event === id);
      return isThere ? { approval } : { approval, tells: "event" };
    }
  }
}

async function mark(deps: VotingDeps, first: Approval, said: Mark): Promise<Approval> {
  let approval = first;
  for (;;) {
    const marked = markAtProducer(approval, said);
    if (!marked) return approval;
    if ((await deps.store.approvals.replace(marked, approval.revision)) === "saved") {
      const { id, state, revision, producerName } = marked;
      const told = { approval: id, event: said.event, state, revision };
      const sentence = `${producerName} on ${marked.title}: ${said.says}`;
      deps.log.write({ kind: "approval.marked", ...told, sentence });
      deps.changed(marked);
      return marked;
    }
    approval = (await deps.store.approvals.get(approval.id)) ?? approval;
  }
}

async function takeOver(
  deps: VotingDeps,
  found: Approval,
  event: Event,
  effect: Extract<Effect, { kind: "closes" }>,
): Promise<Changed> {
  const settled = { event: event.id, effect, at: event.receivedAt };
  let approval = found;
  for (;;) {
    const taken = settleAtProducer(approval, settled);
    if (taken.kind === "agreed") {
      const { conflict } = taken.approval;
      return {
        approval: taken.approval,
        tells: conflict?.event === event.id ? "conflict" : "event",
      };
    }
    if ((await deps.store.approvals.replace(taken.approval, approval.revision)) === "saved") {
      return follow(deps, taken.approval, taken.kind, event);
    }
    approval = (await deps.store.approvals.get(approval.id)) ?? approval;
  }
}

function follow(
  { log, changed }: VotingDeps,
  approval: Approval,
  kind: "settled" | "conflict",
  event: Event,
): Changed {
  const { conflict, producerName } = approval;
  const { id, revision, state } = approval;
  const told = { approval: id, event: event.id, state, revision };
  if (kind === "conflict" && conflict) {
    const sentence = `${producerName} says ${conflict.state} by ${conflict.by}, and ${state} stands`;
    log.write({ kind: "approval.conflict", ...told, sentence });
  } else {
    log.write({ kind: "approval.closed", ...told, sentence: `${state} at ${producerName}` });
  }
  changed(approval);
  return { approval, tells: kind === "conflict" ? "conflict" : "event" };
}

/** Write a note of an event below every message of a request that can have one, also of those on their way. */
export async function enqueueNotes(
  { store, clock }: Pick<VotingDeps, "store" | "clock">,
  event: Event,
  approval: Approval,
  copies: readonly Delivery[],
  tells: Tells,
): Promise<void> {
  const createdAt = clock.now();
  const notes = copies.flatMap((copy) => {
    const { task } = copy;
    if (task.kind !== "post" || copy.state === "dead" || copy.state === "suppressed") return [];
    if (!kindCan(copy.platform, "edit")) return [];
    return pending({
      id: noteId(approval.id, event.id, copy.id),
      organization: approval.organization,
      lane: copy.lane,
      task: { kind: "note", destination: task.destination, copy: copy.id, tells },
      priority: 1,
      event: event.id,
      approval: approval.id,
      label: copy.label,
      platform: copy.platform,
      createdAt,
    });
  });
  await enqueue(store, notes);
}
