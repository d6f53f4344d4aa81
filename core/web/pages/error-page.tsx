import { say } from "../../words/say.ts";
import { Layout, PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { ShortId } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** What this page shows. */
export interface ErrorPageProps {
  readonly frame: PageFrame;
  /** The answer's HTTP status. */
  readonly status: number;
  /** What went wrong, in a few words: "No such request". */
  readonly title: string;
  /** What was expected and what came. */
  readonly detail: string;
  /** What to do next. */
  readonly hint?: string | undefined;
  readonly requestId: string;
  /** Where the one next action leads; the start page without it. */
  readonly next?: { readonly href: string; readonly label: string } | undefined;
}

/** Draw the page for an answer that is no page: 403, 404, 421, 500, or something cancelled. It never shows a stack. */
export function renderErrorPage(props: ErrorPageProps): string {
  const { frame, status, title, detail, hint, requestId } = props;
  const next = props.next ?? { href: "/", label: say`Back to the start` };
  const content = (
    <div class="error-text">
      {status < 400 ? null : <p class="note mono">{status}</p>}
      <h1>{title}</h1>
      <p>{detail}</p>
      {hint === undefined ? null : <p>{hint}</p>}
      <p>
        <a class="button button-primary" href={next.href}>
          {next.label}
        </a>
      </p>
      <p class="note">
        {say`Asking for help? Name this request:`} <ShortId id={requestId} whole />
      </p>
    </div>
  );
  return renderPage(
    frame.viewer ? (
      <Layout title={title} frame={frame}>
        <div class="panel panel-body error-panel">{content}</div>
      </Layout>
    ) : (
      <PlainLayout title={title} frame={frame}>
        {content}
      </PlainLayout>
    ),
  );
}
