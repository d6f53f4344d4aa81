import type { ComponentChildren } from "preact";
import type { TeamsView } from "../../hub/platform-settings.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Panel } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import { CopyLine, Step } from "./setup-parts.tsx";

interface MakeBotProps {
  readonly frame: PageFrame;
  readonly bot: TeamsView;
  readonly endpoint: string;
  readonly redirectUrl: string;
}

/** The portal steps of making the operator's own Azure Bot, with this hub's values in them. */
export function MakeBot({ frame, bot, endpoint, redirectUrl }: MakeBotProps) {
  const handle = handleOf(frame.instance.name);
  return (
    <Panel title={say`Make the Azure Bot`} beside={<Step number={2} done={"appId" in bot} />}>
      <div class="panel-body stack">
        <p>
          <a
            class={"appId" in bot ? "button" : "button button-primary"}
            href="https://portal.azure.com/#create/Microsoft.AzureBot"
            target="_blank"
            rel="noreferrer"
          >
            {say`Create an Azure Bot`}
            <Icon name="external" />
          </a>
        </p>
        <ol class="acts">
          <Act title={say`Create the bot`} who={say`Azure: Contributor of a resource group`}>
            {sayNodes`Handle ${<CopyLine line={handle} />}, Type of App ${<strong>{say`Single Tenant`}</strong>} (it cannot be changed later, and Azure makes no more bots for several tenants), and a new Microsoft App ID.`}
          </Act>
          <Act title={say`Configuration: the messaging endpoint`} who={say`Azure: Contributor`}>
            <CopyLine line={endpoint} />
          </Act>
          <Act title={say`Channels: add Microsoft Teams`} who={say`Azure: Contributor`}>
            {say`Agree to the terms, and press Apply. Without it Teams does not know the bot.`}
          </Act>
          <Act
            title={say`App registration, Authentication: a Web redirect URI`}
            who={say`Entra: owner of the app, or Application Administrator`}
          >
            <CopyLine line={redirectUrl} />{" "}
            {say`The bot's Configuration leads there by Manage Password.`}
          </Act>
          <Act
            title={say`Certificates & secrets: a new client secret`}
            who={say`Entra: owner of the app, or Application Administrator`}
          >
            {sayNodes`Copy its ${<strong>{say`Value`}</strong>}, which is shown once, and note the day on which it expires.`}
          </Act>
        </ol>
        <details>
          <summary>{say`Only where several Microsoft 365 tenants are to be connected`}</summary>
          <ol class="acts">
            <Act
              title={say`App registration, Authentication: Supported account types`}
              who={say`Entra: owner of the app, or Application Administrator`}
            >
              {sayNodes`${<strong>{say`Accounts in any organizational directory`}</strong>}, which is ${<code>AzureADMultipleOrgs</code>} as ${<code>signInAudience</code>}:`}
              <pre class="panel code code-wrap">
                az ad app update --id APP-ID --sign-in-audience AzureADMultipleOrgs
              </pre>
              {say`The bot itself stays Single Tenant, and its token comes from its own tenant.`}
            </Act>
            <Act title="TEAMS_ALLOWED_TENANTS" who={say`Operator of this hub`}>
              {say`The ids of the other tenants, with commas; then start the hub again. Every tenant that is not named is refused.`}
            </Act>
          </ol>
        </details>
        <details>
          <summary>{say`The same with the Azure CLI`}</summary>
          <pre class="panel code code-wrap">{commands(handle, endpoint, redirectUrl)}</pre>
        </details>
      </div>
    </Panel>
  );
}

/** Azure takes 4 to 42 letters, digits, dashes and underscores. */
function handleOf(instance: string | undefined): string {
  const name = instance?.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-") ?? "";
  return ["countersign", name.replaceAll(/^-|-$/g, "")].filter(Boolean).join("-").slice(0, 42);
}

const commands = (handle: string, endpoint: string, redirectUrl: string) =>
  [
    `TENANT=$(az account show --query tenantId -o tsv)`,
    `APP=$(az ad app create --display-name ${handle} --sign-in-audience AzureADMyOrg \\`,
    `  --web-redirect-uris ${redirectUrl} --query appId -o tsv)`,
    `az ad sp create --id $APP`,
    `az ad app credential reset --id $APP --append --years 1 --query password -o tsv`,
    `az bot create --resource-group YOUR-GROUP --name ${handle} --app-type SingleTenant \\`,
    `  --appid $APP --tenant-id $TENANT --endpoint ${endpoint}`,
    `az bot msteams create --resource-group YOUR-GROUP --name ${handle}`,
  ].join("\n");

interface ActProps {
  readonly title: string;
  /** Who can do it. */
  readonly who: string;
  readonly children: ComponentChildren;
}

/** One act on somebody's page, with the role that can do it. */
export function Act({ title, who, children }: ActProps) {
  return (
    <li>
      <p class="act-head">
        <strong>{title}</strong>
        <span class="badge">{who}</span>
      </p>
      <div class="quiet">{children}</div>
    </li>
  );
}
