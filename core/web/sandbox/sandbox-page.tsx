import { Icon, Mark } from "../pages/icons.tsx";
import { SandboxBadge } from "../pages/parts.tsx";
import { renderPage } from "../pages/render-page.ts";
import { SlackPane, TeamsPane } from "./panes.tsx";

/** Files of packages that the page draws cards with: address → module file. */
export const sandboxVendorAssets = {
  "/assets/vendor/adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
  "/assets/vendor/markdown-it.js": "markdown-it/browser",
} as const;

const styles = [
  "countersign",
  "panels",
  "console",
  "pieces",
  "sandbox",
  "sandbox-messages",
  "sandbox-strip",
  "sandbox-dialogs",
  "chat-slack",
  "chat-slack-messages",
  "chat-teams",
  "chat-teams-card",
  "chat-app",
];

/** What the shell is drawn from. */
export interface SandboxPageProps {
  /** The session's token. */
  readonly csrf: string;
  /** Whether the hub's clock can be moved from here. */
  readonly movesClock: boolean;
}

function Head({ csrf }: Pick<SandboxPageProps, "csrf">) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <meta name="csrf-token" content={csrf} />
      <title>Sandbox · Countersign</title>
      <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
      {styles.map((name) => (
        <link key={name} rel="stylesheet" href={`/assets/${name}.css`} />
      ))}
      {Object.keys(sandboxVendorAssets).map((source) => (
        <script key={source} defer src={source} />
      ))}
      <script type="module" src="/assets/client/sandbox.js" />
    </head>
  );
}

function TopBar({ movesClock }: Pick<SandboxPageProps, "movesClock">) {
  return (
    <header class="top-bar">
      <div class="top-start">
        <a class="brand" href="/">
          <Mark />
          Countersign
        </a>
        <h1 class="top-badge">
          <SandboxBadge />
        </h1>
        <div class="top-who">
          <span class="top-you" aria-hidden="true">
            You are
          </span>
          <button type="button" class="who" id="who" aria-haspopup="menu">
            <span class="sr-only">Choose who you are</span>
          </button>
          <div
            class="drop-down who-menu"
            id="who-menu"
            role="menu"
            aria-label="Who you are"
            popover="auto"
          />
        </div>
      </div>
      <div class="top-end">
        <time class="hub-clock" id="hub-clock" title="The hub's clock" />
        <button
          type="button"
          class="button"
          id="forward"
          disabled={!movesClock}
          title={
            movesClock
              ? "Move the hub's clock forward by a day"
              : "The hub is another process, so its clock cannot be moved from here"
          }
        >
          <Icon name="forward" />
          +24 h
        </button>
        <button type="button" class="button chaos" id="chaos">
          <Icon name="bolt" />
          Chaos
          <span class="chaos-left" id="chaos-left">
            off
          </span>
        </button>
        <div class="drop-down chaos-box" id="chaos-box" popover="auto" />
        <a class="button" href="/approvals">
          <Icon name="arrowRight" />
          Open console
        </a>
        <button type="button" class="button button-primary" id="send">
          <Icon name="send" />
          Send an event
        </button>
      </div>
    </header>
  );
}

function Strip() {
  return (
    <section class="strip" aria-labelledby="strip-title">
      <div class="strip-head">
        <h2 id="strip-title">What just happened</h2>
        <fieldset class="strip-tabs" id="strip-tabs" aria-label="Which request" />
        <span class="strip-sum note" id="strip-sum" role="status" />
        <a class="strip-trace" id="strip-trace" href="/events" hidden>
          Open the whole trace
          <Icon name="arrowRight" />
        </a>
      </div>
      <ol class="strip-steps" id="strip-steps" hidden />
      <p class="strip-empty" id="strip-empty">
        Nothing has come in yet.{" "}
        <button type="button" class="link" id="strip-send">
          Send an event
        </button>
      </p>
    </section>
  );
}

/** Draw the shell of `/sandbox`; the browser fills it. */
export function renderSandboxPage({ csrf, movesClock }: SandboxPageProps): string {
  return renderPage(
    <html lang="en">
      <Head csrf={csrf} />
      <body class="sandbox-page">
        <a class="skip-link" href="#sandbox">
          Skip to the chats
        </a>
        <TopBar movesClock={movesClock} />
        <p class="trouble" id="trouble" role="alert" hidden>
          <Icon name="alert" />
          <span id="trouble-text" />
        </p>
        <noscript>
          <p class="trouble">
            The two chats need scripts. The <a href="/approvals">approvals</a> work without.
          </p>
        </noscript>
        <main id="sandbox" class="sandbox" tabIndex={-1}>
          <div class="panes">
            <SlackPane />
            <TeamsPane />
          </div>
          <Strip />
        </main>
        <p class="sr-only" id="spoken" role="status" />
      </body>
    </html>,
  );
}
