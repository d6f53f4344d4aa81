import type { SettingsView, TeamsView } from "../../hub/platform-settings.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { HealthBadge } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { consentAddress } from "./tenant-steps.tsx";

/** What this page shows. */
export interface WorkspacesPageProps {
  readonly frame: PageFrame;
  readonly workspaces: readonly WorkspaceView[];
  /** The operator's own Slack app; in the sandbox it is the sandbox's. */
  readonly slackApp: SettingsView;
  /** The operator's own Azure Bot. */
  readonly teamsBot: TeamsView;
}

/** Draw `/workspaces`: where Countersign is installed, and how each place is. */
export function renderWorkspacesPage(props: WorkspacesPageProps): string {
  const { frame, workspaces } = props;
  const of = (platform: WorkspaceView["platform"]) =>
    workspaces.filter((view) => view.platform === platform);
  return renderPage(
    <Layout
      title={say`Workspaces`}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css"]}
      heading={<h1>{say`Workspaces`}</h1>}
      watch="/workspaces/stream"
    >
      <div class="stack" id="workspaces" data-part>
        <Panel
          title="Slack"
          beside={<span class="note">{sayApp(props)}</span>}
          end={<ConnectSlack {...props} />}
        >
          <Rows {...props} platform="slack" views={of("slack")} />
        </Panel>
        <Panel
          title="Microsoft Teams"
          beside={<span class="note">{sayBot(props)}</span>}
          end={<ConnectTeams {...props} />}
        >
          <Rows {...props} platform="teams" views={of("teams")} />
        </Panel>
      </div>
    </Layout>,
  );
}

function sayApp({ frame, slackApp }: WorkspacesPageProps): string {
  if (frame.instance.sandbox) return say`the sandbox's own app`;
  switch (slackApp.source) {
    case "none":
      return say`no app yet`;
    case "unreadable":
      return say`its secrets cannot be opened`;
    case "environment":
      return say`app ${slackApp.clientId}, by the environment`;
    case "console":
      return say`app ${slackApp.clientId}, set up here`;
  }
}

function ConnectSlack({ frame, slackApp }: WorkspacesPageProps) {
  const ready = slackApp.source === "environment" || slackApp.source === "console";
  if (frame.instance.sandbox) return null;
  return (
    <div class="buttons">
      <a
        class={ready ? "button button-small" : "button button-primary"}
        href="/workspaces/slack/setup"
      >
        {ready ? say`Slack app` : say`Set up Slack`}
      </a>
      {ready ? (
        <a class="button button-small button-primary" href="/slack/install">
          <Icon name="plus" />
          {say`Connect a workspace`}
        </a>
      ) : null}
    </div>
  );
}

function sayBot({ frame, teamsBot }: WorkspacesPageProps): string {
  if (frame.instance.sandbox) return say`the sandbox's own bot`;
  switch (teamsBot.source) {
    case "none":
      return say`no bot yet`;
    case "unreadable":
      return say`its secret cannot be opened`;
    case "environment":
      return say`bot ${teamsBot.appId.slice(0, 8)}…, by the environment`;
    case "console":
      return say`bot ${teamsBot.appId.slice(0, 8)}…, set up here`;
  }
}

function ConnectTeams({ frame, teamsBot }: WorkspacesPageProps) {
  if (frame.instance.sandbox) return null;
  const ready = "appId" in teamsBot;
  // Of several, each has a button of its own below.
  const isOne = ready && teamsBot.tenants.length === 1;
  return (
    <div class="buttons">
      <a
        class={ready ? "button button-small" : "button button-primary"}
        href="/workspaces/teams/setup"
      >
        {ready ? say`Teams app` : say`Set up Teams`}
      </a>
      {isOne ? (
        <a class="button button-small button-primary" href="/teams/consent">
          <Icon name="plus" />
          {say`Connect the tenant`}
        </a>
      ) : null}
    </div>
  );
}

interface RowsProps extends WorkspacesPageProps {
  readonly platform: WorkspaceView["platform"];
  readonly views: readonly WorkspaceView[];
}

function Rows({ frame, platform, views, teamsBot }: RowsProps) {
  const waiting = platform === "teams" ? tenantsToConnect(teamsBot, views) : [];
  if (views.length + waiting.length === 0) {
    const isReady = platform === "teams" && "appId" in teamsBot;
    return <p class="panel-body quiet">{isReady ? tenantReady() : noneYet[platform]()}</p>;
  }
  return (
    <ul class="rows">
      {views.map((view) => (
        <li key={view.id} class="row">
          <div class="row-main">
            <a class="row-title" href={`/workspaces/${view.id}`}>
              {view.name}
            </a>
            <p class="note mono">{view.workspace}</p>
          </div>
          <div class="row-health">
            <HealthBadge health={view.health} now={frame.now} />
          </div>
          <div class="row-end">
            {view.heldDeliveries === 0 ? null : (
              <span class="note">{sayHeld(view.heldDeliveries)}</span>
            )}
            <a class="button" href={`/workspaces/${view.id}`}>
              {say`Open`}
              <span class="sr-only"> {view.name}</span>
              <Icon name="arrowRight" />
            </a>
          </div>
        </li>
      ))}
      {waiting.map((tenant) => (
        <li key={tenant} class="row">
          <div class="row-main">
            <p class="row-title">{sayTenant(tenant)}</p>
            <p class="note mono">{tenant}</p>
          </div>
          <div class="row-health">
            <span class="note">{say`allowed, not connected`}</span>
          </div>
          <div class="row-end">
            <a class="button button-primary" href={consentAddress(tenant)}>
              {say`Connect`}
              <span class="sr-only"> {sayTenant(tenant)}</span>
              <Icon name="plus" />
            </a>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The tenants that the operator allows beside the bot's own, of which nobody has begun to connect one. */
function tenantsToConnect(bot: TeamsView, views: readonly WorkspaceView[]): readonly string[] {
  if (!("tenants" in bot) || bot.tenants.length === 1) return [];
  return bot.tenants.filter((tenant) => !views.some(({ workspace }) => workspace === tenant));
}

/** Teams tells no tenant's name, so it is called by the beginning of its id. */
const sayTenant = (tenant: string) => say`Tenant ${tenant.slice(0, 8)}`;

const noneYet: Readonly<Record<WorkspaceView["platform"], () => string>> = {
  slack: () =>
    say`No Slack workspace is connected. First make a Slack app of your own, which takes two minutes; then connect as many workspaces as you like.`,
  teams: () =>
    say`No Microsoft 365 tenant is connected. First make an Azure Bot of your own; it needs a public https address of this hub, and an admin of your tenant.`,
};

const tenantReady = () =>
  say`No Microsoft 365 tenant is connected. It takes three steps by three people: an admin's consent, the app package in the catalogue, and the app in a team.`;

/** Say how many messages are kept for later: "3 messages are held". */
export function sayHeld(count: number): string {
  return count === 1 ? say`1 message is held` : say`${count} messages are held`;
}
