import type { Group, LinkedAccount, Person, Role } from "../../domain/person.ts";
import type { IssuerAccount } from "../../ports/small-records.ts";
import { say, sayAs } from "../../words/say.ts";
import { sayAccounts } from "./account-page.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, Panel, ShortId, Time } from "./parts.tsx";
import { Note, type PeopleNote, RoleBoxes } from "./people-page.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** The form as it stands or was typed. */
export interface PersonForm {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** The revision that was read; it stays while a mistake is corrected. */
  readonly revision: number;
  readonly mistake?: { readonly field: "name" | "email" | "roles"; readonly message: string };
}

/** What this page shows. */
export interface PersonPageProps {
  readonly frame: PageFrame;
  readonly person: Person;
  readonly accounts: readonly LinkedAccount[];
  /** Accounts at issuers of single sign-on. */
  readonly issuerAccounts?: readonly IssuerAccount[];
  readonly groups: readonly Group[];
  readonly hasPassword: boolean;
  readonly form: PersonForm;
  readonly note?: PeopleNote | undefined;
}

/** Draw `/people/{id}`: who somebody is, what they may, and how they come in. */
export function renderPersonPage(props: PersonPageProps): string {
  const { frame, person, note } = props;
  return renderPage(
    <Layout
      title={person.name}
      frame={frame}
      section="people"
      heading={<h1>{person.name}</h1>}
      headingEnd={<ShortId id={person.id} />}
      styles={["/assets/people.css"]}
    >
      <p class="quiet">
        <a href="/people">{say`People`}</a>
        {person.suspended ? (
          <> {sayNodes`· suspended ${<Time at={person.suspended.at} now={frame.now} />}`}</>
        ) : null}
      </p>
      {note ? <Note note={note} /> : null}
      <Details {...props} />
      <Ways {...props} />
      <IssuerAccounts {...props} />
    </Layout>,
  );
}

function Details({ frame, person, form }: PersonPageProps) {
  const wrong = (field: "name" | "email" | "roles") =>
    form.mistake?.field === field ? form.mistake.message : undefined;
  const marked = (field: "name" | "email") =>
    wrong(field) === undefined
      ? {}
      : { "aria-invalid": "true" as const, "aria-describedby": `${field}-error` };
  const error = (field: "name" | "email" | "roles") => {
    const message = wrong(field);
    return message === undefined ? null : (
      <p class="field-error" id={`${field}-error`}>
        {message}
      </p>
    );
  };
  return (
    <Panel title={say`Details`}>
      <form class="panel-body person-form" method="post" action={`/people/${person.id}`}>
        <CsrfField csrf={frame.csrf} />
        <input type="hidden" name="revision" value={form.revision} />
        <div class="field">
          <label class="label" for="name">
            {say`Name`}
          </label>
          <input
            id="name"
            class="input"
            name="name"
            value={form.name}
            required
            maxLength={100}
            {...marked("name")}
          />
          {error("name")}
        </div>
        <div class="field">
          <label class="label" for="email">
            {say`E-mail address`}
          </label>
          <input
            id="email"
            class="input"
            name="email"
            type="email"
            value={form.email}
            maxLength={254}
            {...marked("email")}
          />
          {error("email")}
        </div>
        <RoleBoxes held={form.roles} />
        {error("roles")}
        <button type="submit" class="button button-primary" name="step" value="save">
          {say`Save`}
        </button>
      </form>
    </Panel>
  );
}

function Ways({ frame, person, accounts, groups, hasPassword }: PersonPageProps) {
  const own = person.id === frame.viewer?.id;
  return (
    <Panel
      title={say`Ways in`}
      beside={
        <span class="note">
          {hasPassword ? say`has a password` : say`no password: signs in by links`}
        </span>
      }
    >
      <dl class="facts facts-small">
        <div class="fact">
          <dt>{say`Chat`}</dt>
          <dd>{sayAccounts(accounts)}</dd>
        </div>
        <div class="fact">
          <dt>{say`Groups`}</dt>
          <dd>
            {groups.length === 0
              ? sayAs("group")`none`
              : groups.map(({ id, name }, index) => (
                  <span key={id}>
                    {index === 0 ? "" : ", "}
                    <a href={`/people/groups/${id}`}>{name}</a>
                  </span>
                ))}
          </dd>
        </div>
      </dl>
      <form class="panel-body buttons" method="post" action={`/people/${person.id}`}>
        <CsrfField csrf={frame.csrf} />
        {person.suspended ? (
          <button type="submit" class="button" name="step" value="restore">
            {say`Let ${person.name} in again`}
          </button>
        ) : (
          <>
            <button type="submit" class="button" name="step" value="invite">
              {say`Make a sign-in link`}
            </button>
            {own ? null : (
              <button type="submit" class="button button-bad-outline" name="step" value="suspend">
                <Icon name="ban" />
                {say`Suspend`}
              </button>
            )}
            <p class="note">{say`Suspending ends sessions, keys, links and votes at once.`}</p>
          </>
        )}
      </form>
    </Panel>
  );
}

/** The accounts by which single sign-on knows somebody, each with the way to take it away. */
function IssuerAccounts({ frame, person, issuerAccounts = [] }: PersonPageProps) {
  if (issuerAccounts.length === 0) return null;
  return (
    <Panel title={say`Single sign-on`}>
      <ul class="rows">
        {issuerAccounts.map(({ id, issuer, subject, linkedAt }) => (
          <li key={id} class="row">
            <div class="row-main">
              <p class="row-title">{new URL(issuer).host}</p>
              <p class="note">
                <code>{subject}</code> {sayNodes`since ${<Time at={linkedAt} now={frame.now} />}`}
              </p>
            </div>
            <form class="row-end" method="post" action={`/people/${person.id}`}>
              <CsrfField csrf={frame.csrf} />
              <input type="hidden" name="account" value={id} />
              <button type="submit" class="button" name="step" value="unlink">
                {say`Take away`}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <p class="panel-foot note">
        {say`Taking one away signs the person out everywhere. An account that comes again is found by its verified e-mail address.`}
      </p>
    </Panel>
  );
}
