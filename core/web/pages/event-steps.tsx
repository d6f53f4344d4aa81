import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { say, sayAs } from "../../words/say.ts";
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
    ? ({ progress: "not-reached", said: say`joined an open request` } as const)
    : sent(posts, plan.destinations.length);
  const always: readonly Step[] = [
    { name: say`Event`, progress: "done", said: `${sayClock(event.receivedAt, frame.now)} UTC` },
    {
      name: say`Rule`,
      progress: "done",
      said: plan.unrouted ? say`none matched` : rules,
      href: "#rules",
    },
    { name: say`Posted`, ...posted, href: "#deliveries" },
  ];
  if (!approval) return always;
  const edits = deliveries.filter((delivery) => delivery.task.kind === "edit");
  const callbacks = deliveries.filter((delivery) => delivery.task.kind === "callback");
  const href = `/approvals/${approval.id}`;
  if (!isClosed(approval)) {
    return [
      ...always,
      {
        name: say`Decision`,
        progress: "now",
        said: approval.state === "open" ? sayAs("request")`waiting` : sayAs("request")`locked`,
        href,
      },
      { name: say`Edited`, progress: "not-reached", said: say`when it closes` },
      { name: say`Callback`, progress: "not-reached", said: say`when it closes` },
    ];
  }
  return [
    ...always,
    { name: say`Decision`, progress: "done", said: sayOutcome(approval), href },
    { name: say`Edited`, ...sent(edits, edits.length), href: "#deliveries" },
    callbacks.length === 0
      ? { name: say`Callback`, progress: "not-reached", said: sayAs("callback")`none asked for` }
      : { name: say`Callback`, ...sent(callbacks, callbacks.length), href: "#callback" },
  ];
}

function sent(deliveries: readonly Delivery[], expected: number): Pick<Step, "progress" | "said"> {
  if (expected === 0) return { progress: "not-reached", said: say`nothing to send` };
  const settled = deliveries.filter(
    (one) => one.state === "delivered" || one.state === "suppressed",
  ).length;
  const dead = deliveries.filter((one) => one.state === "dead").length;
  if (dead > 0) return { progress: "failed", said: say`${dead} of ${expected} failed` };
  const retried = deliveries.some((one) => lookOfDelivery(one) === retrying);
  const said = retried ? say`${settled} of ${expected}, retrying` : say`${settled} of ${expected}`;
  return { progress: settled === expected ? "done" : "now", said };
}
