import type { Approval } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { callbackTrouble } from "../messages/callback-troubles.ts";

/**
 * What the hub says when a callback was not taken: at the first try that failed, and once more when it is given up.
 * Undefined for everything else.
 *
 * Every try that failed is that first one as far as it can know: the try before it may have been cut off, and told
 * nobody. All have one occasion, so the hub says it once.
 */
export function callbackFailed(delivery: Delivery, approval: Approval): RaisedEvent | undefined {
  if (delivery.task.kind !== "callback") return undefined;
  const dead = delivery.state === "dead";
  if (!dead && delivery.state !== "pending") return undefined;
  const because = (dead ? delivery.cause : delivery.waitingFor) ?? "unknown";
  const { cause, next } = callbackTrouble(because, delivery.label);
  return {
    type: "callback.failed",
    occasion: `${delivery.id} ${dead ? `given up after ${delivery.attempts}` : "first try"}`,
    subject: approval.key ?? approval.id,
    level: "alert",
    data: {
      title: dead
        ? `${approval.producerName} was not told of ${approval.title}`
        : `${approval.producerName} did not take the callback of ${approval.title}`,
      request_id: approval.id,
      decision_id: "decision" in approval ? approval.decision : null,
      destination: delivery.label,
      cause: because,
      ...{ why: cause, next },
      attempts: delivery.attempts,
      next_try_at: delivery.state === "pending" ? delivery.dueAt.toISOString() : null,
    },
  };
}
