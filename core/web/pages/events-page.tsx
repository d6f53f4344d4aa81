import type { Approval } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { type AcceptedEvent, levels } from "../../domain/event.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say, sayAs } from "../../words/say.ts";
import { type EventFilter, eventQuery } from "../events/event-filter.ts";
import { sinceWords } from "../lists/since.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import {
  BehindEnd,
  FilterForm,
  isBehindEnd,
  LookedBack,
  Pager,
  PickField,
  SinceField,
  TypedField,
} from "./list-parts.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, StateBadge, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { looksOfEvent } from "./states.ts";

/** One line of the list: an event with what became of it so far. */
export interface EventLine {
  readonly accepted: AcceptedEvent;
  readonly approval?: Approval | undefined;
  readonly deliveries: readonly Delivery[];
}

/** What this page shows. */
export interface EventsPageProps {
  readonly frame: PageFrame;
  /** Newest first. */
  readonly events: readonly EventLine[];
  readonly filter: EventFilter;
  /** How many events no rule matched; `?unrouted=true` shows only these. */
  readonly unrouted?: number;
  /** Producers to choose from. */
  readonly producers: readonly (readonly [id: string, name: string])[];
  /** Types to choose from. */
  readonly types: readonly string[];
  /** The cursors of older (`?after=`) and newer entries (`?before=`); absent at the ends. */
  readonly older?: string | undefined;
  readonly newer?: string | undefined;
  /** Where reading stopped before the page was full. */
  readonly lookedBackTo?: Date | undefined;
}

/** Draw `/events`: what came in, and where it stands. */
export function renderEventsPage(props: EventsPageProps): string {
  const { frame, events, filter, unrouted = 0, older, newer, lookedBackTo } = props;
  const address = (more: Readonly<Record<string, string>>) => `/events${eventQuery(filter, more)}`;
  return renderPage(
    <Layout
      title={say`Events`}
      frame={frame}
      section="events"
      heading={<h1>{say`Events`}</h1>}
      headingEnd={
        newer === undefined ? (
          <span class="quiet live-mark">
            <Icon name="dot" /> {sayAs("list")`live`}
          </span>
        ) : undefined
      }
      {...(newer === undefined ? { watch: `/events/changes${eventQuery(filter)}` } : {})}
      styles={["/assets/lists.css"]}
    >
      <Filters {...props} />
      <div id="list" class="stack" data-part>
        <Unrouted count={unrouted} only={filter.unrouted !== undefined} />
        <section class="panel">
          {events.length === 0 ? (
            <NoEvents {...props} />
          ) : (
            <EventTable events={events} now={frame.now} />
          )}
        </section>
        <LookedBack to={lookedBackTo} found={events.length} now={frame.now} />
        <Pager
          newer={newer === undefined ? undefined : address({ before: newer })}
          older={older === undefined ? undefined : address({ after: older })}
        />
      </div>
    </Layout>,
  );
}

function Filters({ filter, producers, types }: EventsPageProps) {
  return (
    <FilterForm
      action="/events"
      search={say`evt_ id, their id, or a subject`}
      {...(Object.keys(filter).length > 0 ? { clear: "/events" } : {})}
      keep={{ unrouted: filter.unrouted }}
    >
      <TypedField name="type" label={say`Type`} value={filter.type} options={types} />
      <PickField
        name="producer"
        label={say`Producer`}
        any={say`Any producer`}
        chosen={filter.producer}
        options={producers}
      />
      <PickField
        name="level"
        label={say`Level`}
        any={say`Any level`}
        chosen={filter.level}
        options={levels.map((level) => [level, say`${level} and above`] as const)}
      />
      <TypedField name="subject" label={say`Subject`} value={filter.subject} />
      <SinceField chosen={filter.since} />
    </FilterForm>
  );
}

/** More than this are not counted. */
export const mostUnrouted = 200;

/** What no rule matched, with the way to it and back. */
function Unrouted({ count, only }: { readonly count: number; readonly only: boolean }) {
  const said =
    count === 1
      ? say`1 event was matched by no rule.`
      : count > mostUnrouted
        ? say`More than ${mostUnrouted} events were matched by no rule.`
        : say`${count} events were matched by no rule.`;
  if (only) {
    return (
      <p class="filters">
        {said} <a href="/routing">{say`Routing`}</a> <a href="/events">{say`Show all events`}</a>
      </p>
    );
  }
  return count === 0 ? null : (
    <p class="filters">
      {said} <a href="/events?unrouted=true">{say`Show unrouted`}</a>
    </p>
  );
}

/** Events in rows, each with what became of it. */
export function EventTable({
  events,
  now,
}: {
  readonly events: readonly EventLine[];
  readonly now: Date;
}) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{say`Time`}</th>
          <th scope="col" class="wide-only">
            {say`Type`}
          </th>
          <th scope="col">{say`Subject`}</th>
          <th scope="col" class="wide-only">
            {say`Rule`}
          </th>
          <th scope="col">{say`State`}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((line) => (
          <Line key={line.accepted.id} line={line} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line, now }: { readonly line: EventLine; readonly now: Date }) {
  const { accepted, approval, deliveries } = line;
  const { event, plan } = accepted;
  return (
    <tr>
      <td class="quiet nowrap">
        <Time at={event.receivedAt} now={now} as="clock" />
      </td>
      <td class="wide-only">
        <a class="mono type" href={`/events?${new URLSearchParams({ type: event.type })}`}>
          {event.type}
        </a>
      </td>
      <td>
        <a class="strong" href={`/events/${accepted.id}`}>
          {event.subject === undefined ? say`no subject` : cleanLine(event.subject)}
        </a>
        <div class="narrow-only mono note">{event.type}</div>
        {accepted.known ? null : <div class="note">{say`type not in the catalogue`}</div>}
      </td>
      <td class="wide-only quiet">
        {plan.unrouted ? say`none matched` : plan.matched.map((rule) => rule.name).join(", ")}
      </td>
      <td class="states">
        {looksOfEvent(accepted, approval, deliveries).map((look) => (
          <StateBadge key={look.sign} look={look} />
        ))}
      </td>
    </tr>
  );
}

function NoEvents(props: EventsPageProps) {
  const { frame, filter, lookedBackTo } = props;
  if (isBehindEnd(props)) return <BehindEnd first={`/events${eventQuery(filter)}`} />;
  const { unrouted, ...rest } = filter;
  if (Object.keys(rest).length > 0) {
    return (
      <Empty
        icon="search"
        title={lookedBackTo ? say`Nothing so far fits the filter.` : say`No event fits the filter.`}
        next={{ href: "/events", label: say`Show all events` }}
      >
        <p>{sayEventFilter(filter)}</p>
      </Empty>
    );
  }
  if (unrouted) {
    return (
      <Empty
        icon="events"
        title={say`Every event was matched by a rule.`}
        next={{ href: "/events", label: say`Show all events` }}
      >
        <p>{say`An event that no rule matches is kept, and stands here.`}</p>
      </Empty>
    );
  }
  const next = frame.instance.sandbox
    ? { href: "/sandbox", label: say`Send an event in the sandbox` }
    : { href: "/docs", label: say`See how to send one` };
  return (
    <Empty icon="events" title={say`No event has come in yet.`} next={next}>
      <p>{sayNodes`Producers send them to ${<code>POST /v1/events</code>} with their key.`}</p>
    </Empty>
  );
}

function sayEventFilter({ type, producer, level, subject, since, unrouted }: EventFilter): string {
  const parts = [
    ...(type === undefined ? [] : [say`the type ${type}, exactly`]),
    ...(producer === undefined ? [] : [say`one producer`]),
    ...(level === undefined ? [] : [say`level ${level} and above`]),
    ...(subject === undefined ? [] : [say`“${subject}” in the subject`]),
    ...(since === undefined ? [] : [sinceWords[since]()]),
    ...(unrouted ? [say`events that no rule matched`] : []),
  ];
  return say`It asks for ${parts.join(", ")}.`;
}
