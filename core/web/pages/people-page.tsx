import type { LinkedAccount, Person } from "../../domain/person.ts";
import { roles } from "../../domain/person.ts";
import { sayAccounts } from "./account-page.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import { platformNames, type ShownAccount } from "./link-page.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** Somebody of the hub, with their chat accounts. */
export interface PersonLine {
  readonly person: Person;
  readonly accounts: readonly LinkedAccount[];
}

/** A chat account that waits for an admin: whose it shall be, and why an admin is asked. */
export interface WaitingLine {
  readonly id: string;
  readonly account: ShownAccount;
  readonly person: string;
  readonly because: string;
  readonly at: Date;
}

/** What the last step on this page led to. */
export type PeopleNote =
  | { readonly kind: "said"; readonly tone: "ok" | "warn"; readonly text: string }
  | { readonly kind: "link"; readonly name: string; readonly url: string };

/** What this page shows. */
export interface PeoplePageProps {
  readonly frame: PageFrame;
  readonly people: readonly PersonLine[];
  readonly waiting: readonly WaitingLine[];
  readonly note?: PeopleNote | undefined;
}

/** Draw `/people`: accounts that wait for an admin first, then everybody, then a way to add somebody. */
export function renderPeoplePage({ frame, people, waiting, note }: PeoplePageProps): string {
  return renderPage(
    <Layout
      title="People"
      frame={frame}
      section="people"
      heading={<h1>People</h1>}
      styles={["/assets/people.css"]}
    >
      {note ? <Note note={note} /> : null}
      {waiting.length === 0 ? null : <Waiting frame={frame} waiting={waiting} />}
      <Panel title="People" beside={<span class="note">{people.length}</span>}>
        <ul class="rows">
          {people.map((line) => (
            <Line key={line.person.id} frame={frame} line={line} />
          ))}
        </ul>
      </Panel>
      <Add frame={frame} />
    </Layout>,
  );
}

function Note({ note }: { readonly note: PeopleNote }) {
  if (note.kind === "said") {
    return (
      <Callout tone={note.tone} icon={note.tone === "ok" ? "check" : "alert"}>
        {note.text}
      </Callout>
    );
  }
  return (
    <Callout tone="ok" icon="check">
      Send this link to {note.name} in private. It signs in once, within 30 minutes:{" "}
      <code class="one-time-link">{note.url}</code>
    </Callout>
  );
}

function Waiting({ frame, waiting }: Pick<PeoplePageProps, "frame" | "waiting">) {
  return (
    <Panel title="Accounts to confirm" beside={<span class="note">{waiting.length}</span>}>
      <ul class="rows">
        {waiting.map(({ id, account, person, because, at }) => (
          <li key={id} class="row">
            <div class="row-main">
              <div class="row-title">
                {platformNames[account.platform]} account {account.name}
                {account.email === undefined ? "" : `, ${account.email}`} is to be {person}’s
              </div>
              <div class="quiet">
                {because} Ask {person} in person before you confirm. Workspace {account.workspace},{" "}
                <span class="mono">{account.user}</span>, <Time at={at} now={frame.now} />
              </div>
            </div>
            <form class="row-end" method="post" action={`/people/links/${id}`}>
              <CsrfField csrf={frame.csrf} />
              <button type="submit" class="button button-small" name="as" value="linked">
                <Icon name="check" />
                Confirm
              </button>
              <button type="submit" class="button button-small" name="as" value="refused">
                <Icon name="cross" />
                Refuse
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Line({ frame, line }: { readonly frame: PageFrame; readonly line: PersonLine }) {
  const { person, accounts } = line;
  const own = person.id === frame.viewer?.id;
  return (
    <li class="row">
      <div class="row-main">
        <div class="row-title">
          {person.name}
          {person.suspended ? (
            <>
              {" "}
              <span class="badge badge-bad">
                <Icon name="ban" />
                Suspended
              </span>
            </>
          ) : null}
        </div>
        <div class="quiet">
          {[person.email, person.roles.join(", ") || "no role yet", sayAccounts(accounts)]
            .filter((part) => part !== undefined)
            .join(" · ")}
        </div>
      </div>
      <form class="row-end" method="post" action={`/people/${person.id}`}>
        <CsrfField csrf={frame.csrf} />
        {person.suspended ? (
          <button type="submit" class="button button-small" name="step" value="restore">
            Restore<span class="sr-only"> {person.name}</span>
          </button>
        ) : (
          <>
            <button type="submit" class="button button-small" name="step" value="invite">
              Sign-in link<span class="sr-only"> for {person.name}</span>
            </button>
            {own ? null : (
              <button type="submit" class="button button-small" name="step" value="suspend">
                Suspend<span class="sr-only"> {person.name}</span>
              </button>
            )}
          </>
        )}
      </form>
    </li>
  );
}

function Add({ frame }: { readonly frame: PageFrame }) {
  return (
    <Panel title="Add somebody">
      <form class="panel-body person-form" method="post" action="/people">
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="name">
            Name
          </label>
          <input id="name" class="input" name="name" required maxLength={100} autocomplete="off" />
        </div>
        <div class="field">
          <label class="label" for="email">
            E-mail address
          </label>
          <input id="email" class="input" name="email" type="email" maxLength={254} />
          <span class="note">
            Slack and Teams accounts with the same verified address link at once.
          </span>
        </div>
        <fieldset class="roles">
          <legend class="label">Roles</legend>
          {roles.map((role) => (
            <label key={role}>
              <input
                type="checkbox"
                name="roles"
                value={role}
                {...(role === "approver" ? { checked: true } : {})}
              />{" "}
              {role}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button button-primary">
          Add and make a sign-in link
        </button>
      </form>
    </Panel>
  );
}
