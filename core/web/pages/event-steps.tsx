import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { sayOutcome } from "./approval-words.ts";
import { lookOfDelivery, retrying } from "./states.ts";
import { type Step, Steps } from "./steps.tsx";
import { sayClock } from "./times.ts";

interface EventStepsProps {
  readonly frame: { readonly now: Date };
  readonly accepted: AcceptedEvent;
  readonly deliveries: readonly Delivery[];
  readonly approval?: Approval | undefined;
}

/** The way of one event from left to right: received, routed, posted, decided, told. */
export function EventSteps(props: EventStepsProps) {
  return <Steps steps={stepsOf(props)} />;
}

function stepsOf({ frame, accepted, deliveries, approval }: EventStepsProps): readonly Step[] {
  const { event, plan } = accepted;
  const rules = plan.matched.map((rule) => rule.name).join(", ");
  const posts = deliveries.filter((delivery) => delivery.task.kind === "post");
  const joined = approval !== undefined && approval.event !== accepted.id;
  const posted = joined
    ? ({ progress: "not-reached", said: "joined an open request" } as const)
    : sent(posts, plan.destinations.length);
  const always: readonly Step[] = [
    { name: "Event", progress: "done", said: `${sayClock(event.receivedAt, frame.now)} UTC` },
    {
      name: "Rule",
      progress: "done",
      said: plan.unrouted ? "none matched" : rules,
      href: "#rules",
    },
    { name: "Posted", ...posted, href: "#deliveries" },
  ];
  if (!approval) return always;
  const edits = deliveries.filter((delivery) => delivery.task.kind === "edit");
  const callbacks = deliveries.filter((delivery) => delivery.task.kind === "callback");
  const href = `/approvals/${approval.id}`;
  if (!isClosed(approval)) {
    return [
      ...always,
      {
        name: "Decision",
        progress: "now",
        said: approval.state === "open" ? "waiting" : "locked",
        href,
      },
      { name: "Edited", progress: "not-reached", said: "when it closes" },
      { name: "Callback", progress: "not-reached", said: "when it closes" },
    ];
  }
  return [
    ...always,
    { name: "Decision", progress: "done", said: sayOutcome(approval), href },
    { name: "Edited", ...sent(edits, edits.length), href: "#deliveries" },
    callbacks.length === 0
      ? { name: "Callback", progress: "not-reached", said: "none asked for" }
      : { name: "Callback", ...sent(callbacks, callbacks.length), href: "#callback" },
  ];
}

function sent(deliveries: readonly Delivery[], expected: number): Pick<Step, "progress" | "said"> {
  if (expected === 0) return { progress: "not-reached", said: "nothing to send" };
  const settled = deliveries.filter(
    (one) => one.state === "delivered" || one.state === "suppressed",
  ).length;
  const dead = deliveries.filter((one) => one.state === "dead").length;
  if (dead > 0) return { progress: "failed", said: `${dead} of ${expected} failed` };
  const retried = deliveries.some((one) => lookOfDelivery(one) === retrying);
  const said = `${settled} of ${expected}${retried ? ", retrying" : ""}`;
  return { progress: settled === expected ? "done" : "now", said };
}
