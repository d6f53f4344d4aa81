import type { Approval } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say, sayAs } from "../../words/say.ts";
import { approvalSubline, sayOutcome, sayTally, standsSince } from "./approval-words.ts";
import { Crumbs } from "./crumbs.tsx";
import { EventDeliveries } from "./event-deliveries.tsx";
import { EventRules } from "./event-rules.tsx";
import { EventSteps } from "./event-steps.tsx";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { Layout } from "./layout.tsx";
import { readLink } from "./links.ts";
import type { PageFrame } from "./page-frame.ts";
import { Panel, SandboxBadge, ShortId, StateBadge, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import type { Traced } from "./rule-trace.tsx";
import { approvalLooks, looksOfEvent } from "./states.ts";
import { sayLeft } from "./times.ts";

/** What this page shows. */
export interface EventPageProps {
  readonly frame: PageFrame;
  readonly accepted: AcceptedEvent;
  readonly producerName: string;
  /** Oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Tries by the id of their delivery, first try first. */
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  readonly approval?: Approval | undefined;
  /** Names by the id of the destination. One that is gone is shown by its id. */
  readonly destinationNames: ReadonlyMap<string, string>;
  /** Why each rule took the event or left it, as the rules stood then. */
  readonly traced?: Traced | undefined;
}

/** Draw `/events/{id}`: what came in, which rules took it, what was sent, what was decided, who was told. */
export function renderEventPage(props: EventPageProps): string {
  const { frame, accepted, approval, deliveries, destinationNames } = props;
  const { event } = accepted;
  const subject = event.subject === undefined ? undefined : cleanLine(event.subject);
  const title = subject === undefined ? event.type : `${event.type} ${subject}`;
  return renderPage(
    <Layout
      title={title}
      frame={frame}
      section="events"
      watch={`/events/${accepted.id}/changes`}
      styles={["/assets/event.css"]}
    >
      <Crumbs above={[["/events", say`Events`]]}>
        <ShortId id={accepted.id} />
        {frame.instance.sandbox ? <SandboxBadge /> : null}
      </Crumbs>
      <div class="page-head">
        <h1>{subject ?? event.type}</h1>
        {subject === undefined ? null : <span class="mono quiet">{event.type}</span>}
        <span id="state" data-part>
          {looksOfEvent(accepted, approval, deliveries).map((look) => (
            <StateBadge key={look.sign} look={look} />
          ))}
        </span>
        <RouteThis {...props} />
      </div>
      <div id="steps" data-part>
        <EventSteps {...props} />
      </div>
      <div class="event-columns">
        <div class="stack">
          <EventRules
            accepted={accepted}
            destinationNames={destinationNames}
            traced={props.traced}
          />
          <div id="sent" class="stack" data-part>
            <EventDeliveries {...props} event={accepted.id} now={frame.now} />
          </div>
        </div>
        <div class="stack">
          <div id="request" class="part" data-part>
            {approval ? <Request approval={approval} now={frame.now} /> : null}
          </div>
          <Facts {...props} />
          <Panel title={say`What the producer sent`}>
            <JsonText text={JSON.stringify(event.data)} label={say`Data of the event`} />
          </Panel>
        </div>
      </div>
    </Layout>,
  );
}

function RouteThis({ frame: { viewer }, accepted }: EventPageProps) {
  const mayRoute = viewer?.roles.some((role) => role === "admin" || role === "router");
  // A rule of the hub's own kinds names them exactly; the editor does that, too.
  if (!mayRoute) return null;
  const query = new URLSearchParams({ event: accepted.id });
  return (
    <a class="button push" href={`/routing/rule?${query}`}>
      <Icon name="routing" />
      {say`Route this…`}
    </a>
  );
}

function Request({ approval, now }: { readonly approval: Approval; readonly now: Date }) {
  return (
    <Panel
      id="approval"
      title={say`Approval`}
      beside={<StateBadge look={approvalLooks[approval.state]} />}
    >
      <div class="panel-body stack-small">
        <p class="strong">{approval.title}</p>
        <p class="quiet">{approvalSubline(approval)}</p>
        <p class="note">
          {approval.state === "open" ? (
            `${sayTally(approval)} · ${sayLeft(approval.expiresAt, now)}`
          ) : (
            <>
              {sayOutcome(approval)} · <Time at={standsSince(approval)} now={now} />
            </>
          )}
        </p>
        <p>
          <a class="button" href={`/approvals/${approval.id}`}>
            {approval.state === "open" ? say`Read and decide` : say`Open the request`}
          </a>
        </p>
      </div>
    </Panel>
  );
}

function Facts({ frame, accepted, producerName }: EventPageProps) {
  const { event, known } = accepted;
  const link = event.link === undefined ? undefined : readLink(event.link);
  return (
    <Panel title={say`The event`}>
      <dl class="facts facts-small">
        <div class="fact">
          <dt>{say`Type`}</dt>
          <dd>
            <span class="mono">{event.type}</span>
            {known ? null : <div class="note">{say`Not in the catalogue of this hub`}</div>}
          </dd>
        </div>
        <div class="fact">
          <dt>{sayAs("event")`From`}</dt>
          <dd>
            {producerName}
            <div class="note">{say`source: ${cleanLine(event.source)}`}</div>
          </dd>
        </div>
        <div class="fact">
          <dt>{say`Their id`}</dt>
          <dd class="mono">{cleanLine(event.externalId)}</dd>
        </div>
        <div class="fact">
          <dt>{say`Level`}</dt>
          <dd>{event.level}</dd>
        </div>
        <div class="fact">
          <dt>{say`Happened`}</dt>
          <dd>
            <Time at={event.occurredAt} now={frame.now} as="clock" />
          </dd>
        </div>
        <div class="fact">
          <dt>{say`Received`}</dt>
          <dd>
            <Time at={event.receivedAt} now={frame.now} as="clock" /> UTC,{" "}
            <Time at={event.receivedAt} now={frame.now} />
          </dd>
        </div>
        {event.link === undefined ? null : (
          <div class="fact">
            <dt>{say`Link`}</dt>
            <dd>
              {link ? (
                <a href={link.href} target="_blank" rel="noopener noreferrer">
                  {link.place}
                </a>
              ) : (
                event.link
              )}
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
