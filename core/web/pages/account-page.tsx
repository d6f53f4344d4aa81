import { type Language, languages } from "../../domain/message.ts";
import type { LinkedAccount } from "../../domain/person.ts";
import type { Password } from "../../ports/small-records.ts";
import { say, sayAs } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import { platformNames } from "./link-page.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { PasswordForm, type PasswordFormMistake } from "./password-form.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** What this page shows. */
export interface AccountPageProps {
  readonly frame: PageFrame;
  readonly password?: Password | undefined;
  /** The name in the form, as it stands or was typed. */
  readonly name: string;
  readonly asksCurrent: boolean;
  readonly mistake?: PasswordFormMistake | undefined;
  readonly said?: string | undefined;
  readonly accounts: readonly LinkedAccount[];
}

/** Draw `/account`: who somebody is here, how they sign in, and one button that ends every session. */
export function renderAccountPage(props: AccountPageProps): string {
  const { frame, password, name, asksCurrent, mistake, said } = props;
  return renderPage(
    <Layout
      title={say`Your account`}
      frame={frame}
      section="account"
      heading={<h1>{say`Your account`}</h1>}
      styles={["/assets/people.css"]}
    >
      {said === undefined ? null : (
        <Callout tone="ok" icon="check">
          {said}
        </Callout>
      )}
      <Who {...props} />
      <LanguageChoice frame={frame} />
      <Panel
        title={say`Password`}
        beside={
          <span class="note">
            {password
              ? sayNodes`set ${<Time at={password.changedAt} now={frame.now} />}`
              : say`none: you sign in by links`}
          </span>
        }
        end={password ? <Remove frame={frame} /> : undefined}
      >
        <div class="panel-body">
          <PasswordForm
            {...{ frame, name, asksCurrent, mistake }}
            action="/account/password"
            button={password ? say`Change the password` : say`Set a password`}
          />
          <p class="note">{say`Changing it ends your sessions in all other browsers.`}</p>
        </div>
      </Panel>
      <Panel title={say`Sessions`}>
        <form class="row" method="post" action="/account/sign-out-everywhere">
          <CsrfField csrf={frame.csrf} />
          <div class="row-main">
            {say`Ends your sessions in every browser, this one too. API keys go on working.`}
          </div>
          <div class="row-end">
            <button type="submit" class="button">
              <Icon name="signOut" />
              {say`Sign out everywhere`}
            </button>
          </div>
        </form>
      </Panel>
    </Layout>,
  );
}

/** Each language under its own name, so that whoever reads none of the others finds theirs. */
const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

function LanguageChoice({ frame }: { readonly frame: PageFrame }) {
  const chosen = frame.viewer?.language;
  return (
    <Panel title={say`Language`}>
      <form class="row" method="post" action="/account/language">
        <CsrfField csrf={frame.csrf} />
        <label class="row-main">
          {say`The console speaks`}{" "}
          <select class="select" name="language">
            <option value="" selected={chosen === undefined}>
              {say`as the browser asks`}
            </option>
            {languages.map((language) => (
              <option key={language} value={language} selected={chosen === language}>
                {languageNames[language]}
              </option>
            ))}
          </select>
        </label>
        <div class="row-end">
          <button type="submit" class="button">
            {say`Use this language`}
          </button>
        </div>
      </form>
    </Panel>
  );
}

function Who({ frame: { viewer }, accounts }: AccountPageProps) {
  const facts: readonly (readonly [string, string])[] = [
    [say`Name`, viewer?.name ?? ""],
    [say`E-mail`, viewer?.email ?? sayAs("address")`none`],
    [say`Roles`, viewer?.roles.join(", ") || say`no role yet`],
    [say`Chat accounts`, sayAccounts(accounts)],
  ];
  return (
    <Panel
      title={say`You`}
      beside={<span class="note">{say`an admin changes these under People`}</span>}
    >
      <dl class="facts facts-small">
        {facts.map(([word, value]) => (
          <div key={word} class="fact">
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Say with which chat accounts somebody votes. */
export function sayAccounts(accounts: readonly LinkedAccount[]): string {
  if (accounts.length === 0) return say`no chat account yet`;
  return accounts
    .map(({ id, shownName }) => {
      const [platform, , user = ""] = id.split(" ");
      return `${platformNames[platform === "slack" ? "slack" : "teams"]} ${shownName ?? user}`;
    })
    .join(", ");
}

function Remove({ frame }: { readonly frame: PageFrame }) {
  return (
    <form method="post" action="/account/password/remove">
      <CsrfField csrf={frame.csrf} />
      <button type="submit" class="button button-small">
        {sayNodes`Remove${<span class="sr-only"> {say`the password and go on with links`}</span>}`}
      </button>
    </form>
  );
}
