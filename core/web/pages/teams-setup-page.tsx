import type { TeamsView } from "../../hub/platform-settings.ts";
import { type SecretLeft, sayEnd } from "../../hub/secret-ends.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { type AddressVerdict, FlashNote, KeyInput, RefusedCallNote, Step } from "./setup-parts.tsx";
import { MakeBot } from "./teams-bot-steps.tsx";
import { sayTeamsFlash, type TeamsFlash } from "./teams-flash.ts";
import { BringIn } from "./teams-package-steps.tsx";

/** What this page shows. */
export interface TeamsSetupPageProps {
  readonly frame: PageFrame;
  readonly hubUrl: string;
  readonly address: AddressVerdict;
  readonly bot: TeamsView;
  readonly secretEnd: SecretLeft | undefined;
  readonly endpoint: string;
  readonly redirectUrl: string;
  /** Of the app package; absent where none can be made yet. */
  readonly packageVersion: string | undefined;
  /** The tenants that somebody has begun to connect. */
  readonly connected: readonly WorkspaceView[];
  readonly flash?: TeamsFlash | undefined;
  readonly refusedCall?: { readonly at: Date; readonly because: string } | undefined;
}

/** Tell whether the operator's bot is known. */
const isBotSet = (bot: TeamsView): bot is Extract<TeamsView, { readonly appId: string }> =>
  "appId" in bot;

/** Draw `/workspaces/teams/setup`: the way from nothing to the app in a team, each step with who can take it. */
export function renderTeamsSetupPage(props: TeamsSetupPageProps): string {
  const { frame, flash } = props;
  return renderPage(
    <Layout
      title={say`Set up Microsoft Teams`}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css"]}
    >
      <Crumbs above={[["/workspaces", say`Workspaces`]]}>{say`Teams app`}</Crumbs>
      <h1>{say`Set up Microsoft Teams`}</h1>
      {frame.instance.sandbox ? (
        <Callout tone="mute" icon="columns">
          {say`This is a sandbox run, and its Teams is the sandbox's own. Start the hub with PUBLIC_URL, or with SANDBOX=off, to connect a real one. The two never share a database.`}
        </Callout>
      ) : (
        <div class="setup">
          {flash ? <Flash flash={flash} /> : null}
          <SecretNote {...props} />
          <Address {...props} />
          <MakeBot {...props} />
          <RefusedCallNote platform="teams" call={props.refusedCall} now={frame.now} />
          <Values {...props} />
          <BringIn {...props} />
        </div>
      )}
    </Layout>,
  );
}

function Flash({ flash }: { readonly flash: TeamsFlash }) {
  const [tone, text] = sayTeamsFlash(flash);
  return <FlashNote tone={tone}>{text}</FlashNote>;
}

/** Asked for so long before the end, people are told elsewhere, too. */
const nearDays = 30;

function SecretNote({ secretEnd }: TeamsSetupPageProps) {
  if (!secretEnd || secretEnd.daysLeft > nearDays) return null;
  return (
    <Callout tone={secretEnd.daysLeft < 0 ? "bad" : "warn"} icon="alert">
      <strong>{sayEnd(secretEnd.daysLeft)}.</strong>{" "}
      {say`Make a new one under Certificates & secrets, and paste its Value below; messages that wait meanwhile are kept.`}
    </Callout>
  );
}

function Address({ hubUrl, address }: TeamsSetupPageProps) {
  return (
    <Panel
      title={say`This hub's address`}
      beside={<Step number={1} done={address === "public"} />}
      end={<span class="note">{say`Operator of this hub`}</span>}
    >
      <div class="panel-body stack-small">
        <p>
          <code>{hubUrl}</code>
        </p>
        <p>{sayAddress[address]()}</p>
      </div>
    </Panel>
  );
}

const needsHttps = () =>
  say`Teams calls the hub, and only at a public https address; unlike Slack it knows no connection that the hub opens.`;

const sayAddress: Readonly<Record<AddressVerdict, () => string>> = {
  public: () => say`Teams and people reach the hub here, by https. It goes into the steps below.`,
  this_machine: () =>
    say`It is for this machine alone: right for a trial with a local stand-in for Teams. ${needsHttps()} For the real one, set PUBLIC_URL to an https address that leads here and start the hub again.`,
  not_set: () =>
    say`PUBLIC_URL is not set, so this hub answers this machine alone. ${needsHttps()} Set PUBLIC_URL to the one that leads here and start the hub again.`,
};

function Values(props: TeamsSetupPageProps) {
  const { frame, bot, secretEnd } = props;
  const isSet = isBotSet(bot);
  return (
    <Panel
      title={say`Paste three values`}
      beside={<Step number={3} done={isSet} />}
      end={<span class="note">{say`Admin of this hub`}</span>}
    >
      <div class="panel-body stack">
        {bot.source === "environment" ? (
          <>
            <p>
              {sayNodes`They stand in the environment (${<code>TEAMS_APP_ID</code>} and its secrets), which wins over this page. App ${<code>{bot.appId}</code>}, tenant ${<code>{bot.tenantId}</code>}.`}
            </p>
            <form class="setup-fields" method="post" action="/workspaces/teams/setup/secret-end">
              <CsrfField csrf={frame.csrf} />
              <EndField {...props} />
              <p>
                <button type="submit" class="button">
                  {say`Save the day`}
                </button>
              </p>
            </form>
          </>
        ) : (
          <ValueForm {...props} />
        )}
        {isSet ? (
          <div class="buttons">
            <form method="post" action="/workspaces/teams/setup/test">
              <CsrfField csrf={frame.csrf} />
              <button type="submit" class="button">
                <Icon name="retry" />
                {say`Test the values`}
              </button>
            </form>
            {secretEnd && secretEnd.daysLeft > nearDays ? (
              <span class="note">
                {sayNodes`The secret runs out on ${secretEnd.endsOn}, in ${secretEnd.daysLeft} days.`}
              </span>
            ) : null}
          </div>
        ) : null}
        {bot.source === "console" || bot.source === "unreadable" ? (
          <form method="post" action="/workspaces/teams/setup/remove">
            <CsrfField csrf={frame.csrf} />
            <button type="submit" class="button button-quiet">
              <Icon name="trash" />
              {say`Forget this bot's values`}
            </button>
          </form>
        ) : null}
      </div>
    </Panel>
  );
}

const errorOf = ({ flash }: TeamsSetupPageProps, field: string) =>
  flash?.kind === "invalid"
    ? flash.errors.find(({ pointer }) => pointer === `/${field}`)?.message
    : undefined;

function EndField(props: TeamsSetupPageProps) {
  const { flash, secretEnd } = props;
  return (
    <KeyInput
      name="endsOn"
      label={say`Last day of the client secret`}
      type="date"
      typed={flash?.kind === "invalid" ? flash.typed.endsOn : (secretEnd?.endsOn ?? "")}
      kept={false}
      optional
      error={errorOf(props, "endsOn")}
      help={say`Azure shows it beside the secret, and tells nobody. With it, people are told here 30 and 7 days before.`}
    />
  );
}

function ValueForm(props: TeamsSetupPageProps) {
  const { frame, bot, flash } = props;
  const known = isBotSet(bot) ? bot : { appId: "", tenantId: "" };
  const typed = flash?.kind === "invalid" ? flash.typed : known;
  return (
    <form class="setup-fields" method="post" action="/workspaces/teams/setup">
      <CsrfField csrf={frame.csrf} />
      <p class="quiet">
        {sayNodes`The first two stand on the ${<strong>{say`Overview`}</strong>} of the app registration. Microsoft is asked about all three before anything is saved. They are stored sealed, and no page shows the secret again.`}
      </p>
      <KeyInput
        name="appId"
        label={say`Application (client) ID`}
        type="text"
        typed={typed.appId}
        kept={false}
        error={errorOf(props, "appId")}
      />
      <KeyInput
        name="tenantId"
        label={say`Directory (tenant) ID`}
        type="text"
        typed={typed.tenantId}
        kept={false}
        error={errorOf(props, "tenantId")}
      />
      <KeyInput
        name="appPassword"
        label={say`Client secret, its Value`}
        type="password"
        typed={undefined}
        kept={bot.source === "console"}
        error={errorOf(props, "appPassword")}
      />
      <EndField {...props} />
      <p>
        <button type="submit" class={isBotSet(bot) ? "button" : "button button-primary"}>
          {say`Save`}
        </button>
      </p>
    </form>
  );
}
