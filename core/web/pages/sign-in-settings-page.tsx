import type { Role } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** Roles that somebody may get by single sign-on alone. Admins are named one by one. */
export const givenRoles = ["approver", "auditor", "router"] as const satisfies readonly Role[];

/** What this page shows. */
export interface SignInSettingsPageProps {
  readonly frame: PageFrame;
  /** Where the issuer sends people back to; registered there. */
  readonly callbackUrl: string;
  /** Absent where no issuer is named. */
  readonly singleSignOn?: { readonly host: string; readonly reachable: boolean } | undefined;
  readonly defaultRole?: Role | undefined;
  /** What the last step led to. */
  readonly said?: { readonly tone: "ok" | "warn"; readonly text: string } | undefined;
}

/** Draw `/settings/sign-in`: the ways into the console. */
export function renderSignInSettingsPage(props: SignInSettingsPageProps): string {
  const { frame, said } = props;
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/sign-in" styles={["/assets/people.css"]}>
      {said === undefined ? null : (
        <Callout tone={said.tone} icon={said.tone === "ok" ? "check" : "alert"}>
          {said.text}
        </Callout>
      )}
      <SingleSignOn {...props} />
      <Panel title={say`Passwords and one-time links`}>
        <div class="panel-body sign-in">
          <p>
            {sayNodes`An admin makes a link for somebody on the page ${<a href="/people">{say`People`}</a>}. It signs in once, within a day; then they may set a password. On the machine where the hub runs, ${<code>countersign admin link</code>} prints one for an admin.`}
          </p>
          {props.singleSignOn === undefined ? null : (
            <p>
              {say`Passwords work only while ${props.singleSignOn.host} cannot be reached. Links always work.`}
            </p>
          )}
        </div>
      </Panel>
    </SettingsLayout>,
  );
}

function SingleSignOn(props: SignInSettingsPageProps) {
  const { singleSignOn, callbackUrl } = props;
  const state =
    singleSignOn && (singleSignOn.reachable ? say`can be reached` : say`cannot be reached`);
  return (
    <Panel title={say`Single sign-on`} beside={<span class="note">{state ?? say`off`}</span>}>
      <div class="panel-body sign-in">
        {singleSignOn === undefined ? (
          <p>
            {sayNodes`People can sign in with your own OpenID Connect issuer. Register this hub there with the address below, set ${<code>OIDC_ISSUER</code>}, ${<code>OIDC_CLIENT_ID</code>} and ${<code>OIDC_CLIENT_SECRET</code>}, and start the hub again.`}
          </p>
        ) : (
          <p>
            {sayNodes`People sign in with ${<strong>{singleSignOn.host}</strong>}. Whoever comes the first time is found by a verified e-mail address; from then on, by their account there.`}
            {singleSignOn.reachable
              ? ""
              : ` ${say`Why it cannot be reached stands in the hub's log.`}`}
          </p>
        )}
        <p>{say`The way back, as the issuer has to know it:`}</p>
        <pre class="panel code">{callbackUrl}</pre>
      </div>
      {singleSignOn === undefined ? null : <DefaultRole {...props} />}
    </Panel>
  );
}

function DefaultRole({ frame, defaultRole }: SignInSettingsPageProps) {
  return (
    <form class="panel-body person-form" method="post" action="/settings/sign-in">
      <CsrfField csrf={frame.csrf} />
      <div class="field">
        <label class="label" for="default-role">
          {say`Somebody whom nobody here knows`}
        </label>
        <select class="input" id="default-role" name="default_role">
          <option value="" selected={defaultRole === undefined}>
            {say`is not let in`}
          </option>
          {givenRoles.map((role) => (
            <option key={role} value={role} selected={role === defaultRole}>
              {say`is let in as ${role}`}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button button-primary">
        {say`Save`}
      </button>
    </form>
  );
}
