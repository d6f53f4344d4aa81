import type { ComponentChildren } from "preact";
import type { WhyWaits } from "../../ports/small-records.ts";
import { say } from "../../words/say.ts";
import { PlainLayout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** The chat account that a private link is about, in words. */
export interface ShownAccount {
  readonly platform: "slack" | "teams";
  /** What the platform calls its owner. */
  readonly name: string;
  readonly email?: string | undefined;
  /** The platform's own id of the account. */
  readonly user: string;
  readonly workspace: string;
}

/** Where a private link stands, for who opened it. */
export type LinkPageState =
  | { readonly kind: "sign_in" | "ask" | "linked" | "already" | "taken" }
  | { readonly kind: "waits"; readonly because: WhyWaits }
  | { readonly kind: "used" | "expired" };

/** What this page shows. */
export interface LinkPageProps {
  readonly frame: PageFrame;
  /** The link's own path: the form posts to where it came from. */
  readonly path: string;
  readonly account: ShownAccount;
  readonly state: LinkPageState;
}

/** What people call the platform. */
export const platformNames = { slack: "Slack", teams: "Teams" } as const;

/**
 * Draw the page of a private link (A10): whose chat account it is, who is signed in here, and one button.
 *
 * Looking changes nothing. Whoever pressed in chat can send the link on, so the page says what linking gives away.
 */
export function renderLinkPage(props: LinkPageProps): string {
  const chat = platformNames[props.account.platform];
  return renderPage(
    <PlainLayout title={say`Link a ${chat} account`} frame={props.frame}>
      <h1>{headings[props.state.kind](chat)}</h1>
      <Identities {...props} />
      <Body {...props} />
    </PlainLayout>,
  );
}

const headings: Readonly<Record<LinkPageState["kind"], (chat: string) => string>> = {
  sign_in: () => say`Sign in first`,
  ask: (chat) => say`Is this your ${chat} account?`,
  linked: () => say`The account is linked`,
  already: () => say`The account is yours already`,
  taken: () => say`The account belongs to somebody else`,
  waits: () => say`An admin has to agree`,
  used: () => say`This link was used`,
  expired: () => say`This link is too old`,
};

function Identities({ account, frame }: LinkPageProps) {
  const { viewer } = frame;
  return (
    <dl class="panel facts">
      <Identity word={say`In ${platformNames[account.platform]}`}>
        <strong>{account.name}</strong>
        {account.email === undefined ? null : `, ${account.email}`}
        {say`, workspace ${account.workspace}`} <span class="note mono">{account.user}</span>
      </Identity>
      {viewer ? (
        <Identity word={say`Here`}>
          <strong>{viewer.name}</strong>
          {viewer.email === undefined ? null : `, ${viewer.email}`}
        </Identity>
      ) : null}
    </dl>
  );
}

function Identity(props: { readonly word: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{props.word}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Body({ frame, path, account, state }: LinkPageProps) {
  const chat = platformNames[account.platform];
  switch (state.kind) {
    case "sign_in":
      return (
        <>
          <p>
            {say`Countersign has to know who you are before it can link this ${chat} account. Sign in within 10 minutes, in this browser; you come back here.`}
          </p>
          <p>
            <a class="button button-primary button-wide" href="/auth/login">
              {say`Sign in`}
            </a>
          </p>
        </>
      );
    case "ask":
      return <Ask frame={frame} path={path} chat={chat} />;
    case "linked":
      return (
        <Callout tone="ok" icon="check">
          {say`Go back to ${chat} and press the button again: it counts now.`}
        </Callout>
      );
    case "already":
      return (
        <Callout tone="ok" icon="check">
          {say`Nothing to do. Go back to ${chat} and press the button again.`}
        </Callout>
      );
    case "taken":
      return (
        <Callout tone="bad" icon="alert">
          {say`Nothing was changed. If the account is yours, ask an admin of this hub.`}
        </Callout>
      );
    case "waits":
      return (
        <>
          <Callout tone="warn" icon="alert">
            {reasons[state.because]()}{" "}
            {say`Nothing is linked until an admin of this hub agrees; they find it under People.`}
          </Callout>
          <p>{say`Then press the button in ${chat} again. The request stays open until its deadline.`}</p>
        </>
      );
    case "used":
    case "expired":
      return (
        <p>
          {state.kind === "used"
            ? say`Each link works once.`
            : say`Links live for 10 minutes. Nothing was changed.`}{" "}
          {say`Press the button in ${chat} again to get a new one.`}
        </p>
      );
  }
}

const reasons: Readonly<Record<WhyWaits, () => string>> = {
  second_account: () => say`You have another account in that workspace.`,
  email_differs: () => say`The account has another e-mail address than you have here.`,
  email_unknown: () => say`No e-mail address shows that both are the same person.`,
};

function Ask(props: { readonly frame: PageFrame; readonly path: string; readonly chat: string }) {
  const { frame, path, chat } = props;
  return (
    <>
      <p>
        {say`Link it only if you yourself pressed the button in ${chat} a moment ago. Whoever owns that account then decides in your name.`}
      </p>
      <form method="post" action={path}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button button-primary button-wide">
          {say`Yes, this account is mine: link it`}
        </button>
      </form>
      <form class="who" method="post" action="/auth/logout">
        <CsrfField csrf={frame.csrf} />
        {sayNodes`You are signed in as ${<strong>{frame.viewer?.name}</strong>}.`}{" "}
        <button type="submit" class="link">
          {say`Not you?`}
        </button>
      </form>
      <p class="note">
        {say`Somebody sent you this link? Close the page. Unused, it dies within 10 minutes.`}
      </p>
    </>
  );
}
