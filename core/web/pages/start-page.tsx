import { say, sayAs } from "../../words/say.ts";
import { PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** What this page shows. */
export interface StartPageProps {
  readonly frame: PageFrame;
  /** The link's own path, `/start/{token}`: the form posts to where it came from. */
  readonly path: string;
}

/**
 * Draw what opening a sign-in link shows outside the sandbox.
 *
 * Chat apps and mail scanners open links to look at them, so opening one uses nothing up; the button does.
 */
export function renderStartPage({ frame, path }: StartPageProps): string {
  return renderPage(
    <PlainLayout title={sayAs("page")`Start`} frame={frame}>
      <h1>{say`Sign in to this hub`}</h1>
      <p>
        {say`This link signs you in once, in this browser. Opening the page has not used it up; the button does.`}
      </p>
      <form method="post" action={path}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button button-primary button-wide">
          {say`Sign in`}
        </button>
      </form>
      <p class="note">{say`You did not ask for this link? Close the page. Unused, it dies by itself.`}</p>
    </PlainLayout>,
  );
}
