import { PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** Why somebody who followed a link stands before the sign-in page. */
export type LinkTrouble = "used" | "expired" | "unknown";

const troubles: Readonly<Record<LinkTrouble, string>> = {
  used: "This link was used already. Each link signs in once; make a new one.",
  expired: "This link is too old: links live for 30 minutes. Make a new one.",
  unknown: "This hub does not know that link. It may be cut short, or belong to another hub.",
};

/** What this page shows. */
export interface SignInPageProps {
  readonly frame: PageFrame;
  readonly trouble?: LinkTrouble | undefined;
  /** True after signing out. */
  readonly signedOut?: boolean | undefined;
}

/** Draw `/auth/login`: how to get a sign-in link, and what was wrong with the last one. */
export function renderSignInPage({ frame, trouble, signedOut }: SignInPageProps): string {
  return renderPage(
    <PlainLayout title="Sign in" frame={frame}>
      <h1>Sign in</h1>
      {trouble === undefined ? null : (
        <Callout tone="warn" icon="alert">
          {troubles[trouble]}
        </Callout>
      )}
      {signedOut ? (
        <Callout tone="ok" icon="check">
          You are signed out.
        </Callout>
      ) : null}
      <p>You sign in with a link that works once. In the folder where the hub runs, type:</p>
      <pre class="panel code">npx countersign admin link</pre>
      <p>
        Open the address that it prints in this browser within 30 minutes.
        {frame.instance.sandbox ? " The hub prints one at each start, too." : ""}
      </p>
      <p class="note">No access to that machine? Ask whoever runs this hub for a link.</p>
    </PlainLayout>,
  );
}
