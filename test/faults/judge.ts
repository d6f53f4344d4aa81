import type { Attempt, Delivery } from "../../core/domain/delivery.ts";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import type { History } from "../fixtures/rig/history.ts";
import type { ReceivedCallback } from "../fixtures/rig/sandbox-client.ts";

/** How often each delivery was on its way when the power went. */
export type InFlight = Map<string, number>;

/** Note what a cut found on its way. */
export function noteInFlight(inFlight: InFlight, { deliveries }: History): void {
  for (const { id, state } of deliveries) {
    if (state === "sending") inFlight.set(id, (inFlight.get(id) ?? 0) + 1);
  }
}

/** Sends of one request in one lane that came after a later one of its own, from every try that was stored. */
export function outOfOrder({ deliveries, attempts }: History): readonly string[] {
  const tries = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    if (attempt.outcome !== "sent") continue;
    tries.set(attempt.delivery, [...(tries.get(attempt.delivery) ?? []), attempt]);
  }
  const byRequest = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const request = `${delivery.lane} ${delivery.approval ?? delivery.event}`;
    byRequest.set(request, [...(byRequest.get(request) ?? []), delivery]);
  }
  const rank = ({ task, approvalRevision = 0 }: Delivery) =>
    task.kind === "post" ? 0 : approvalRevision;
  return [...byRequest].flatMap(([request, own]) => {
    const sends = own
      .flatMap((delivery) =>
        (tries.get(delivery.id) ?? []).map(({ startedAt }) => ({ at: startedAt, delivery })),
      )
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    return sends.flatMap(({ delivery }, index) => {
      const earlier = sends[index - 1]?.delivery;
      return earlier && rank(earlier) > rank(delivery) ? [`${request}: ${delivery.id}`] : [];
    });
  });
}

/** The posts, edits and callbacks that arrived more often than sends in flight explain. */
export function tooOften(
  { deliveries, events }: History,
  inFlight: InFlight,
  messages: readonly SandboxMessage[],
  callbacks: readonly ReceivedCallback[],
): readonly string[] {
  const allowed = ({ id }: Delivery) => 1 + (inFlight.get(id) ?? 0);
  const titles = new Map(events.map(({ id, event }) => [id, String(event.data["title"])]));
  return deliveries.flatMap((delivery) => {
    const { id, task, label, event } = delivery;
    if (task.kind === "edit" || delivery.attempts === 0) return [];
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
