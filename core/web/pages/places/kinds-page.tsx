import type { HookKind } from "../../../domain/destination.ts";
import { Layout } from "../layout.tsx";
import type { PageFrame } from "../page-frame.ts";
import { Panel } from "../parts.tsx";
import { renderPage } from "../render-page.ts";

/** What is said of a kind that is made by typing an address. */
export const kindWords: Readonly<
  Record<HookKind, { readonly title: string; readonly says: string; readonly gain?: string }>
> = {
  webhook: {
    title: "Webhook",
    says: "Any HTTP endpoint: a ticket system, an archive, a pager. Each event goes out as JSON of your own shape, signed.",
  },
  "slack-webhook": {
    title: "Slack incoming webhook",
    says: "No buttons, a fixed channel: messages only, by an address that begins with https://hooks.slack.com/.",
    gain: "Install the Slack app to get Approve and Reject in the message, one message that shows the decision, and any channel to pick and change.",
  },
  "teams-workflow": {
    title: "Teams Workflows webhook",
    says: "No buttons, a fixed channel: cards only, by an address that a workflow in Teams gives out.",
    gain: "Install the Teams app to get Approve and Reject on the card, one card that shows the decision, any standard channel, and no workflow that ends when its owner leaves.",
  },
};

/** Draw `/destinations/new`: which kind it is to be. */
export function renderKindsPage({
  frame,
  mayConnect,
}: {
  readonly frame: PageFrame;
  readonly mayConnect: boolean;
}): string {
  return renderPage(
    <Layout
      title="Add a destination"
      frame={frame}
      section="destinations"
      styles={["/assets/workspaces.css", "/assets/places.css"]}
    >
      <nav class="crumbs" aria-label="Where this page is">
        <a href="/destinations">Destinations</a> <span aria-hidden="true">/</span> Add
      </nav>
      <div class="page-head">
        <h1>Add a destination</h1>
      </div>
      <div class="stack">
        <Panel title="A channel, with buttons">
          <div class="panel-body stack-small">
            <p>
              A channel of a connected Slack workspace or Microsoft 365 tenant. People approve and
              reject in the message, and every copy shows the decision.
            </p>
            <p>
              {mayConnect ? (
                <a class="button button-primary" href="/workspaces">
                  Choose a workspace
                </a>
              ) : (
                <span class="note">An admin chooses channels under Workspaces.</span>
              )}
            </p>
          </div>
        </Panel>
        <Panel title="An address, messages only">
          <ul class="rows">
            {Object.entries(kindWords).map(([kind, { title, says }]) => (
              <li key={kind} class="row">
                <div class="row-main">
                  <a class="row-title" href={`/destinations/new/${kind}`}>
                    {title}
                  </a>
                  <p class="note">{says}</p>
                </div>
                <div class="row-end">
                  <a class="button" href={`/destinations/new/${kind}`}>
                    Add
                    <span class="sr-only"> a {title}</span>
                  </a>
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </Layout>,
  );
}
