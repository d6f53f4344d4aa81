import type { ChatChannel, Destination } from "../../domain/destination.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import type { AppRight } from "../../ports/app-setup.ts";
import { say, sayAs } from "../../words/say.ts";
import type { LastPosts } from "../connecting/last-posts.ts";
import { destinationHealth } from "./destination-words.ts";
import { HealthBadge } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty, Panel, ShortId, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { consentAddress, TenantSteps } from "./tenant-steps.tsx";
import { sayHeld } from "./workspaces-page.tsx";

/** What the last step on the page led to, said once. */
export type WorkspaceFlash = "saved" | "checked" | "disconnected";

/** What this page shows. */
export interface WorkspacePageProps {
  readonly frame: PageFrame;
  readonly view: WorkspaceView;
  readonly destinations: readonly ChatChannel[];
  readonly lastPosts: LastPosts;
  /** What each right is for; empty where the platform grants none by name. */
  readonly rights: readonly AppRight[];
  readonly connectedBy?: string | undefined;
  readonly flash?: WorkspaceFlash | undefined;
}

const flashes: Readonly<Record<WorkspaceFlash, () => string>> = {
  saved: () => say`Saved.`,
  checked: () => say`Looked at the platform just now; what it said stands below.`,
  disconnected: () =>
    say`Disconnected. Destinations, rules and the default channel are kept for a reconnect.`,
};

/** Draw `/workspaces/{id}`: how it is, what it may do, its channels and its options. */
export function renderWorkspacePage(props: WorkspacePageProps): string {
  const { frame, view, flash } = props;
  return renderPage(
    <Layout
      title={view.name}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css"]}
      watch={`/workspaces/${view.id}/stream`}
    >
      <nav class="crumbs" aria-label={say`Where this page is`}>
        <a href="/workspaces">{say`Workspaces`}</a> <span aria-hidden="true">/</span> {view.name}
      </nav>
      <div class="page-head">
        <h1>{view.name}</h1>
        <span class={`place place-${view.platform}`}>{platformNames[view.platform]}</span>
        <span class="note mono">{view.workspace}</span>
      </div>
      {flash === undefined ? null : (
        <Callout tone={flash === "disconnected" ? "warn" : "ok"} icon="check">
          {flashes[flash]()}
        </Callout>
      )}
      <div class="stack" id="state" data-part>
        <Trouble {...props} />
        <TenantSteps frame={frame} view={view} />
        <State {...props} />
        <Chosen {...props} />
      </div>
      <Options {...props} />
      <Disconnect {...props} />
    </Layout>,
  );
}

const platformNames = { slack: "Slack", teams: "Teams" } as const;

/** Where the admin's browser is sent to give the grant again. */
const reconnectAddress = ({ platform, workspace }: WorkspaceView) =>
  platform === "teams"
    ? consentAddress(workspace)
    : `/slack/install?${new URLSearchParams({ workspace })}`;

const isOver = ({ state }: WorkspaceView) => state === "revoked" || state === "disconnected";

function Trouble({ view, frame }: WorkspacePageProps) {
  const { heldDeliveries, missing } = view;
  const held =
    heldDeliveries === 0 ? "" : ` ${say`${sayHeld(heldDeliveries)} and will be sent then.`}`;
  if (isOver(view)) {
    return (
      <Callout tone="bad" icon="plug">
        <p>
          <strong>{say`Countersign cannot act in ${view.name} any more.`}</strong>{" "}
          {view.health.because}{" "}
          {view.health.since ? <Time at={view.health.since} now={frame.now} /> : null}{" "}
          {say`Rules and destinations are kept.`}
          {held}
        </p>
        <Again view={view} label={say`Reconnect`} />
      </Callout>
    );
  }
  if (missing.length > 0) {
    return (
      <Callout tone="warn" icon="alert">
        <p>
          <strong>{say`Some rights were not granted.`}</strong> {say`Off without them:`}
        </p>
        <ul>
          {missing.map(({ scope, feature }) => (
            <li key={scope}>
              {feature} (<code>{scope}</code>)
            </li>
          ))}
        </ul>
        <Again view={view} label={say`Reauthorise`} />
        <p class="note">{say`Rules, destinations and the default channel stay as they are.`}</p>
      </Callout>
    );
  }
  if (heldDeliveries === 0) return null;
  return (
    <Callout tone="warn" icon="clock">
      {sayNodes`${sayHeld(heldDeliveries)}, in order, until what stops them is mended; the channels below say what it is.`}
    </Callout>
  );
}

function Again({ view, label }: { readonly view: WorkspaceView; readonly label: string }) {
  // A consent outlives the app: there the steps below say who adds it again.
  if (view.platform === "teams" && view.state === "revoked") return null;
  return (
    <p class="callout-button">
      <a class="button button-primary" href={reconnectAddress(view)}>
        {label}
      </a>
    </p>
  );
}

function State({ frame, view, connectedBy, rights }: WorkspacePageProps) {
  const { record } = view;
  return (
    <Panel
      title={say`State`}
      end={
        isOver(view) || view.platform === "teams" ? undefined : (
          <form method="post" action={`/workspaces/${view.id}/check`}>
            <CsrfField csrf={frame.csrf} />
            <button type="submit" class="button button-small">
              <Icon name="retry" />
              {say`Look now`}
            </button>
          </form>
        )
      }
    >
      <dl class="facts-small">
        <div class="fact">
          <dt>{say`Health`}</dt>
          <dd>
            <HealthBadge health={view.health} now={frame.now} />
          </dd>
        </div>
        {record.connectedAt === undefined ? null : (
          <div class="fact">
            <dt>{say`Connected`}</dt>
            <dd>
              <Time at={record.connectedAt} now={frame.now} />
              {connectedBy === undefined ? "" : ` ${say`by ${connectedBy}`}`}
            </dd>
          </div>
        )}
        {record.looked === undefined ? null : (
          <div class="fact">
            <dt>{say`Last look`}</dt>
            <dd>
              <Time at={record.looked.at} now={frame.now} />
              {record.looked.trouble === undefined
                ? `, ${say`fine`}`
                : `: ${record.looked.trouble}`}
            </dd>
          </div>
        )}
        {record.heardAt === undefined ? null : (
          <div class="fact">
            <dt>{say`Last heard`}</dt>
            <dd>
              <Time at={record.heardAt} now={frame.now} />
            </dd>
          </div>
        )}
        <div class="fact">
          <dt>{say`Id`}</dt>
          <dd>
            <ShortId id={view.id} whole />
          </dd>
        </div>
        {view.scopes.length === 0 ? null : (
          <div class="fact">
            <dt>{say`Rights`}</dt>
            <dd>
              <details>
                <summary>{sayNodes`${view.scopes.length} granted`}</summary>
                <ul class="rights">
                  {view.scopes.map((scope) => (
                    <li key={scope}>
                      <code>{scope}</code>
                      <span>{rights.find((right) => right.scope === scope)?.why}</span>
                    </li>
                  ))}
                </ul>
              </details>
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function Chosen({ frame, view, destinations, lastPosts }: WorkspacePageProps) {
  const pick = { href: `/workspaces/${view.id}/channels`, label: say`Choose a channel` };
  return (
    <Panel
      title={say`Channels`}
      beside={
        destinations.length === 0 ? undefined : <span class="note">{destinations.length}</span>
      }
      end={
        isOver(view) || destinations.length === 0 ? undefined : (
          <a class="button button-small" href={pick.href}>
            <Icon name="plus" />
            {pick.label}
          </a>
        )
      }
    >
      {destinations.length === 0 ? (
        <Empty icon="hash" title={say`No channel is chosen yet.`} next={pick}>
          <p>{say`A channel that is chosen is a destination, which rules name.`}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {destinations.map((destination) => (
            <li key={destination.id} class="row">
              <div class="row-main">
                <a class="row-title" href={destinationAddress(view, destination)}>
                  {destination.name}
                </a>
                <p class="note">
                  {destination.channelName === undefined
                    ? null
                    : `${say`now called ${destination.channelName}`} · `}
                  {view.record.defaultDestination === destination.id
                    ? `${say`default channel`} · `
                    : null}
                  <span class="mono">{destination.channelId}</span>
                </p>
              </div>
              <div class="row-health">
                <HealthBadge
                  health={destinationHealth(destination, view, lastPosts.get(destination.id))}
                  now={frame.now}
                />
              </div>
              <div class="row-end">
                <a class="button" href={destinationAddress(view, destination)}>
                  {say`Open`}
                  <span class="sr-only"> {destination.name}</span>
                  <Icon name="arrowRight" />
                </a>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Where the page of a destination is. */
export const destinationAddress = ({ id }: Pick<WorkspaceView, "id">, { id: one }: Destination) =>
  `/workspaces/${id}/destinations/${one}`;

function Options({ frame, view, destinations }: WorkspacePageProps) {
  const { record } = view;
  return (
    <Panel title={say`Options`}>
      <form
        class="panel-body stack options"
        method="post"
        action={`/workspaces/${view.id}/options`}
      >
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="default">
            {say`Default channel`}
          </label>
          <select class="input" id="default" name="default" aria-describedby="default-help">
            {record.defaultDestination === undefined ? (
              <option value="">{sayAs("channel")`none yet`}</option>
            ) : null}
            {destinations.map(({ id, name }) => (
              <option key={id} value={id} selected={id === record.defaultDestination}>
                {name}
              </option>
            ))}
          </select>
          <p class="note" id="default-help">
            {say`Messages for a channel that is broken go there, with a note.`}
          </p>
        </div>
        <Choice
          name="email"
          checked={record.matchByEmail === true}
          label={say`Know people by their e-mail address`}
          help={say`Somebody whose verified address in ${view.name} is that of a person here may decide without linking first. Guests never.`}
        />
        <Choice
          name="outsiders"
          checked={record.allowOutsiders === true}
          label={say`Allow requests in channels with people of other companies`}
          help={say`They see what is asked and decided. Deciding stays with linked people of this workspace.`}
        />
        <p>
          <button type="submit" class="button button-primary">
            {say`Save options`}
          </button>
        </p>
      </form>
    </Panel>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly label: string;
  readonly help: string;
}

function Choice({ name, checked, label, help }: ChoiceProps) {
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={name}
        name={name}
        value="on"
        checked={checked}
        aria-describedby={`${name}-help`}
      />
      <div>
        <label class="label" for={name}>
          {label}
        </label>
        <p class="note" id={`${name}-help`}>
          {help}
        </p>
      </div>
    </div>
  );
}

function Disconnect({ frame, view }: WorkspacePageProps) {
  if (isOver(view)) return null;
  return (
    <Panel title={say`Disconnect`}>
      <details class="panel-body disconnect">
        <summary>{sayNodes`Disconnect ${view.name}…`}</summary>
        <form class="stack-small" method="post" action={`/workspaces/${view.id}/disconnect`}>
          <CsrfField csrf={frame.csrf} />
          <p>
            {sayNodes`Countersign gives its grant back and forgets its tokens. Cards in ${view.name} stay as they are and answer no more; requests can still be decided here and on other platforms.`}
          </p>
          <p>
            {sayNodes`Kept: destinations, rules, the default channel, linked people. Messages for ${view.name} are held, and sent after a reconnect.`}
          </p>
          <p>
            <button type="submit" class="button button-bad">
              {sayNodes`Disconnect ${view.name}`}
            </button>
          </p>
        </form>
      </details>
    </Panel>
  );
}
