import { type Destination, isChannel, stateOf } from "../../../domain/destination.ts";
import type { Health } from "../../../hub/workspaces.ts";
import { say } from "../../../words/say.ts";
import { HealthBadge } from "../health.tsx";
import { Icon } from "../icons.tsx";
import { Layout } from "../layout.tsx";
import type { PageFrame } from "../page-frame.ts";
import { CsrfField, Empty, Panel, Time } from "../parts.tsx";
import { renderPage } from "../render-page.ts";
import { sayKind } from "./kinds-page.tsx";

/** One destination in the list. */
export interface PlaceRow {
  readonly destination: Destination;
  readonly health: Health;
  /** How many rules name it. */
  readonly rules: number;
  readonly lastSentAt?: Date | undefined;
  /** The workspace's name, or the host of its address. */
  readonly where: string;
}

/** What this page shows. */
export interface DestinationsPageProps {
  readonly frame: PageFrame;
  /** Those that the filter leaves, the troubled first. */
  readonly rows: readonly PlaceRow[];
  readonly all: number;
  readonly troubled: number;
  readonly filter: { readonly text: string; readonly health: string };
  readonly mayChange: boolean;
  /** Where the hub's own troubles are told. */
  readonly operations?: {
    readonly id?: string | undefined;
    readonly choices: readonly Destination[];
  };
}

const healths = () =>
  [
    ["", say`Any health`],
    ["broken", say`Broken`],
    ["degraded", say`Degraded`],
    ["untested", say`Not tested`],
    ["healthy", say`Healthy`],
    ["disabled", say`Disabled or in test`],
  ] as const;

function sayTroubled(troubled: number): string {
  if (troubled === 0) return say`all fine`;
  return troubled === 1 ? say`one needs you` : say`${troubled} need you`;
}

/** Draw `/destinations`: every place that deliveries go, the troubled first. */
export function renderDestinationsPage(props: DestinationsPageProps): string {
  const { frame, all, troubled, mayChange } = props;
  return renderPage(
    <Layout
      title={say`Destinations`}
      frame={frame}
      section="destinations"
      styles={["/assets/workspaces.css", "/assets/places.css"]}
      heading={
        <>
          <h1>{say`Destinations`}</h1>
          <span class="note">{all === 0 ? say`none yet` : `${all}, ${sayTroubled(troubled)}`}</span>
        </>
      }
      headingEnd={
        mayChange ? (
          <a class="button button-primary" href="/destinations/new">
            <Icon name="plus" /> {say`Add destination`}
          </a>
        ) : undefined
      }
      watch="/destinations/stream"
    >
      <div class="stack">
        <Filter {...props} />
        <section class="panel" id="destinations" data-part aria-label={say`Destinations`}>
          <Rows {...props} />
        </section>
        <Operations {...props} />
      </div>
    </Layout>,
  );
}

function Filter({ filter: { text, health }, all }: DestinationsPageProps) {
  if (all === 0) return null;
  return (
    <form class="place-filter" method="get" action="/destinations">
      <label class="sr-only" for="q">
        {say`Filter by name, place or label`}
      </label>
      <input
        class="input"
        id="q"
        name="q"
        type="search"
        value={text}
        placeholder={say`Name, place or label`}
      />
      <label class="sr-only" for="health">
        {say`Health`}
      </label>
      <select class="input" id="health" name="health">
        {healths().map(([value, word]) => (
          <option key={value} value={value} selected={value === health}>
            {word}
          </option>
        ))}
      </select>
      <button type="submit" class="button">
        {say`Filter`}
      </button>
    </form>
  );
}

function Rows({ frame, rows, all, mayChange }: DestinationsPageProps) {
  if (all === 0) {
    return (
      <Empty
        icon="forward"
        title={say`There is no destination yet.`}
        {...(mayChange
          ? { next: { href: "/destinations/new", label: say`Add a destination` } }
          : {})}
      >
        <p>{say`A channel or an address that rules can name.`}</p>
      </Empty>
    );
  }
  if (rows.length === 0) {
    return (
      <Empty
        icon="search"
        title={say`No destination fits this filter.`}
        next={{ href: "/destinations", label: say`Show all` }}
      />
    );
  }
  return (
    <table class="table place-table">
      <thead>
        <tr>
          <th scope="col">{say`Destination`}</th>
          <th scope="col">{say`Health`}</th>
          <th scope="col" class="wide-only">
            {say`Used by`}
          </th>
          <th scope="col" class="wide-only">
            {say`Last sent`}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.destination.id} row={row} now={frame.now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, now }: { readonly row: PlaceRow; readonly now: Date }) {
  const { destination, health, rules, lastSentAt, where } = row;
  const { labels } = destination;
  const said = [labels?.application, labels?.environment].filter((one) => one !== undefined);
  return (
    <tr>
      <td>
        <a class="strong" href={`/destinations/${destination.id}`}>
          {destination.name}
        </a>
        <p class="note">
          {sayKind(destination.kind)}, {where}
          {stateOf(destination) === "test" ? ` · ${say`in test`}` : ""}
          {said.length === 0 ? "" : ` · ${said.join(", ")}`}
        </p>
      </td>
      <td>
        <HealthBadge health={health} now={now} />
      </td>
      <td class="wide-only tabular">
        {rules === 0 ? (
          <span class="note">{say`no rule yet`}</span>
        ) : rules === 1 ? (
          say`1 rule`
        ) : (
          say`${rules} rules`
        )}
      </td>
      <td class="wide-only">
        {lastSentAt ? (
          <Time at={lastSentAt} now={now} />
        ) : (
          <span class="note">{say`not lately`}</span>
        )}
      </td>
    </tr>
  );
}

function Operations({ frame, operations, mayChange }: DestinationsPageProps) {
  if (!operations || !mayChange) return null;
  const { id = "", choices } = operations;
  return (
    <Panel id="operations" title={say`Operations`}>
      <form class="panel-body place-operations" method="post" action="/destinations/operations">
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="operations-to">
            {say`Tell the hub's own troubles at`}
          </label>
          <select
            class="input"
            id="operations-to"
            name="destination"
            aria-describedby="operations-help"
          >
            <option value="">{say`nowhere`}</option>
            {choices.map((one) => (
              <option key={one.id} value={one.id} selected={one.id === id}>
                {one.name}
                {isChannel(one) ? "" : `, ${say`no buttons`}`}
              </option>
            ))}
          </select>
          <p class="note" id="operations-help">
            {say`A workspace that takes its access away, a destination that breaks, a callback that fails: what no rule takes of these goes there.`}
          </p>
        </div>
        <button type="submit" class="button">
          {say`Save`}
        </button>
      </form>
    </Panel>
  );
}
