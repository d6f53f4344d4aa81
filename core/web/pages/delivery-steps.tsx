import type { Attempt, Delivery } from "../../domain/delivery.ts";
import { say, sayAs } from "../../words/say.ts";
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
  const tries = attempts.length === 1 ? say`1 attempt` : say`${attempts.length} attempts`;
  return [
    { name: say`Rule`, progress: "done", said: ruleOf(delivery, accepted) },
    attempt
      ? { name: say`Message`, progress: "done", said: sizeOf(attempt) }
      : { name: say`Message`, progress: "not-reached", said: say`made when it leaves` },
    attempt
      ? {
          name: sayAs("delivery")`Request`,
          progress: "done",
          said: `${sayClock(attempt.startedAt, frame.now)}, ${tries}`,
        }
      : { name: sayAs("delivery")`Request`, progress: "not-reached", said: say`not sent yet` },
    answerOf(attempt),
    nextOf(delivery, frame.now),
  ];
}

function ruleOf({ task }: Delivery, accepted: DeliveryPageProps["accepted"]): string {
  if (task.kind === "callback") return say`the request closed`;
  if (task.kind === "edit") return say`the request changed`;
  if (!accepted) return say`no longer kept`;
  const { unrouted, matched } = accepted.plan;
  return unrouted ? say`none, so the fallback` : matched.map(({ name }) => name).join(", ");
}

const sizeOf = ({ request }: Attempt) =>
  request.length < 1_000
    ? say`${request.length} characters`
    : `${(request.length / 1_000).toFixed(1)} KB`;

function answerOf(attempt: Attempt | undefined): Step {
  if (!attempt)
    return { name: say`Answer`, progress: "not-reached", said: sayAs("answer")`none yet` };
  const { outcome, status, because = outcome } = attempt;
  if (outcome === "sent") {
    return {
      name: say`Answer`,
      progress: "done",
      said: `${status ?? say`taken`}, ${attempt.durationMs} ms`,
    };
  }
  const code = because.split(":", 1)[0] ?? because;
  const said = status === undefined || code.includes(String(status)) ? code : `${status}, ${code}`;
  return { name: say`Answer`, progress: "failed", said };
}

const ended: Progress = "done";

function nextOf(delivery: Delivery, now: Date): Step {
  const name = sayAs("step")`Next`;
  switch (delivery.state) {
    case "pending":
      return {
        name,
        progress: "now",
        said:
          delivery.dueAt <= now
            ? say`attempt ${delivery.attempts + 1} now`
            : say`attempt ${delivery.attempts + 1} at ${sayClock(delivery.dueAt, now)}`,
      };
    case "sending":
      return { name, progress: "now", said: say`its answer` };
    case "held":
      return { name, progress: "now", said: say`waits for people` };
    case "delivered":
      return { name, progress: ended, said: sayAs("step")`done` };
    case "suppressed":
      return { name, progress: ended, said: whyOf(delivery) ?? say`not needed` };
    case "dead":
      return { name, progress: "failed", said: say`given up` };
  }
}
