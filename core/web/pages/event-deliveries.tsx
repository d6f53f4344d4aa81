import type { Approval } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { EventId } from "../../domain/ids.ts";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import { sayNext, sayTask, whyOf } from "./delivery-words.ts";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { Panel, ShortId, StateBadge, Time } from "./parts.tsx";
import { attemptLooks, lookOfDelivery } from "./states.ts";

/** What the list of an event's deliveries shows. */
export interface EventDeliveriesProps {
  readonly event: EventId;
  readonly deliveries: readonly Delivery[];
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** The request that the event opened or joined. */
  readonly approval?: Approval | undefined;
  readonly now: Date;
}

/** Every delivery that an event led to: where it stands, why, what happens next, and each try with both raw texts. */
export function EventDeliveries(props: EventDeliveriesProps) {
  const { deliveries } = props;
  const callbacks = deliveries.filter((delivery) => delivery.task.kind === "callback");
  const messages = deliveries.filter((delivery) => delivery.task.kind !== "callback");
  return (
    <>
      <Panel
        id="deliveries"
        title={say`Messages`}
        beside={<span class="note">{messages.length}</span>}
      >
        {messages.length === 0 ? (
          <p class="panel-body quiet">{sayNone(props)}</p>
        ) : (
          <List {...props} deliveries={messages} />
        )}
      </Panel>
      {callbacks.length === 0 ? null : (
        <Panel id="callback" title={say`Callback to the producer`}>
          <List {...props} deliveries={callbacks} />
        </Panel>
      )}
    </>
  );
}

function sayNone({ event, approval }: EventDeliveriesProps): string {
  return approval && approval.event !== event
    ? say`None of its own: it joined a request that was open already.`
    : say`None: no rule and no fallback gave this event a destination.`;
}

function List(props: EventDeliveriesProps) {
  return (
    <ul class="rows">
      {props.deliveries.map((delivery) => (
        <Line key={delivery.id} {...props} delivery={delivery} />
      ))}
    </ul>
  );
}

function Line(props: EventDeliveriesProps & { readonly delivery: Delivery }) {
  const { delivery, now, approval } = props;
  const tries = props.attempts.get(delivery.id) ?? [];
  const why = whyOf(delivery);
  return (
    <li class="delivery" id={delivery.id}>
      <div class="delivery-head">
        <PlatformSign delivery={delivery} />
        <a class="strong" href={`/deliveries/${delivery.id}`}>
          {sayTask(delivery)}
        </a>
        <StateBadge look={lookOfDelivery(delivery)} />
        <span class="push delivery-figures">
          <Figures delivery={delivery} />
          <ShortId id={delivery.id} />
        </span>
      </div>
      {why === undefined ? null : <p class="delivery-why">{why}</p>}
      <Remedy delivery={delivery} last={tries.at(-1)} />
      <p class="note">{sayNext(delivery, approval?.state === "open", now)}</p>
      {tries.length === 0 ? null : (
        <details class="tries">
          <summary>{tries.length === 1 ? say`1 attempt` : say`${tries.length} attempts`}</summary>
          <ol class="try-list">
            {tries.map((attempt) => (
              <Try key={attempt.id} attempt={attempt} now={now} />
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

/** What the platform's last answer means, and who does what about it. */
function Remedy(props: { readonly delivery: Delivery; readonly last: Attempt | undefined }) {
  const { delivery, last } = props;
  const { platform, label, state } = delivery;
  const settled = state === "delivered" || state === "suppressed";
  if (platform === "callback" || settled || last?.because === undefined) return null;
  const { cause, next } = troubleOf(platform, last.because, label, languageNow());
  return (
    <p>
      {cause} {next}
    </p>
  );
}

const platformNames = {
  slack: "Slack",
  teams: "Teams",
  webhook: "Webhook",
  "slack-webhook": "Slack",
  "teams-workflow": "Teams",
  callback: "HTTP",
} as const;

function PlatformSign({ delivery }: { readonly delivery: Delivery }) {
  return <span class={`place place-${delivery.platform}`}>{platformNames[delivery.platform]}</span>;
}

function Figures({ delivery }: { readonly delivery: Delivery }) {
  if (delivery.state !== "delivered") return null;
  return (
    <span class="note tabular">
      {delivery.status === undefined ? "" : `${delivery.status} · `}
      {delivery.durationMs} ms
    </span>
  );
}

function Try({ attempt, now }: { readonly attempt: Attempt; readonly now: Date }) {
  return (
    <li class="try">
      <div class="try-head">
        <span class="strong">{say`Attempt ${attempt.number}`}</span>
        <StateBadge look={attemptLooks[attempt.outcome]} />
        {attempt.status === undefined ? null : <code>{attempt.status}</code>}
        <Time at={attempt.startedAt} now={now} as="clock" />
        <span class="push note tabular">{attempt.durationMs} ms</span>
      </div>
      {attempt.because === undefined ? null : <p class="delivery-why">{attempt.because}</p>}
      <details>
        <summary>{say`What was sent and answered`}</summary>
        <p class="note raw-title">
          <Icon name="send" /> {say`Sent`}
        </p>
        <JsonText text={attempt.request} label={say`Request of attempt ${attempt.number}`} />
        <p class="note raw-title">
          <Icon name="callback" /> {say`Answered`}
        </p>
        <JsonText text={attempt.response} label={say`Answer to attempt ${attempt.number}`} />
      </details>
    </li>
  );
}
