import type { Attempt, Delivery } from "../../core/domain/delivery.ts";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import type { History } from "../fixtures/rig/history.ts";
import type { ReceivedCallback } from "../fixtures/rig/sandbox-client.ts";

/** The tries of each delivery that were on their way when the power went, by their numbers. */
export type InFlight = Map<string, ReadonlySet<number>>;

/** Note what a cut found on its way. */
export function noteInFlight(inFlight: InFlight, { deliveries }: History): void {
  for (const { id, state, attempts } of deliveries) {
    if (state === "sending") inFlight.set(id, new Set([...(inFlight.get(id) ?? []), attempts]));
  }
}

/**
 * Sends of one copy that came after a later one of its own, from every try that was stored. A request has two copies in
 * a channel only where a card came twice, and a card that comes late shows what is true by then.
 */
export function outOfOrder({ deliveries, attempts }: History): readonly string[] {
  const tries = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    if (attempt.outcome !== "sent") continue;
    tries.set(attempt.delivery, [...(tries.get(attempt.delivery) ?? []), attempt]);
  }
  const byCopy = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const { id, task, lane, approval } = delivery;
    const copy = `${lane} ${task.kind === "edit" ? task.copy : task.kind === "callback" ? approval : id}`;
    byCopy.set(copy, [...(byCopy.get(copy) ?? []), delivery]);
  }
  const rank = ({ task, approvalRevision = 0 }: Delivery) =>
    task.kind === "post" ? 0 : approvalRevision;
  return [...byCopy].flatMap(([copy, own]) => {
    const sends = own
      .flatMap((delivery) =>
        (tries.get(delivery.id) ?? []).map(({ startedAt }) => ({ at: startedAt, delivery })),
      )
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    return sends.flatMap(({ delivery }, index) => {
      const earlier = sends[index - 1]?.delivery;
      return earlier && rank(earlier) > rank(delivery) ? [`${copy}: ${delivery.id}`] : [];
    });
  });
}

/** The posts and callbacks that arrived more often than sends in flight and lost answers explain. */
export function tooOften(
  { deliveries, events, attempts }: History,
  inFlight: InFlight,
  messages: readonly SandboxMessage[],
  callbacks: readonly ReceivedCallback[],
): readonly string[] {
  const unsure = new Map<string, Set<number>>();
  for (const { delivery, number, outcome } of attempts) {
    if (outcome !== "unknown") continue;
    unsure.set(delivery, (unsure.get(delivery) ?? new Set()).add(number));
  }
  const allowed = ({ id }: Delivery) =>
    1 + new Set([...(inFlight.get(id) ?? []), ...(unsure.get(id) ?? [])]).size;
  const titles = new Map(events.map(({ id, event }) => [id, String(event.data["title"])]));
  return deliveries.flatMap((delivery) => {
    const { id, task, label, event } = delivery;
    if (task.kind === "edit" || task.kind === "note" || delivery.attempts === 0) return [];
    const arrived =
      task.kind === "callback"
        ? callbacks.filter(({ webhook_id }) => webhook_id === id).length
        : messages.filter(
            ({ text, channel_name }) =>
              channel_name === label && text.includes(titles.get(event) ?? id),
          ).length;
    return arrived > allowed(delivery) ? [`${task.kind} ${id} arrived ${arrived} times`] : [];
  });
}
