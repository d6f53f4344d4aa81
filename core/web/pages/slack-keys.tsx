import type { SettingsView } from "../../hub/platform-settings.ts";
import type { Transport } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, Panel } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import type { SetupFlash } from "./setup-flash.ts";
import { KeyInput, Step } from "./setup-parts.tsx";

interface SlackKeysProps {
  readonly frame: PageFrame;
  readonly app: SettingsView;
  readonly transport: Transport;
  readonly flash?: SetupFlash | undefined;
}

/** Tell whether the operator's app is known. */
export const isSet = ({ source }: SettingsView) => source === "environment" || source === "console";

interface KeyField {
  readonly name: "clientId" | "clientSecret" | "signingSecret" | "appToken";
  readonly label: () => string;
  readonly secret: boolean;
  /** Asked for with this transport alone. */
  readonly only?: Transport;
}

const keyFields: readonly KeyField[] = [
  { name: "clientId", label: () => say`Client ID`, secret: false },
  { name: "clientSecret", label: () => say`Client Secret`, secret: true },
  { name: "signingSecret", label: () => say`Signing Secret`, secret: true, only: "http" },
  { name: "appToken", label: () => say`App-level token`, secret: true, only: "socket" },
];

/** The keys of the operator's app: where they come from, and the form to type them. No secret is shown again. */
export function SlackKeys(props: SlackKeysProps) {
  const { frame, app } = props;
  return (
    <Panel title={say`Paste three values`} beside={<Step number={3} done={isSet(app)} />}>
      <div class="panel-body stack">
        {app.source === "environment" ? (
          <p>
            {sayNodes`They stand in the environment (${<code>SLACK_CLIENT_ID</code>} and its secrets), which wins over this page. App ${<code>{app.clientId}</code>}.`}
          </p>
        ) : (
          <KeyForm {...props} />
        )}
        {isSet(app) ? (
          <form method="post" action="/workspaces/slack/setup/test">
            <CsrfField csrf={frame.csrf} />
            <button type="submit" class="button">
              <Icon name="retry" />
              {say`Test the keys`}
            </button>
          </form>
        ) : null}
        {app.source === "console" || app.source === "unreadable" ? (
          <form method="post" action="/workspaces/slack/setup/remove">
            <CsrfField csrf={frame.csrf} />
            <button type="submit" class="button button-quiet">
              <Icon name="trash" />
              {say`Forget this app's keys`}
            </button>
          </form>
        ) : null}
      </div>
    </Panel>
  );
}

const fieldsFor = (transport: Transport) =>
  keyFields.filter(({ only }) => only === undefined || only === transport);

const wherefrom: Readonly<Record<Transport, () => string>> = {
  http: () => say`App Credentials`,
  socket: () =>
    say`App Credentials; the token is made further down, under App-Level Tokens, with the right connections:write, and begins with xapp-`,
};

function KeyForm({ frame, app, transport, flash }: SlackKeysProps) {
  const errors = flash?.kind === "invalid" ? flash.errors : [];
  const known = app.source === "console" ? app.clientId : "";
  const typed = flash?.kind === "invalid" ? flash.clientId : known;
  return (
    <form
      class="setup-fields"
      method="post"
      action={`/workspaces/slack/setup?transport=${transport}`}
    >
      <CsrfField csrf={frame.csrf} />
      <p class="quiet">
        {sayNodes`Slack shows them under ${<strong>{say`Basic Information`}</strong>}, ${wherefrom[transport]()}. They are stored sealed, and no page shows a secret again.`}
      </p>
      {fieldsFor(transport).map((field) => {
        const error = errors.find(({ pointer }) => pointer === `/${field.name}`)?.message;
        const isSameWay = app.source === "console" && app.transport === transport;
        const kept =
          field.secret && (field.only === undefined || isSameWay) && app.source === "console";
        return (
          <KeyInput
            key={field.name}
            name={field.name}
            label={field.label()}
            type={field.secret ? "password" : "text"}
            typed={field.secret ? undefined : typed}
            kept={kept}
            error={error}
          />
        );
      })}
      <p>
        <button type="submit" class={isSet(app) ? "button" : "button button-primary"}>
          {say`Save`}
        </button>
      </p>
    </form>
  );
}
