import type { ChatChannel } from "../../domain/destination.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import type { AppRight } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";
import type { LastPosts } from "../connecting/last-posts.ts";
import { Crumbs } from "./crumbs.tsx";
import { HealthBadge } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, ShortId, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { TenantSteps } from "./tenant-steps.tsx";
import { Chosen } from "./workspace-channels.tsx";
import { Disconnect, Options } from "./workspace-options.tsx";
import { isOver, Trouble } from "./workspace-trouble.tsx";

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
      <Crumbs above={[["/workspaces", say`Workspaces`]]}>{view.name}</Crumbs>
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
