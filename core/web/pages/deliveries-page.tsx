import type { Delivery } from "../../domain/delivery.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say, sayAs } from "../../words/say.ts";
import {
  type DeliveryFilter,
  deliveryQuery,
  deliveryStates,
} from "../deliveries/delivery-filter.ts";
import type { DeliveryLine, DeliveryPage } from "../deliveries/read-deliveries.ts";
import { whyOf } from "./delivery-words.ts";
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
import { Empty, ShortId, StateBadge, Time } from "./parts.tsx";
import { PlaceSign } from "./place-sign.tsx";
import { renderPage } from "./render-page.ts";
import { deliveryStateWords, lookOfDelivery } from "./states.ts";

/** What this page shows. */
export interface DeliveriesPageProps {
  readonly frame: PageFrame;
  readonly page: DeliveryPage;
  readonly filter: DeliveryFilter;
  /** Names to choose a place from. */
  readonly places: readonly string[];
  /** Types to choose from. */
  readonly types: readonly string[];
  /** Whether the viewer may send what failed again. */
  readonly mayRedeliver: boolean;
}

/** Draw `/deliveries`: everything that left the hub, or will. */
export function renderDeliveriesPage(props: DeliveriesPageProps): string {
  const { frame, page, filter, mayRedeliver } = props;
  const failed = filter.state === "dead" && page.items.length > 0 && mayRedeliver;
  return renderPage(
    <Layout
      title={say`Deliveries`}
      frame={frame}
      section="deliveries"
      heading={<h1>{say`Deliveries`}</h1>}
      headingEnd={
        failed ? (
          <a class="button button-primary" href={`/deliveries/redeliver${deliveryQuery(filter)}`}>
            {say`Send these again…`}
          </a>
        ) : undefined
      }
      watch={`/deliveries/changes${deliveryQuery(filter)}`}
      styles={["/assets/lists.css"]}
    >
      <Filters {...props} />
      <div id="list" class="stack" data-part>
        <section class="panel">
          {page.items.length === 0 ? (
            <NoDeliveries {...props} />
          ) : (
            <Table lines={page.items} now={frame.now} />
          )}
        </section>
        <LookedBack to={page.lookedBackTo} found={page.items.length} now={frame.now} />
        <Pager
          newer={page.newer === undefined ? undefined : address(filter, { before: page.newer })}
          older={page.older === undefined ? undefined : address(filter, { after: page.older })}
        />
      </div>
    </Layout>,
  );
}

const address = (filter: DeliveryFilter, more: Readonly<Record<string, string>> = {}) =>
  `/deliveries${deliveryQuery(filter, more)}`;

const isFiltered = (filter: DeliveryFilter) => Object.keys(filter).length > 0;

function Filters({ filter, places, types }: DeliveriesPageProps) {
  return (
    <FilterForm
      action="/deliveries"
      search={say`dlv_, evt_ or apr_ id, or a channel`}
      {...(isFiltered(filter) ? { clear: "/deliveries" } : {})}
      keep={{ event: filter.event, approval: filter.approval }}
    >
      <PickField
        name="state"
        label={say`State`}
        any={say`Any state`}
        chosen={filter.state}
        options={deliveryStates.map((state) => [state, deliveryStateWords[state]()] as const)}
      />
      <TypedField name="to" label={sayAs("delivery")`Place`} value={filter.to} options={places} />
      <TypedField name="type" label={say`Event type`} value={filter.type} options={types} />
      <SinceField chosen={filter.since} />
    </FilterForm>
  );
}

interface TableProps {
  readonly lines: readonly DeliveryLine[];
  readonly now: Date;
}

/** Deliveries in rows, each with why it stands where it stands. */
export function DeliveryTable({ lines, now }: TableProps) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{say`Time`}</th>
          <th scope="col">{say`What`}</th>
          <th scope="col" class="wide-only">
            {say`Event`}
          </th>
          <th scope="col">{say`State`}</th>
          <th scope="col" class="wide-only">
            {say`Attempts`}
          </th>
          <th scope="col" class="wide-only">
            {say`Id`}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.delivery.id} line={line} now={now} />
        ))}
      </tbody>
    </table>
  );
}

const Table = DeliveryTable;

const verbs: Readonly<Record<Delivery["task"]["kind"], () => string>> = {
  post: () => sayAs("delivery")`Post`,
  edit: () => sayAs("delivery")`Edit`,
  note: () => sayAs("delivery")`Note`,
  callback: () => say`Callback`,
};

function Line({
  line: { delivery, accepted },
  now,
}: {
  readonly line: DeliveryLine;
  readonly now: Date;
}) {
  const why = whyOf(delivery);
  const { type, subject } = accepted?.event ?? {};
  return (
    <tr>
      <td class="quiet nowrap">
        <Time at={delivery.createdAt} now={now} as="clock" />
      </td>
      <td>
        <PlaceSign platform={delivery.platform} />{" "}
        <a class="strong" href={`/deliveries/${delivery.id}`}>
          {verbs[delivery.task.kind]()} · {delivery.label}
        </a>
        <div class="narrow-only note">{subject === undefined ? type : cleanLine(subject)}</div>
      </td>
      <td class="wide-only">
        {type === undefined ? (
          <span class="note">{say`no longer kept`}</span>
        ) : (
          <>
            <a href={`/events/${delivery.event}`}>
              {subject === undefined ? say`no subject` : cleanLine(subject)}
            </a>
            <div class="mono note">{type}</div>
          </>
        )}
      </td>
      <td class="states">
        <StateBadge look={lookOfDelivery(delivery)} />
        {why === undefined ? null : <div class="note why-short">{why}</div>}
      </td>
      <td class="wide-only tabular">{delivery.attempts}</td>
      <td class="wide-only">
        <ShortId id={delivery.id} />
      </td>
    </tr>
  );
}

function NoDeliveries({ frame, filter, page }: DeliveriesPageProps) {
  if (isBehindEnd(page)) return <BehindEnd first={address(filter)} />;
  if (isFiltered(filter)) {
    return (
      <Empty
        icon="search"
        title={
          page.lookedBackTo
            ? say`Nothing so far fits the filter.`
            : say`No delivery fits the filter.`
        }
        next={{ href: "/deliveries", label: say`Show all deliveries` }}
      >
        <p>{sayFilter(filter)}</p>
      </Empty>
    );
  }
  return (
    <Empty
      icon="send"
      title={say`Nothing has left this hub yet.`}
      next={
        frame.instance.sandbox
          ? { href: "/sandbox", label: say`Send an event in the sandbox` }
          : { href: "/routing", label: say`See which rules send events where` }
      }
    >
      <p>{say`Every message, edit and callback stands here, with what was sent and what came back.`}</p>
    </Empty>
  );
}

/** Say what a filter asks for, in one line. */
export function sayFilter({ state, to, type, event, approval, since }: DeliveryFilter): string {
  const parts = [
    ...(state ? [say`state ${deliveryStateWords[state]()}`] : []),
    ...(to === undefined ? [] : [say`place ${to}`]),
    ...(type === undefined ? [] : [say`event type ${type}`]),
    ...(event ? [say`event ${event}`] : []),
    ...(approval ? [say`request ${approval}`] : []),
    ...(since ? [say`time since ${since} ago`] : []),
  ];
  return parts.length === 0 ? say`Every delivery.` : say`It asks for ${parts.join(", ")}.`;
}
