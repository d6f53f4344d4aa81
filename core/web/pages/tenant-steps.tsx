import type { ComponentChildren } from "preact";
import { silentSince } from "../../hub/workspace-health.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";

/** Where an admin of one certain tenant is asked for consent. */
export const consentAddress = (tenant: string) =>
  `/teams/consent?${new URLSearchParams({ workspace: tenant })}`;

/** The three acts by which Teams lets an app in, each with its own tick; nothing for Slack, which has one. */
export function TenantSteps({
  frame,
  view,
}: {
  readonly frame: PageFrame;
  readonly view: WorkspaceView;
}) {
  if (view.platform !== "teams") return null;
  const { consented, teams } = standingOf(view);
  const isIn = teams.length > 0;
  const silent = silentSince(view.record);
  return (
    <Panel
      title={say`Steps`}
      end={
        <form method="post" action={`/workspaces/${view.id}/check`}>
          <CsrfField csrf={frame.csrf} />
          <button type="submit" class="button button-small">
            <Icon name="retry" />
            {say`Check status`}
          </button>
        </form>
      }
    >
      <ol class="rows">
        <Step done={consented} title={say`1. An admin of the tenant gives consent`}>
          <p class="note">
            {say`A Global or an Application Administrator does this, on Microsoft's own page.`}
          </p>
          {consented ? null : (
            <a class="button button-primary" href={consentAddress(view.workspace)}>
              {say`Give consent`}
            </a>
          )}
        </Step>
        <Step done={isIn} title={say`2. The app package lies in the tenant's catalogue`}>
          <p class="note">
            {sayNodes`A Teams Administrator uploads the zip of ${<a href="/workspaces/teams/setup">{say`Set up Teams`}</a>} under Teams apps, Manage apps. Custom apps must be on there, and no policy may block this one. An upload can take up to 24 hours to reach everybody.`}
          </p>
        </Step>
        <Step done={isIn} title={say`3. The app is in a team`}>
          <p class="note">
            {isIn
              ? say`It is in ${teams.join(", ")}.`
              : say`A team owner adds it: Apps, Built for your org, Add to a team. The tick comes by itself. Where the app was in a team before the consent, take it out there and add it again.`}
          </p>
        </Step>
      </ol>
      {silent ? (
        <div class="panel-body">
          <Callout tone="warn" icon="alert">
            {sayNodes`Messages arrive there, and nothing has come back since ${<Time at={silent} now={frame.now} />}. After a new app package some apps heard nothing more until they were added anew: where buttons stay silent, a team owner takes the app out of the team and adds it again.`}
          </Callout>
        </div>
      ) : null}
    </Panel>
  );
}

/** What is proven: a way back from the consent page, and verified activities of teams. */
function standingOf({ state, record }: WorkspaceView) {
  const consented = state === "consented" || state === "connected" || state === "revoked";
  const places = state === "pending" || state === "disconnected" ? [] : (record.places ?? []);
  return { consented, teams: places.filter(({ gone }) => !gone).map(({ name }) => name) };
}

function Step({
  done,
  title,
  children,
}: {
  readonly done: boolean;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <li class="row">
      <div class="row-main">
        <p class="row-title">{title}</p>
        {children}
      </div>
      <div class="row-health">
        <span class={done ? "badge badge-ok" : "badge"}>
          <Icon name={done ? "check" : "clock"} />
          {done ? say`Done` : say`To do`}
        </span>
      </div>
    </li>
  );
}
