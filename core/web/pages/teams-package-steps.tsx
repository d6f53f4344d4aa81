import type { TeamsView } from "../../hub/platform-settings.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Panel } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import { Step } from "./setup-parts.tsx";
import { Act } from "./teams-bot-steps.tsx";

interface BringInProps {
  readonly bot: TeamsView;
  readonly packageVersion: string | undefined;
  readonly tenant: WorkspaceView | undefined;
}

/** The three acts by which a tenant lets the app in: consent, the package in its catalogue, the app in a team. */
export function BringIn(props: BringInProps) {
  const { bot, tenant } = props;
  const consented = tenant?.state === "consented" || tenant?.state === "connected";
  const isIn = tenant?.state === "connected";
  return (
    <>
      <Panel
        title={say`Give consent`}
        beside={<Step number={4} done={consented} />}
        end={
          <span class="note">{say`Entra: Application Administrator or Global Administrator`}</span>
        }
      >
        <div class="panel-body stack-small">
          {"appId" in bot ? (
            <p>
              <a class={consented ? "button" : "button button-primary"} href="/teams/consent">
                {say`Connect the tenant`}
                <Icon name="arrowRight" />
              </a>
            </p>
          ) : (
            <p class="quiet">{say`First the steps above.`}</p>
          )}
          <p class="note">
            {say`On Microsoft's own page. It asks for no right to read messages: a bot may do what follows from where it was added.`}
          </p>
        </div>
      </Panel>
      <Panel title={say`Bring the app into a team`} beside={<Step number={5} done={isIn} />}>
        <div class="panel-body stack">
          <Package {...props} />
          <ol class="acts">
            <Act title={say`Allow custom apps`} who={say`Teams Administrator`}>
              {say`Teams admin centre, Teams apps, Manage apps, Org-wide app settings: custom apps must be on. A permission policy may block this one for some people.`}
            </Act>
            <Act title={say`Upload the package`} who={say`Teams Administrator`}>
              {say`Manage apps, Upload new app. It can take up to 24 hours until everybody sees it.`}
            </Act>
            <Act title={say`Add the app to a team`} who={say`Team owner`}>
              {say`In Teams: Apps, Built for your org, Countersign, Add to a team.`}
            </Act>
          </ol>
          {tenant ? (
            <p>
              <a href={`/workspaces/${tenant.id}`}>{sayNodes`See how far ${tenant.name} is`}</a>
            </p>
          ) : null}
        </div>
      </Panel>
    </>
  );
}

function Package({ bot, packageVersion }: BringInProps) {
  if (packageVersion === undefined) {
    return (
      <p class="quiet">
        {"appId" in bot
          ? say`The package can be made once this hub has a public https address: it stands in it.`
          : say`The package names the bot, so it can be made after the steps above.`}
      </p>
    );
  }
  return (
    <div class="stack-small">
      <p>
        <a class="button button-primary" href="/workspaces/teams/setup/package" download>
          {say`Download the app package`}
        </a>
      </p>
      <p class="note">
        {sayNodes`Version ${packageVersion}, made for this hub: its address, the bot's id, both icons. After an update of the package some bots heard nothing more in a team until the app was taken out and added again; where buttons stay silent, do that.`}
      </p>
    </div>
  );
}
