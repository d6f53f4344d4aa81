import { say } from "../../words/say.ts";
import { PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** Why somebody stands before the sign-in page: their link, or what they typed. */
export type SignInTrouble =
  | { readonly kind: "used" | "expired" | "unknown" | "wrong" | "single_sign_on" }
  | { readonly kind: "locked"; readonly minutes: number };

function sayTrouble(trouble: SignInTrouble): string {
  switch (trouble.kind) {
    case "used":
      return say`This link was used already. Each link signs in once; make a new one.`;
    case "expired":
      return say`This link is too old: links live for 30 minutes, invitations for a day. Ask for a new one.`;
    case "unknown":
      return say`This hub does not know that link. It may be cut short, or belong to another hub.`;
    case "wrong":
      return say`This name and this password do not belong together. Ten wrong tries lock a name for 15 minutes.`;
    case "single_sign_on":
      return say`Passwords work only while single sign-on cannot be reached. It can be reached now: use the button below.`;
    case "locked":
      return say`There were too many wrong tries with this name, or from this address. Try again in ${trouble.minutes} min, or use a one-time link.`;
  }
}

interface ShownSingleSignOn {
  /** Of the issuer. */
  readonly host: string;
  readonly reachable: boolean;
}

/** What this page shows. */
export interface SignInPageProps {
  readonly frame: PageFrame;
  readonly trouble?: SignInTrouble | undefined;
  /** Absent where people sign in by links and passwords alone. */
  readonly singleSignOn?: ShownSingleSignOn | undefined;
  /** The name that was typed before. */
  readonly typed?: string | undefined;
  /** After signing out. */
  readonly signedOut?: "here" | "everywhere" | undefined;
}

/** Draw `/auth/login`: the issuer, or a name and a password, and how somebody without them gets in. */
export function renderSignInPage(props: SignInPageProps): string {
  const { frame, trouble, signedOut, singleSignOn } = props;
  return renderPage(
    <PlainLayout title={say`Sign in`} frame={frame} styles={["/assets/people.css"]}>
      <h1>{say`Sign in`}</h1>
      {trouble === undefined ? null : (
        <Callout tone="warn" icon="alert">
          {sayTrouble(trouble)}
        </Callout>
      )}
      {signedOut === undefined ? null : (
        <Callout tone="ok" icon="check">
          {signedOut === "here" ? say`You are signed out.` : say`You are signed out everywhere.`}
        </Callout>
      )}
      {singleSignOn === undefined ? null : <SingleSignOn {...singleSignOn} />}
      {singleSignOn?.reachable ? null : <PasswordSignIn {...props} />}
      <Help frame={frame} byIssuer={singleSignOn?.reachable ?? false} />
    </PlainLayout>,
  );
}

function SingleSignOn({ host, reachable }: ShownSingleSignOn) {
  return (
    <div class="sign-in">
      {reachable ? null : (
        <Callout tone="warn" icon="alert">
          {say`${host} cannot be reached at the moment. Until it can, passwords work here.`}
        </Callout>
      )}
      <a class={`button button-wide ${reachable ? "button-primary" : ""}`.trim()} href="/auth/oidc">
        {reachable ? say`Sign in with ${host}` : say`Try ${host} again`}
      </a>
      {reachable ? (
        <p class="note">{say`Passwords work only while ${host} cannot be reached.`}</p>
      ) : null}
    </div>
  );
}

function PasswordSignIn({ frame, trouble, typed, singleSignOn }: SignInPageProps) {
  const wrong = trouble?.kind === "wrong" || trouble?.kind === "locked";
  return (
    <form class="sign-in" method="post" action="/auth/login">
      <CsrfField csrf={frame.csrf} />
      <div class="field">
        <label class="label" for="name">
          {say`Name or e-mail address`}
        </label>
        <input
          id="name"
          class="input"
          name="name"
          value={typed ?? ""}
          required
          maxLength={254}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          {...(wrong ? { "aria-invalid": "true" as const } : {})}
        />
      </div>
      <div class="field">
        <label class="label" for="password">
          {say`Password`}
        </label>
        <input
          id="password"
          class="input"
          name="password"
          type="password"
          required
          maxLength={200}
          autocomplete="current-password"
          {...(wrong ? { "aria-invalid": "true" as const } : {})}
        />
      </div>
      <button type="submit" class="button button-primary button-wide">
        {singleSignOn === undefined ? say`Sign in` : say`Sign in with a password`}
      </button>
    </form>
  );
}

function Help({ frame, byIssuer }: { readonly frame: PageFrame; readonly byIssuer: boolean }) {
  return (
    <section class="ways-in">
      <h2>{byIssuer ? say`You cannot get in?` : say`No password yet, or forgotten?`}</h2>
      <p>
        {say`Ask an admin of this hub for a sign-in link: they make one on the page People.`}{" "}
        {byIssuer
          ? say`It works once.`
          : say`It works once; then set a password, or go on with links.`}
      </p>
      <p>{say`Whoever runs the hub makes one for an admin, in the folder where it runs:`}</p>
      <pre class="panel code">npx countersign admin link</pre>
      <p class="note">
        {say`Links live for 30 minutes, invitations for a day.`}
        {frame.instance.sandbox ? ` ${say`This sandbox prints one at each start, too.`}` : ""}
      </p>
    </section>
  );
}
