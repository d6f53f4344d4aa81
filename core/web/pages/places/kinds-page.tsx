import type { DestinationKind, HookKind } from "../../../domain/destination.ts";
import { say } from "../../../words/say.ts";
import { Crumbs } from "../crumbs.tsx";
import { Layout } from "../layout.tsx";
import type { PageFrame } from "../page-frame.ts";
import { Panel } from "../parts.tsx";
import { renderPage } from "../render-page.ts";

/** What is said of a kind that is made by typing an address. */
export const kindWords: Readonly<
  Record<
    HookKind,
    { readonly title: () => string; readonly says: () => string; readonly gain?: () => string }
  >
> = {
  webhook: {
    title: () => say`Webhook`,
    says: () =>
      say`Any HTTP endpoint: a ticket system, an archive, a pager. Each event goes out as JSON of your own shape, signed.`,
  },
  "slack-webhook": {
    title: () => say`Slack incoming webhook`,
    says: () =>
      say`No buttons, a fixed channel: messages only, by an address that begins with https://hooks.slack.com/.`,
    gain: () =>
      say`Install the Slack app to get Approve and Reject in the message, one message that shows the decision, and any channel to pick and change.`,
  },
  "teams-workflow": {
    title: () => say`Teams Workflows webhook`,
    says: () =>
      say`No buttons, a fixed channel: cards only, by an address that a workflow in Teams gives out.`,
    gain: () =>
      say`Install the Teams app to get Approve and Reject on the card, one card that shows the decision, any standard channel, and no workflow that ends when its owner leaves.`,
  },
};

/** Say what people call a kind of destination. */
export function sayKind(kind: DestinationKind): string {
  if (kind === "slack") return say`Slack channel`;
  return kind === "teams" ? say`Teams channel` : kindWords[kind].title();
}

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
      title={say`Add a destination`}
      frame={frame}
      section="destinations"
      styles={["/assets/workspaces.css", "/assets/places.css"]}
    >
      <Crumbs above={[["/destinations", say`Destinations`]]}>{say`Add`}</Crumbs>
      <div class="page-head">
        <h1>{say`Add a destination`}</h1>
      </div>
      <div class="stack">
        <Panel title={say`A channel, with buttons`}>
          <div class="panel-body stack-small">
            <p>
              {say`A channel of a connected Slack workspace or Microsoft 365 tenant. People approve and reject in the message, and every copy shows the decision.`}
            </p>
            <p>
              {mayConnect ? (
                <a class="button button-primary" href="/workspaces">
                  {say`Choose a workspace`}
                </a>
              ) : (
                <span class="note">{say`An admin chooses channels under Workspaces.`}</span>
              )}
            </p>
          </div>
        </Panel>
        <Panel title={say`An address, messages only`}>
          <ul class="rows">
            {Object.entries(kindWords).map(([kind, { title, says }]) => (
              <li key={kind} class="row">
                <div class="row-main">
                  <a class="row-title" href={`/destinations/new/${kind}`}>
                    {title()}
                  </a>
                  <p class="note">{says()}</p>
                </div>
                <div class="row-end">
                  <a class="button" href={`/destinations/new/${kind}`}>
                    {say`Add`}
                    <span class="sr-only"> {say`a ${title()}`}</span>
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
