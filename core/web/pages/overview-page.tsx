import { isRouter } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import type { BrokenThing } from "../overview/broken.ts";
import type { Overview } from "../overview/read-overview.ts";
import { ApprovalRow } from "./approvals-page.tsx";
import { EventTable } from "./events-page.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { HealthWord } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { LastHourPanel } from "./last-hour.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, Panel, SandboxBadge } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { sayExactly } from "./times.ts";

/** What this page shows. */
export interface OverviewPageProps extends Overview {
  readonly frame: PageFrame;
}

/** Until somebody is told of the hub's own troubles, everybody who may change that is told here. The sandbox is a trial. */
function Untold({ frame, told }: OverviewPageProps) {
  if (told || frame.instance.sandbox || !isRouter(frame.viewer)) return null;
  return (
    <Callout tone="warn" icon="bell">
      <strong>{say`Nobody is told of the hub's own troubles.`}</strong>{" "}
      {say`A workspace that is lost, a destination that breaks or a callback that fails would be seen only here.`}{" "}
      <a href="/destinations#operations">{say`Choose an Operations destination`}</a>.
    </Callout>
  );
}

/** Draw `/`: what waits for you, what is broken, what happened. */
export function renderOverviewPage(props: OverviewPageProps): string {
  const { frame, latest, hour, steps } = props;
  return renderPage(
    <Layout
      title={say`Overview`}
      frame={frame}
      section="overview"
      styles={["/assets/overview.css"]}
      heading={<h1>{say`Overview`}</h1>}
      headingEnd={<span class="quiet tabular">{sayExactly(frame.now)}</span>}
    >
      <Untold {...props} />
      <div class="overview">
        <div class="stack">
          <Waiting {...props} />
          <Broken broken={props.broken} />
          <Panel title={say`Latest events`} end={<a href="/events">{say`All events`}</a>}>
            {latest.length === 0 ? (
              <p class="panel-body quiet">
                {sayNodes`None has come in yet. Producers send them to ${<code>POST /v1/events</code>}; ${<a href="/docs">{say`see how`}</a>}.`}
              </p>
            ) : (
              <EventTable events={latest} now={frame.now} />
            )}
          </Panel>
        </div>
        <div class="stack">
          <LastHourPanel hour={hour} now={frame.now} />
          <FirstSteps steps={steps} now={frame.now} />
          <Places {...props} />
        </div>
      </div>
    </Layout>,
  );
}

function Waiting({ frame, waiting, moreWaiting }: OverviewPageProps) {
  const count = waiting.length + moreWaiting;
  return (
    <Panel
      title={say`Waiting for you`}
      beside={count === 0 ? undefined : <span class="note">{count}</span>}
      end={<a href="/approvals">{say`All approvals`}</a>}
    >
      {count === 0 ? (
        <p class="panel-body quiet">{say`Nothing waits for your decision.`}</p>
      ) : (
        <ul class="rows">
          {waiting.map((approval) => (
            <ApprovalRow key={approval.id} approval={approval} now={frame.now} />
          ))}
        </ul>
      )}
      {moreWaiting === 0 ? null : (
        <p class="panel-foot note">
          <a href="/approvals?state=open">{say`${moreWaiting} more wait for you`}</a>
        </p>
      )}
    </Panel>
  );
}

function Broken({ broken }: { readonly broken: readonly BrokenThing[] }) {
  return (
    <Panel
      title={say`Broken`}
      beside={broken.length === 0 ? undefined : <span class="note">{broken.length}</span>}
    >
      {broken.length === 0 ? (
        <p class="panel-body quiet">{say`Nothing is broken.`}</p>
      ) : (
        <ul class="rows">
          {broken.map((thing) => (
            <BrokenRow key={thing.title} thing={thing} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function BrokenRow({ thing }: { readonly thing: BrokenThing }) {
  const { tone, title, cause, kept, next } = thing;
  return (
    <li class="row broken">
      <span class={`broken-sign broken-${tone}`}>
        <Icon name={tone === "bad" ? "alert" : "retry"} />
        <span class="sr-only">{tone === "bad" ? say`Broken: ` : say`Tried again: `}</span>
      </span>
      <div class="row-main">
        <p class="strong">{title}</p>
        <p class="quiet">
          {cause} {kept}
        </p>
      </div>
      {next === undefined ? null : (
        <div class="row-end">
          <a class="button" href={next.href}>
            {next.label}
            <span class="sr-only">: {title}</span>
          </a>
        </div>
      )}
    </li>
  );
}

function Places({ frame, workspaces }: OverviewPageProps) {
  if (workspaces.length === 0) return null;
  return (
    <Panel title={say`Workspaces`} end={<a href="/workspaces">{say`All workspaces`}</a>}>
      <ul class="rows">
        {workspaces.map((view) => (
          <li key={view.id} class="place-line">
            <span class={`place place-${view.platform}`}>
              {view.platform === "slack" ? "Slack" : "Teams"}
            </span>
            <a class="strong" href={`/workspaces/${view.id}`}>
              {view.name}
            </a>
            <span class="push">
              {frame.instance.sandbox ? <SandboxBadge /> : <HealthWord health={view.health} />}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
