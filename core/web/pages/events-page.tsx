import type { Approval } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, Older, StateBadge, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
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
  /** The filter by exact type (`?type=`), where one is set. */
  readonly type?: string | undefined;
  /** How many events no rule matched, and whether only these are shown (`?unrouted=true`). */
  readonly unrouted?: { readonly count: number; readonly only: boolean } | undefined;
  /** The cursor of older entries (`?after=`); absent at the end. */
  readonly next?: string | undefined;
}

/** Draw `/events`: what came in, and where it stands. */
export function renderEventsPage(props: EventsPageProps): string {
  const { frame, events, type, unrouted, next } = props;
  return renderPage(
    <Layout title="Events" frame={frame} section="events" heading={<h1>Events</h1>}>
      {type === undefined ? null : (
        <p class="filters">
          Only <code>{type}</code> <a href="/events">Show all types</a>
        </p>
      )}
      <Unrouted {...unrouted} />
      <section class="panel">
        {events.length === 0 ? (
          <NoEvents frame={frame} type={type} isUnrouted={unrouted?.only === true} />
        ) : (
          <EventTable events={events} now={frame.now} />
        )}
      </section>
      <Older
        href={next === undefined ? undefined : olderAddress(type, next, unrouted?.only === true)}
      />
    </Layout>,
  );
}

/** More than this are not counted. */
export const mostUnrouted = 200;

/** What no rule matched, with the way to it and back. */
function Unrouted({ count = 0, only = false }: NonNullable<Partial<EventsPageProps["unrouted"]>>) {
  const many = count > mostUnrouted ? `More than ${mostUnrouted}` : String(count);
  const said =
    count === 1 ? "1 event was matched by no rule." : `${many} events were matched by no rule.`;
  if (only) {
    return (
      <p class="filters">
        {said} <a href="/routing">Routing</a> <a href="/events">Show all events</a>
      </p>
    );
  }
  return count === 0 ? null : (
    <p class="filters">
      {said} <a href="/events?unrouted=true">Show unrouted</a>
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
          <th scope="col">Time</th>
          <th scope="col" class="wide-only">
            Type
          </th>
          <th scope="col">Subject</th>
          <th scope="col" class="wide-only">
            Rule
          </th>
          <th scope="col">State</th>
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
          {event.subject === undefined ? "no subject" : cleanLine(event.subject)}
        </a>
        <div class="narrow-only mono note">{event.type}</div>
      </td>
      <td class="wide-only quiet">
        {plan.unrouted ? "none matched" : plan.matched.map((rule) => rule.name).join(", ")}
      </td>
      <td class="states">
        {looksOfEvent(accepted, approval, deliveries).map((look) => (
          <StateBadge key={look.word} look={look} />
        ))}
      </td>
    </tr>
  );
}

interface NoEventsProps extends Pick<EventsPageProps, "frame" | "type"> {
  readonly isUnrouted: boolean;
}

function NoEvents({ frame, type, isUnrouted }: NoEventsProps) {
  if (isUnrouted) {
    return (
      <Empty
        icon="events"
        title="Every event was matched by a rule."
        next={{ href: "/events", label: "Show all events" }}
      >
        <p>An event that no rule matches is kept, and stands here.</p>
      </Empty>
    );
  }
  if (type !== undefined) {
    return (
      <Empty
        icon="events"
        title="No event of this type is here."
        next={{ href: "/events", label: "Show all types" }}
      >
        <p>
          The filter asks for <code>{type}</code> exactly.
        </p>
      </Empty>
    );
  }
  const next = frame.instance.sandbox
    ? { href: "/sandbox", label: "Send an event in the sandbox" }
    : { href: "/docs", label: "See how to send one" };
  return (
    <Empty icon="events" title="No event has come in yet." next={next}>
      <p>
        Producers send them to <code>POST /v1/events</code> with their key.
      </p>
    </Empty>
  );
}

function olderAddress(type: string | undefined, after: string, isUnrouted: boolean): string {
  const filter = {
    ...(type === undefined ? {} : { type }),
    ...(isUnrouted ? { unrouted: "true" } : {}),
  };
  return `/events?${new URLSearchParams({ ...filter, after })}`;
}
