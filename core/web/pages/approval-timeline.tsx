import type { ComponentChildren } from "preact";
import { type Approval, type Conflict, isClosed, type Outcome } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { sayReport } from "../../messages/say-report.ts";
import { say } from "../../words/say.ts";
import { approvalSubline, reasonOf, sayOutcome, sayVote } from "./approval-words.ts";
import type { IconName } from "./icons.tsx";
import { Icon } from "./icons.tsx";
import { Panel, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import { approvalLooks } from "./states.ts";

export interface TimelineProps {
  readonly approval: Approval;
  /** Everything that left for this request: copies, edits, notes, the callback. */
  readonly deliveries: readonly Delivery[];
  /** Tries of its callbacks; empty for those who do not look after the hub. */
  readonly callbacks: readonly (readonly [Delivery, Attempt])[];
  /** Whether the viewer may open deliveries. */
  readonly opensDeliveries: boolean;
  readonly now: Date;
}

interface Entry {
  readonly key: string;
  readonly at: Date;
  readonly icon: IconName;
  readonly look?: string;
  readonly said: ComponentChildren;
  readonly reason?: string | undefined;
}

/** Tell what happened to a request, oldest first: asked, posted, voted, closed, edited, told, and what was done then. */
export function Timeline(props: TimelineProps) {
  const entries = [...entriesOf(props)].sort((one, other) => one.at.getTime() - other.at.getTime());
  return (
    <Panel title={say`What happened`}>
      <ol class="history">
        {entries.map(({ key, at, icon, look, said, reason }) => (
          <li key={key} {...(look === undefined ? {} : { class: look })}>
            <Icon name={icon} />
            <span>
              {said} · <Time at={at} now={props.now} as="clock" />
              {reason === undefined || reason === "" ? null : <q class="reason">{reason}</q>}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function entriesOf(props: TimelineProps): readonly Entry[] {
  const { approval, deliveries, callbacks, opensDeliveries } = props;
  return [
    {
      key: "opened",
      at: approval.openedAt,
      icon: "events",
      said: say`Opened, ${approvalSubline(approval)}`,
    },
    ...approval.votes.map(
      (vote): Entry => ({
        key: vote.click,
        at: vote.at,
        icon: vote.choice === "approve" ? "check" : "cross",
        look: `history-${vote.choice}`,
        said: vote.proof ? say`${sayVote(vote)}, proven by single sign-on` : sayVote(vote),
        reason: vote.reason,
      }),
    ),
    ...(approval.marks ?? []).map(
      ({ event, says, at }): Entry => ({ key: event, at, icon: "alert", said: cleanLine(says) }),
    ),
    ...endOf(approval),
    ...deliveries.flatMap((delivery) => sentEntry(delivery, opensDeliveries)),
    ...callbacks.map(([delivery, attempt]) => callbackEntry(delivery, attempt)),
    ...outcomeOf(approval),
    ...(approval.conflict ? [conflictEntry(approval.producerName, approval.conflict)] : []),
  ];
}

/** The vote that decided says so itself; every other end is told here. */
function endOf(approval: Approval): readonly Entry[] {
  if (!isClosed(approval)) return [];
  const decidedHere =
    (approval.state === "approved" || approval.state === "rejected") &&
    approval.deciding.via !== "producer";
  if (decidedHere) return [];
  return [
    {
      key: "closed",
      at: approval.closedAt,
      icon: approval.state === "expired" ? "clock" : "ban",
      said: sayOutcome(approval),
      reason: reasonOf(approval),
    },
  ];
}

const done = {
  post: (place: ComponentChildren) => sayNodes`Posted in ${place}`,
  edit: (place: ComponentChildren) => sayNodes`Edited in ${place}`,
  note: (place: ComponentChildren) => sayNodes`Noted in the thread in ${place}`,
} as const;

const notDone = {
  post: (place: ComponentChildren) => sayNodes`Not posted in ${place}`,
  edit: (place: ComponentChildren) => sayNodes`Not edited in ${place}`,
  note: (place: ComponentChildren) => sayNodes`Not noted in the thread in ${place}`,
} as const;

/** A delivery that has settled; a callback is told try by try instead. */
function sentEntry(delivery: Delivery, linked: boolean): readonly Entry[] {
  const { task, label, id } = delivery;
  if (task.kind === "callback") return [];
  if (delivery.state !== "delivered" && delivery.state !== "dead") return [];
  const failed = delivery.state === "dead";
  const place = linked ? <a href={`/deliveries/${id}`}>{label}</a> : label;
  return [
    {
      key: id,
      at: delivery.settledAt,
      icon: failed ? "alert" : task.kind === "edit" ? "edit" : "send",
      said: (failed ? notDone : done)[task.kind](place),
    },
  ];
}

function callbackEntry(delivery: Delivery, attempt: Attempt): Entry {
  const { outcome, status, because } = attempt;
  const place = <a href={`/deliveries/${delivery.id}`}>{delivery.label}</a>;
  return {
    key: attempt.id,
    at: attempt.startedAt,
    icon: outcome === "sent" ? "callback" : "alert",
    said:
      outcome === "sent"
        ? sayNodes`Producer told at ${place}; it took it`
        : sayNodes`Producer told at ${place}; it did not: ${status ?? because ?? outcome}`,
  };
}

const outcomeWords: Readonly<Record<Outcome["kind"], (producer: string) => string>> = {
  executed: (producer) => say`${producer} executed it`,
  granted: (producer) => say`${producer} granted it`,
  fulfilled: (producer) => say`${producer} fulfilled it`,
  failed: (producer) => say`${producer} could not do it`,
};

function outcomeOf(approval: Approval): readonly Entry[] {
  const outcome = "outcome" in approval ? approval.outcome : undefined;
  if (!outcome) return [];
  return [
    {
      key: "outcome",
      at: outcome.at,
      icon: outcome.kind === "failed" ? "alert" : "check",
      said: outcomeWords[outcome.kind](cleanLine(approval.producerName)),
      reason: sayReport(outcome) || undefined,
    },
  ];
}

const conflictEntry = (producer: string, { state, by, at }: Conflict): Entry => ({
  key: "conflict",
  at,
  icon: "alert",
  said: say`But ${cleanLine(producer)} says: ${approvalLooks[state].word().toLowerCase()} by ${cleanLine(by)}. What was decided here stands.`,
});
