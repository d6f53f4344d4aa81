import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { DeliveryPageProps } from "./delivery-page.tsx";
import { whyOf } from "./delivery-words.ts";
import { type Progress, type Step, Steps } from "./steps.tsx";
import { sayClock } from "./times.ts";

/** The five steps of a delivery, left to right: rule, message, request, answer, next. */
export function DeliverySteps(props: DeliveryPageProps) {
  return <Steps steps={stepsOf(props)} />;
}

function stepsOf({
  delivery,
  accepted,
  attempts,
  attempt,
  frame,
}: DeliveryPageProps): readonly Step[] {
  const tries = `${attempts.length} ${attempts.length === 1 ? "attempt" : "attempts"}`;
  return [
    { name: "Rule", progress: "done", said: ruleOf(delivery, accepted) },
    attempt
      ? { name: "Message", progress: "done", said: sizeOf(attempt) }
      : { name: "Message", progress: "not-reached", said: "made when it leaves" },
    attempt
      ? {
          name: "Request",
          progress: "done",
          said: `${sayClock(attempt.startedAt, frame.now)}, ${tries}`,
        }
      : { name: "Request", progress: "not-reached", said: "not sent yet" },
    answerOf(attempt),
    nextOf(delivery, frame.now),
  ];
}

function ruleOf({ task }: Delivery, accepted: DeliveryPageProps["accepted"]): string {
  if (task.kind === "callback") return "the request closed";
  if (task.kind === "edit") return "the request changed";
  if (!accepted) return "no longer kept";
  const { unrouted, matched } = accepted.plan;
  return unrouted ? "none, so the fallback" : matched.map(({ name }) => name).join(", ");
}

const sizeOf = ({ request }: Attempt) =>
  request.length < 1_000 ? `${request.length} signs` : `${(request.length / 1_000).toFixed(1)} KB`;

function answerOf(attempt: Attempt | undefined): Step {
  if (!attempt) return { name: "Answer", progress: "not-reached", said: "none yet" };
  const { outcome, status, because = outcome } = attempt;
  if (outcome === "sent") {
    return {
      name: "Answer",
      progress: "done",
      said: `${status ?? "taken"}, ${attempt.durationMs} ms`,
    };
  }
  const code = because.split(":", 1)[0] ?? because;
  const said = status === undefined || code.includes(String(status)) ? code : `${status}, ${code}`;
  return { name: "Answer", progress: "failed", said };
}

const ended: Progress = "done";

function nextOf(delivery: Delivery, now: Date): Step {
  const name = "Next";
  switch (delivery.state) {
    case "pending":
      return {
        name,
        progress: "now",
        said:
          delivery.dueAt <= now
            ? `attempt ${delivery.attempts + 1} now`
            : `attempt ${delivery.attempts + 1} at ${sayClock(delivery.dueAt, now)}`,
      };
    case "sending":
      return { name, progress: "now", said: "its answer" };
    case "held":
      return { name, progress: "now", said: "waits for people" };
    case "delivered":
      return { name, progress: ended, said: "done" };
    case "suppressed":
      return { name, progress: ended, said: whyOf(delivery) ?? "not needed" };
    case "dead":
      return { name, progress: "failed", said: "given up" };
  }
}
