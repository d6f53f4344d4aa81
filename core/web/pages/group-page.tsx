import type { PersonId } from "../../domain/ids.ts";
import type { Group, Person } from "../../domain/person.ts";
import { say, sayAs } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";

/** What this page shows. */
export interface GroupPageProps {
  readonly frame: PageFrame;
  /** Absent for one that is being made. */
  readonly group: Group | undefined;
  readonly name: string;
  readonly members: ReadonlySet<PersonId>;
  readonly people: readonly Person[];
  /** Policies that ask this group. */
  readonly policies: readonly string[];
  readonly mistake: string | undefined;
  readonly saved: boolean;
}

/** Draw `/people/groups/{id}`: who belongs to a group, and which policies ask it. */
export function renderGroupPage(props: GroupPageProps): string {
  const { frame, group, name, mistake, policies, saved } = props;
  return renderPage(
    <Layout
      title={group ? say`Group ${group.name}` : say`New group`}
      frame={frame}
      section="people"
      heading={<h1>{group ? group.name : say`New group`}</h1>}
      styles={["/assets/people.css"]}
    >
      <p class="quiet">
        {sayNodes`${<a href="/people">{say`People`}</a>} · a group is what policies ask: everybody in it may decide.`}
      </p>
      {mistake === undefined ? null : (
        <Callout tone="warn" icon="alert">
          {mistake}
        </Callout>
      )}
      {saved && mistake === undefined ? (
        <Callout tone="ok" icon="check">
          {say`Saved. It holds from now on, also for requests that are open.`}
        </Callout>
      ) : null}
      <Panel
        title={say`Members`}
        beside={
          <span class="note">
            {policies.length === 0
              ? say`no policy asks it`
              : `${sayAs("group")`asked by`} ${policies.join(", ")}`}
          </span>
        }
      >
        <form
          class="panel-body person-form"
          method="post"
          action={`/people/groups/${group?.id ?? "new"}`}
        >
          <CsrfField csrf={frame.csrf} />
          <input type="hidden" name="revision" value={group?.revision ?? 0} />
          <div class="field">
            <label class="label" for="name">
              {say`Name`}
            </label>
            <input id="name" class="input" name="name" value={name} required maxLength={100} />
          </div>
          <Members {...props} />
          <div class="buttons">
            <button type="submit" class="button button-primary" name="step" value="save">
              {group ? say`Save` : say`Make the group`}
            </button>
            {group ? (
              <button type="submit" class="button" name="step" value="remove">
                <Icon name="trash" />
                {say`Remove the group`}
              </button>
            ) : null}
          </div>
        </form>
      </Panel>
    </Layout>,
  );
}

function Members({ people, members }: GroupPageProps) {
  return (
    <fieldset class="members">
      <legend class="label">{say`Who belongs to it`}</legend>
      {people.map((person) => (
        <label key={person.id}>
          <input
            type="checkbox"
            name="members"
            value={person.id}
            checked={members.has(person.id)}
          />
          <span>
            {person.name}
            <span class="note">
              {person.email === undefined ? "" : ` ${person.email}`}
              {person.suspended ? ` ${say`suspended`}` : ""}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
