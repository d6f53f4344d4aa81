import type { SettingsView } from "../../hub/platform-settings.ts";
import type { AppRight, Transport } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { type SetupFlash, sayFlash } from "./setup-flash.ts";
import { type AddressVerdict, FlashNote, RefusedCallNote, Step } from "./setup-parts.tsx";
import { isSet, SlackKeys } from "./slack-keys.tsx";

/** What this page shows. */
export interface SlackSetupPageProps {
  readonly frame: PageFrame;
  readonly hubUrl: string;
  readonly address: AddressVerdict;
  readonly app: SettingsView;
  readonly transport: Transport;
  readonly manifest: string;
  readonly createUrl: string;
  readonly rights: readonly AppRight[];
  /** What the manifest asks for now and the app was not made with. */
  readonly differences: readonly string[];
  readonly flash?: SetupFlash | undefined;
  /** The last call to Slack's door that was not genuine. */
  readonly refusedCall?: { readonly at: Date; readonly because: string } | undefined;
}

/** Draw `/workspaces/slack/setup`: the way from nothing to a connected Slack app, step by step. */
export function renderSlackSetupPage(props: SlackSetupPageProps): string {
  const { frame } = props;
  return renderPage(
    <Layout
      title={say`Set up Slack`}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css"]}
    >
      <Crumbs above={[["/workspaces", say`Workspaces`]]}>{say`Slack app`}</Crumbs>
      <h1>{say`Set up Slack`}</h1>
      {frame.instance.sandbox ? (
        <Callout tone="mute" icon="columns">
          {say`This is a sandbox run, and its Slack is the sandbox's own. Start the hub with PUBLIC_URL, or with SANDBOX=off, to connect a real one. The two never share a database.`}
        </Callout>
      ) : (
        <div class="setup">
          <Flash {...props} />
          <Address {...props} />
          <MakeApp {...props} />
          <RefusedCallNote platform="slack" call={props.refusedCall} now={frame.now} />
          <SlackKeys {...props} />
          <Connect {...props} />
        </div>
      )}
    </Layout>,
  );
}

function Flash({ flash }: SlackSetupPageProps) {
  if (flash === undefined) return null;
  const [tone, text] = sayFlash(flash);
  return <FlashNote tone={tone}>{text}</FlashNote>;
}

function Address({ hubUrl, address, transport }: SlackSetupPageProps) {
  const needed = transport === "http";
  const fine = address === "public" || !needed;
  return (
    <Panel title={say`This hub's address`} beside={<Step number={1} done={fine} />}>
      <div class="panel-body stack-small">
        <p>
          <code>{hubUrl}</code>
        </p>
        <p>{sayAddress[address]()}</p>
      </div>
    </Panel>
  );
}

const sayAddress: Readonly<Record<AddressVerdict, () => string>> = {
  public: () => say`Slack and people reach the hub here. It goes into the manifest below.`,
  this_machine: () =>
    say`It is for this machine alone: right for a trial with a local Slack. The real Slack reaches it only by Socket Mode; for HTTP, set PUBLIC_URL to an https address that leads here and start the hub again.`,
  not_set: () =>
    say`PUBLIC_URL is not set, so this hub answers this machine alone. Set PUBLIC_URL to the https address that leads here and start it again; or use Socket Mode, which needs no address.`,
};

function MakeApp(props: SlackSetupPageProps) {
  const { app, transport, manifest, createUrl, rights } = props;
  return (
    <Panel title={say`Make the app at Slack`} beside={<Step number={2} done={isSet(app)} />}>
      <div class="panel-body stack">
        <Transports transport={transport} />
        <p>
          <a
            class={isSet(app) ? "button" : "button button-primary"}
            href={createUrl}
            target="_blank"
            rel="noreferrer"
          >
            {say`Create the app at Slack`}
            <Icon name="external" />
          </a>
        </p>
        <p class="quiet">
          {say`Slack opens with everything filled in: name, addresses, rights. Choose a workspace, look it through, and press Create.`}
        </p>
        <Differences {...props} />
        <details>
          <summary>{sayNodes`The ${rights.length} rights that it asks for, and why`}</summary>
          <ul class="rights">
            {rights.map(({ scope, why, optional }) => (
              <li key={scope}>
                <code>{scope}</code>
                <span>
                  {why}
                  {optional ? ` (${say`optional`})` : ""}
                </span>
              </li>
            ))}
          </ul>
        </details>
        <details>
          <summary>{say`The manifest, to paste it yourself`}</summary>
          <pre class="panel code code-wrap">{manifest}</pre>
        </details>
      </div>
    </Panel>
  );
}

const transports: readonly { readonly of: Transport; readonly word: string }[] = [
  { of: "http", word: "HTTP" },
  { of: "socket", word: say`Socket Mode` },
];

function Transports({ transport }: { readonly transport: Transport }) {
  return (
    <div class="stack-small">
      <nav class="filters" aria-label={say`How Slack reaches the hub`}>
        {transports.map(({ of, word }) => (
          <a
            key={of}
            class="filter"
            href={`/workspaces/slack/setup?transport=${of}`}
            {...(of === transport ? { "aria-current": "true" as const } : {})}
          >
            {word}
          </a>
        ))}
      </nav>
      <p class="note">
        {transport === "http"
          ? say`Slack calls this hub's public https address.`
          : say`The hub holds a connection to Slack, so nothing must reach it from outside. Teams has no such way.`}
      </p>
    </div>
  );
}

function Differences({ frame, differences }: SlackSetupPageProps) {
  if (differences.length === 0) return null;
  return (
    <Callout tone="warn" icon="alert">
      <p>
        <strong>{say`The app at Slack was made with an older manifest.`}</strong>{" "}
        {say`Change it there under App Manifest, then reauthorise each workspace:`}
      </p>
      <ul>
        {differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
      <form class="callout-button" method="post" action="/workspaces/slack/setup/changed">
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button">
          {say`I have changed it at Slack`}
        </button>
      </form>
    </Callout>
  );
}

function Connect({ app, hubUrl }: SlackSetupPageProps) {
  return (
    <Panel title={say`Connect a workspace`} beside={<Step number={4} done={false} />}>
      <div class="panel-body stack">
        {isSet(app) ? (
          <p>
            <a class="button button-primary" href="/slack/install">
              {say`Connect a workspace`}
              <Icon name="arrowRight" />
            </a>
          </p>
        ) : (
          <p class="quiet">{say`First the steps above.`}</p>
        )}
        <details>
          <summary>{say`Waiting for your Slack admin?`}</summary>
          <div class="stack-small">
            <p class="quiet">
              {say`Some companies let only admins add apps. Then Slack asks for a reason; this text says it. When the admin has agreed, press Connect again: it begins anew, and nothing is lost.`}
            </p>
            <pre class="panel code code-wrap">
              {say`Please approve the app Countersign, which we run ourselves at ${hubUrl}. It posts requests for approval into channels that we choose and notes who approved. It reads no messages: it asks for the rights that its page at Slack lists, and each has its reason in our hub under Workspaces. To revoke it, remove the app from the workspace.`}
            </pre>
          </div>
        </details>
      </div>
    </Panel>
  );
}
