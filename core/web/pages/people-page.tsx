import type { OpenApproval } from "../../domain/approval.ts";
import {
  type Group,
  type LinkedAccount,
  type Person,
  type Role,
  roles,
} from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import { sayAccounts } from "./account-page.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import { platformNames, type ShownAccount } from "./link-page.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

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
  | { readonly kind: "link"; readonly name: string; readonly url: string }
  /** With the open requests that too few people are left to approve (G11). */
  | {
      readonly kind: "suspended";
      readonly name: string;
      readonly stranded: readonly Pick<OpenApproval, "id" | "title">[];
    };

/** What this page shows. */
export interface PeoplePageProps {
  readonly frame: PageFrame;
  readonly people: readonly PersonLine[];
  readonly groups: readonly Group[];
  readonly waiting: readonly WaitingLine[];
  readonly note?: PeopleNote | undefined;
  /** What was typed for somebody new and not taken. */
  readonly typed?:
    | { readonly name: string; readonly email: string; readonly roles: readonly Role[] }
    | undefined;
}

/** Draw `/people`: accounts that wait for an admin first, then everybody, groups, and a way to invite somebody. */
export function renderPeoplePage(props: PeoplePageProps): string {
  const { frame, people, waiting, note, typed } = props;
  return renderPage(
    <Layout
      title={say`People`}
      frame={frame}
      section="people"
      heading={<h1>{say`People`}</h1>}
      styles={["/assets/people.css"]}
    >
      {note ? <Note note={note} /> : null}
      {waiting.length === 0 ? null : <Waiting frame={frame} waiting={waiting} />}
      <Panel title={say`People`} beside={<span class="note">{people.length}</span>}>
        <ul class="rows">
          {people.map((line) => (
            <Line key={line.person.id} line={line} />
          ))}
        </ul>
      </Panel>
      <Groups {...props} />
      <Add frame={frame} typed={typed} />
    </Layout>,
  );
}

/** Say what the last step led to. */
export function Note({ note }: { readonly note: PeopleNote }) {
  switch (note.kind) {
    case "said":
      return (
        <Callout tone={note.tone} icon={note.tone === "ok" ? "check" : "alert"}>
          {note.text}
        </Callout>
      );
    case "link":
      return (
        <Callout tone="ok" icon="check">
          {sayNodes`Send this link to ${note.name} in private. It signs in once, within 24 hours, and is shown here alone: ${<code class="one-time-link">{note.url}</code>}`}
        </Callout>
      );
    case "suspended":
      return <SuspendedNote {...note} />;
  }
}

function SuspendedNote({ name, stranded }: Extract<PeopleNote, { readonly kind: "suspended" }>) {
  return (
    <Callout
      tone={stranded.length === 0 ? "ok" : "warn"}
      icon={stranded.length === 0 ? "check" : "alert"}
    >
      <p>{say`${name} is suspended: sessions, keys and links have ended. Votes that were counted stay.`}</p>
      {stranded.length === 0 ? (
        <p>{say`No open request is left without approvers.`}</p>
      ) : (
        <>
          <p>
            {say`Too few people are left to approve these. Put somebody into their group, or cancel them:`}
          </p>
          <ul class="stranded">
            {stranded.map(({ id, title }) => (
              <li key={id}>
                <a href={`/approvals/${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Callout>
  );
}

function Waiting({ frame, waiting }: Pick<PeoplePageProps, "frame" | "waiting">) {
  return (
    <Panel title={say`Accounts to confirm`} beside={<span class="note">{waiting.length}</span>}>
      <ul class="rows">
        {waiting.map(({ id, account, person, because, at }) => (
          <li key={id} class="row">
            <div class="row-main">
              <div class="row-title">
                {account.email === undefined
                  ? say`${platformNames[account.platform]} account ${account.name} is to be ${person}’s`
                  : say`${platformNames[account.platform]} account ${account.name}, ${account.email} is to be ${person}’s`}
              </div>
              <div class="quiet">
                {because} {say`Ask ${person} in person before you confirm.`}{" "}
                {say`Workspace ${account.workspace}`}, <span class="mono">{account.user}</span>,{" "}
                <Time at={at} now={frame.now} />
              </div>
            </div>
            <form class="row-end" method="post" action={`/people/links/${id}`}>
              <CsrfField csrf={frame.csrf} />
              <button type="submit" class="button button-small" name="as" value="linked">
                <Icon name="check" />
                {say`Confirm`}
              </button>
              <button type="submit" class="button button-small" name="as" value="refused">
                <Icon name="cross" />
                {say`Refuse`}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Line({ line }: { readonly line: PersonLine }) {
  const { person, accounts } = line;
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <a class="row-title" href={`/people/${person.id}`}>
            {person.name}
          </a>
          {person.suspended ? (
            <>
              {" "}
              <span class="badge badge-bad">
                <Icon name="ban" />
                {say`Suspended`}
              </span>
            </>
          ) : null}
        </div>
        <div class="quiet">
          {[person.email, person.roles.join(", ") || say`no role yet`, sayAccounts(accounts)]
            .filter((part) => part !== undefined)
            .join(" · ")}
        </div>
      </div>
    </li>
  );
}

function Groups({ groups, people }: PeoplePageProps) {
  const names = new Map(people.map(({ person }) => [person.id, person.name]));
  return (
    <Panel
      title={say`Groups`}
      beside={<span class="note">{groups.length}</span>}
      end={
        <a class="button button-small" href="/people/groups/new">
          <Icon name="plus" />
          {say`New group`}
        </a>
      }
    >
      {groups.length === 0 ? (
        <p class="panel-body quiet">
          {say`None yet. A group is what policies ask: everybody in it may decide.`}
        </p>
      ) : (
        <ul class="rows">
          {groups.map(({ id, name, members }) => (
            <li key={id} class="row">
              <div class="row-main">
                <a class="row-title" href={`/people/groups/${id}`}>
                  {name}
                </a>
                <div class="quiet">
                  {members.map((member) => names.get(member) ?? member).join(", ") ||
                    say`nobody yet`}
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What each role lets somebody do, in a few words (SURFACE §9). */
const roleWords: Readonly<Record<Role, () => string>> = {
  admin: () => say`workspaces, people, keys, settings`,
  router: () => say`rules, destinations, redeliveries`,
  auditor: () => say`sees everything, changes nothing`,
  approver: () => say`decides what asks them`,
};

/** The roles, as boxes to tick. */
export function RoleBoxes({ held }: { readonly held: readonly Role[] }) {
  return (
    <fieldset class="roles">
      <legend class="label">{say`Roles`}</legend>
      {roles.map((role) => (
        <label key={role}>
          <input type="checkbox" name="roles" value={role} checked={held.includes(role)} />
          <span>
            {role} <span class="note">{roleWords[role]()}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Add({ frame, typed }: Pick<PeoplePageProps, "frame" | "typed">) {
  return (
    <Panel title={say`Invite somebody`}>
      <form class="panel-body person-form" method="post" action="/people">
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="name">
            {say`Name`}
          </label>
          <input
            id="name"
            class="input"
            name="name"
            value={typed?.name ?? ""}
            required
            maxLength={100}
            autocomplete="off"
          />
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
            value={typed?.email ?? ""}
            maxLength={254}
            aria-describedby="email-note"
          />
          <span class="note" id="email-note">
            {say`Optional. Slack and Teams accounts with the same verified address link at once.`}
          </span>
        </div>
        <RoleBoxes held={typed?.roles ?? ["approver"]} />
        <button type="submit" class="button button-primary">
          {say`Invite and make a sign-in link`}
        </button>
      </form>
    </Panel>
  );
}
