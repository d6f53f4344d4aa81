import { say } from "../../words/say.ts";
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
    <PlainLayout title={say`Welcome`} frame={frame} styles={["/assets/people.css"]}>
      <h1>{frame.viewer ? say`Welcome, ${frame.viewer.name}` : say`Welcome`}</h1>
      <p>{say`You are signed in. Set a password for the next time, or go on with links.`}</p>
      <PasswordForm
        {...{ frame, name, mistake }}
        action="/welcome"
        asksCurrent={false}
        button={say`Set the password`}
      />
      <p>
        <a href="/">{say`Go on with links`}</a>
      </p>
      <p class="note">{say`You can set or change it later on the page of your account.`}</p>
    </PlainLayout>,
  );
}
