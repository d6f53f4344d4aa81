// What just happened, as six steps. Pure: it reads a trace and answers words, so that tests and the page use the same.
import type { ReceivedCallback, TracedApproval, TracedDelivery, TracedEvent } from "./shapes.ts";
import { saySeconds, saySpan } from "./times.ts";

/** How a step stands: done, failed, going on now, not reached yet, or never to be reached. */
export type StepState = "done" | "failed" | "now" | "ahead" | "none";

/** One line below a step. */
export interface StepLine {
  readonly text: string;
  readonly platform?: string | null;
  /** Short ids are shown with a button that copies the whole one. */
  readonly id?: string;
  readonly href?: string;
  readonly end?: string;
  readonly tone?: "ok" | "bad" | "warn" | "quiet";
}

export interface Step {
  readonly name: string;
  readonly state: StepState;
  /** A time, a span or a count beside the name. */
  readonly beside: string;
  readonly lines: readonly StepLine[];
}

/** Somebody who was asked for a reason and has not sent it. */
export interface StillAsked {
  readonly person: string;
  readonly ms: number | undefined;
}

const surfaces: Readonly<Record<string, string>> = {
  slack: "Slack",
  teams: "Teams",
  web: "the web",
  api: "the API",
};

/** Tell one event as steps, from what came in to what the producer was told. */
export function stepsOf(
  trace: TracedEvent,
  callbacks: readonly ReceivedCallback[],
  asked: StillAsked | undefined,
): readonly Step[] {
  const { approval } = trace;
  const first = [eventStep(trace), ruleStep(trace), sentStep("Posted", trace, "post")];
  if (!approval) return first;
  const isOpen = approval.state === "open";
  return [
    ...first,
    voteStep(approval, isOpen ? asked : undefined),
    isOpen ? ahead("Edit", copiesAhead(trace)) : sentStep("Edited", trace, "edit"),
    isOpen
      ? ahead("Callback", `${trace.producer.name}, after the decision`)
      : callbackStep(trace, approval, callbacks),
  ];
}

const eventHref = ({ id }: TracedEvent) => `/events/${id}`;

const eventStep = (trace: TracedEvent): Step => ({
  name: "Event",
  state: "done",
  beside: saySeconds(trace.received_at),
  lines: [
    { text: trace.type, href: eventHref(trace) },
    { text: "", id: trace.id },
  ],
});

function ruleStep(trace: TracedEvent): Step {
  const [rule, ...others] = trace.matched;
  const created = trace.deliveries.map(({ created_at }) => Date.parse(created_at));
  const ms = Math.min(...created) - Date.parse(trace.received_at);
  const beside = Number.isFinite(ms) ? (ms < 1 ? "at once" : `+${saySpan(ms)}`) : "";
  const policy = trace.approval ? ` · policy ${trace.approval.policy.name}` : "";
  if (!rule) {
    const went = trace.deliveries.length > 0 ? "to the fallback" : "no fallback is set";
    return {
      name: "Rule",
      state: "none",
      beside,
      lines: [
        { text: "No rule took it", href: `${eventHref(trace)}#rules` },
        { text: went, tone: "quiet" },
      ],
    };
  }
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return {
    name: "Rule",
    state: "done",
    beside,
    lines: [
      { text: `${rule.name}${more}`, href: `${eventHref(trace)}#rules` },
      { text: `rule ${rule.rule}${policy}`, tone: "quiet" },
    ],
  };
}

const settled: readonly TracedDelivery["state"][] = ["delivered", "suppressed", "dead"];

function sentStep(name: string, trace: TracedEvent, kind: "post" | "edit"): Step {
  const deliveries = latestByPlace(trace.deliveries.filter((one) => one.kind === kind));
  const done = deliveries.filter(({ state }) => state === "delivered").length;
  return {
    name,
    state: stateOf(deliveries),
    beside: deliveries.length === 0 ? "" : `${done} of ${deliveries.length}`,
    lines:
      deliveries.length === 0
        ? [{ text: "nothing yet", tone: "quiet" }]
        : deliveries.map((one) => deliveryLine(trace, one)),
  };
}

/** A message may be edited more than once; the last edit of each place is the one that counts. */
function latestByPlace(deliveries: readonly TracedDelivery[]): readonly TracedDelivery[] {
  const byAge = deliveries.toSorted((one, other) => (one.created_at < other.created_at ? -1 : 1));
  const latest = new Map(byAge.map((one) => [`${one.platform} ${one.label}`, one]));
  return [...latest.values()].toSorted((one, other) =>
    `${one.platform} ${one.label}` < `${other.platform} ${other.label}` ? -1 : 1,
  );
}

function stateOf(deliveries: readonly TracedDelivery[]): StepState {
  if (deliveries.some(({ state }) => state === "dead")) return "failed";
  if (deliveries.length > 0 && deliveries.every(({ state }) => settled.includes(state)))
    return "done";
  return "now";
}

function deliveryLine(trace: TracedEvent, delivery: TracedDelivery): StepLine {
  const { id, label, platform } = delivery;
  const href = `${eventHref(trace)}#deliveries`;
  // An edit says less: its copy was named when it was posted.
  const line = { text: label, platform, href, ...(delivery.kind === "edit" ? {} : { id }) };
  switch (delivery.state) {
    case "delivered":
      return { ...line, end: saySpan(delivery.duration_ms ?? 0) };
    case "dead":
      return { ...line, end: "failed", tone: "bad" };
    case "suppressed":
      return { ...line, end: "skipped", tone: "quiet" };
    case "held":
      return { ...line, end: "held", tone: "warn" };
    case "pending":
    case "sending":
      return delivery.attempts > 0 && delivery.because
        ? { ...line, end: `try ${delivery.attempts + 1} next`, tone: "warn" }
        : { ...line, end: "sending", tone: "quiet" };
  }
}

function voteStep(approval: TracedApproval, asked: StillAsked | undefined): Step {
  const href = `/approvals/${approval.id}`;
  const id = { text: "", id: approval.id };
  const last = approval.votes.at(-1);
  switch (approval.state) {
    case "open":
      if (asked) return askedStep(asked);
      return {
        name: "Vote",
        state: "now",
        beside: `${approval.votes.length} of ${approval.policy.votes}`,
        lines: [{ text: "Waiting for a decision", href }, id],
      };
    case "approved":
    case "rejected": {
      const where = surfaces[last?.via ?? ""] ?? last?.via ?? "";
      return {
        name: "Vote",
        state: approval.state === "approved" ? "done" : "failed",
        beside: saySeconds(approval.closed_at ?? ""),
        lines: [{ text: `${approval.closed_by} ${approval.state} in ${where}`, href }, id],
      };
    }
    case "expired":
    case "cancelled": {
      const by =
        approval.state === "expired"
          ? "Expired, nobody decided"
          : `Cancelled by ${approval.closed_by}`;
      return {
        name: "Vote",
        state: "none",
        beside: saySeconds(approval.closed_at ?? ""),
        lines: [{ text: by, href }, id],
      };
    }
  }
}

const askedStep = ({ person, ms }: StillAsked): Step => ({
  name: "Vote",
  state: "now",
  beside: "now",
  lines: [
    { text: `${person} is asked why` },
    {
      text: ms === undefined ? "form unfolded in the card" : `dialog opened in ${saySpan(ms)}`,
      tone: "quiet",
    },
  ],
});

const ahead = (name: string, text: string): Step => ({
  name,
  state: "ahead",
  beside: "",
  lines: [{ text, tone: "quiet" }],
});

function copiesAhead({ deliveries }: TracedEvent): string {
  const copies = latestByPlace(deliveries.filter(({ kind }) => kind === "post")).length;
  return `${copies} ${copies === 1 ? "copy" : "copies"}, after the vote`;
}

function callbackStep(
  trace: TracedEvent,
  approval: TracedApproval,
  callbacks: readonly ReceivedCallback[],
): Step {
  const delivery = trace.deliveries.filter(({ kind }) => kind === "callback").at(-1);
  const received = callbacks.filter((one) => one.approval === approval.id).at(-1);
  if (!delivery)
    return { name: "Callback", state: "now", beside: "", lines: [{ text: "next", tone: "quiet" }] };
  const line = { ...deliveryLine(trace, delivery), text: trace.producer.name };
  const isVerified = received?.verdict === "verified";
  const verdict: StepLine = received
    ? {
        text: isVerified ? "signature verified" : `signature ${received.verdict}`,
        tone: isVerified ? "ok" : "bad",
      }
    : {
        text: delivery.because ? sayCause(delivery.because) : "not received yet",
        tone: delivery.because ? "warn" : "quiet",
      };
  return {
    name: "Callback",
    state: stateOf([delivery]),
    beside: delivery.status === null ? "" : String(delivery.status),
    lines: [{ ...line, platform: "callback" }, verdict],
  };
}

/** Say a cause as words: `http_500` is an answer, `rate_limited` a reason. */
function sayCause(because: string): string {
  const status = /^http_(\d+)$/u.exec(because)?.[1];
  return status === undefined ? because.replaceAll("_", " ") : `answered ${status}`;
}

const nameOf = ({ producer }: TracedEvent, { kind, label }: TracedDelivery) =>
  kind === "callback" ? producer.name : label;

function sayWaiting(trace: TracedEvent, waiting: TracedDelivery): string {
  const name = nameOf(trace, waiting);
  return waiting.because
    ? `${name}: ${sayCause(waiting.because)}. It is tried again by itself.`
    : `On its way to ${name}.`;
}

/** The sentence at the strip's end: how long it took, or what it waits for. */
export function sumUp(trace: TracedEvent, asked: StillAsked | undefined): string {
  const { approval } = trace;
  // Notes in threads follow later, and nobody waits for them.
  const deliveries = trace.deliveries.filter(({ kind }) => kind !== "note");
  if (approval?.state === "open") {
    return asked
      ? `Still open. Nothing is recorded until ${asked.person} sends the reason.`
      : "Still open. Approve or reject it in either chat.";
  }
  const broken = deliveries.find(({ state }) => state === "dead");
  if (broken)
    return `${nameOf(trace, broken)} failed: ${sayCause(broken.because ?? "no reason was given")}.`;
  const waiting = deliveries.find(({ state }) => !settled.includes(state));
  if (waiting) return sayWaiting(trace, waiting);
  const last = Math.max(...deliveries.map(({ settled_at }) => Date.parse(settled_at ?? "")));
  if (!Number.isFinite(last)) return approval ? "The decision is on its way." : "Nothing was sent.";
  const span = saySpan(last - Date.parse(trace.received_at));
  return approval ? `${span} from event to callback` : `${span} from event to the last message`;
}
