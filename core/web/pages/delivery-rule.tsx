import { Fragment } from "preact";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say } from "../../words/say.ts";
import type { DeliveryPageProps } from "./delivery-page.tsx";
import { sayTask } from "./delivery-words.ts";
import { NumberedPanel } from "./numbered-panel.tsx";
import { ShortId, StateBadge } from "./parts.tsx";
import { RuleTraceList } from "./rule-trace.tsx";
import { approvalLooks, lookOfDelivery } from "./states.ts";

const mostOthers = 6;

/** Why this delivery exists: the rules of that time clause by clause, and what hangs together with it. */
export function DeliveryRule(props: DeliveryPageProps) {
  const { delivery, accepted, traced } = props;
  return (
    <NumberedPanel
      number={1}
      title={titles[delivery.task.kind]()}
      end={
        accepted ? (
          <a class="note" href="/routing">
            {say`Open in Routing`}
          </a>
        ) : undefined
      }
    >
      {sayWhy(delivery, accepted)}
      {traced && delivery.task.kind !== "callback" ? <RuleTraceList {...traced} brief /> : null}
      <Facts {...props} />
    </NumberedPanel>
  );
}

const titles: Readonly<Record<Delivery["task"]["kind"], () => string>> = {
  post: () => say`The rule that sent it`,
  edit: () => say`Why the copy is edited`,
  note: () => say`Why the thread is told`,
  callback: () => say`Why the producer is called`,
};

function sayWhy({ task }: Delivery, accepted: AcceptedEvent | undefined) {
  const text = whyOf(task, accepted);
  return text === undefined ? null : <p class="panel-body quiet">{text}</p>;
}

function whyOf(task: Delivery["task"], accepted: AcceptedEvent | undefined): string | undefined {
  switch (task.kind) {
    case "callback":
      return say`The request has closed, so the producer that asked is told, signed with its secret.`;
    case "edit":
      return say`The request has changed, so every copy that was posted shows it. The copy is there by these rules:`;
    case "note":
      return say`Something happened to the request, so the thread of each posted copy is told. The copy is there by these rules:`;
    case "post":
      if (task.insteadOf) {
        return say`It was meant for ${task.insteadOf.label}, which took nothing: ${task.insteadOf.because}.`;
      }
      if (!accepted) return say`The event is no longer kept, and its rules with it.`;
      return accepted.plan.unrouted
        ? say`No rule took the event, so it goes to the fallback destination.`
        : undefined;
  }
}

function Facts({ accepted, approval, others, delivery }: DeliveryPageProps) {
  return (
    <dl class="facts facts-small trace-facts">
      {accepted ? (
        <div class="fact">
          <dt>{say`Event`}</dt>
          <dd>
            <a href={`/events/${accepted.id}`}>{accepted.event.type}</a>{" "}
            {accepted.event.subject === undefined ? "" : cleanLine(accepted.event.subject)}{" "}
            <ShortId id={accepted.id} />
          </dd>
        </div>
      ) : null}
      {accepted ? (
        <div class="fact">
          <dt>{say`Rules`}</dt>
          <dd>{say`version ${accepted.plan.ruleSetVersion}`}</dd>
        </div>
      ) : null}
      {approval ? (
        <Fragment>
          <div class="fact">
            <dt>{say`Approval`}</dt>
            <dd>
              <StateBadge look={approvalLooks[approval.state]} /> <ShortId id={approval.id} />
            </dd>
          </div>
          <div class="fact">
            <dt>{say`Policy`}</dt>
            <dd>{say`${approval.policy.name}, version ${approval.policy.version}`}</dd>
          </div>
        </Fragment>
      ) : null}
      {others.slice(0, mostOthers).map((other, place) => (
        <div class="fact" key={other.id}>
          <dt>{place === 0 ? say`Beside it` : ""}</dt>
          <dd>
            <a href={`/deliveries/${other.id}`}>{sayTask(other)}</a>{" "}
            <StateBadge look={lookOfDelivery(other)} />
          </dd>
        </div>
      ))}
      {others.length > mostOthers ? (
        <div class="fact">
          <dt />
          <dd>
            <a
              href={`/deliveries?event=${delivery.event}`}
            >{say`${others.length - mostOthers} more`}</a>
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
