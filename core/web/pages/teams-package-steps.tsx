import type { TeamsView } from "../../hub/platform-settings.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Panel } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import { Step } from "./setup-parts.tsx";
import { Act } from "./teams-bot-steps.tsx";
import { consentAddress } from "./tenant-steps.tsx";

interface BringInProps {
  readonly bot: TeamsView;
  readonly packageVersion: string | undefined;
  readonly connected: readonly WorkspaceView[];
}

/** The three acts by which a tenant lets the app in: consent, the package in its catalogue, the app in a team. */
export function BringIn(props: BringInProps) {
  const { connected } = props;
  const tenants = tenantsOf(props);
  const isEach = (states: readonly string[]) =>
    tenants.length > 0 && tenants.every(({ view }) => view && states.includes(view.state));
  const consented = isEach(["consented", "connected"]);
  const isIn = isEach(["connected"]);
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
          {tenants.length === 0 ? <p class="quiet">{say`First the steps above.`}</p> : null}
          {tenants.map(({ tenant, view }) => (
            <p key={tenant}>
              <a
                class={view && view.state !== "pending" ? "button" : "button button-primary"}
                href={tenants.length === 1 ? "/teams/consent" : consentAddress(tenant)}
              >
                {tenants.length === 1
                  ? say`Connect the tenant`
                  : say`Connect ${say`Tenant ${tenant.slice(0, 8)}`}`}
                <Icon name="arrowRight" />
              </a>
            </p>
          ))}
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
          {tenants.length > 1 ? (
            <p class="note">
              {say`Every tenant takes these three acts of its own, with the same package.`}
            </p>
          ) : null}
          {connected.map(({ id, name }) => (
            <p key={id}>
              <a href={`/workspaces/${id}`}>{sayNodes`See how far ${name} is`}</a>
            </p>
          ))}
        </div>
      </Panel>
    </>
  );
}

/** All tenants that may be connected, each as far as it is; none while there is no bot. */
function tenantsOf({ bot, connected }: BringInProps) {
  const tenants = "tenants" in bot ? bot.tenants : [];
  return tenants.map((tenant) => ({
    tenant,
    view: connected.find(({ workspace }) => workspace === tenant),
  }));
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
