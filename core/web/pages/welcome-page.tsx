import { PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { PasswordForm, type PasswordFormMistake } from "./password-form.tsx";
import { renderPage } from "./render-page.ts";

/** What this page shows. */
export interface WelcomePageProps {
  readonly frame: PageFrame;
  readonly name: string;
  readonly mistake?: PasswordFormMistake | undefined;
}

/** Draw `/welcome`: somebody came by a link and has no password. They set one, or go on without. */
export function renderWelcomePage({ frame, name, mistake }: WelcomePageProps): string {
  return renderPage(
    <PlainLayout title="Welcome" frame={frame} styles={["/assets/people.css"]}>
      <h1>Welcome{frame.viewer ? `, ${frame.viewer.name}` : ""}</h1>
      <p>You are signed in. Set a password for the next time, or go on with links.</p>
      <PasswordForm
        {...{ frame, name, mistake }}
        action="/welcome"
        asksCurrent={false}
        button="Set the password"
      />
      <p>
        <a href="/">Go on with links</a>
      </p>
      <p class="note">You can set or change it later on the page of your account.</p>
    </PlainLayout>,
  );
}
