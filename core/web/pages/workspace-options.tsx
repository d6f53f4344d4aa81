import { say, sayAs } from "../../words/say.ts";
import { CsrfField, Panel } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";
import type { WorkspacePageProps } from "./workspace-page.tsx";
import { isOver } from "./workspace-trouble.tsx";

/** What an admin chooses for a workspace: its default channel, whom it knows, who may read along. */
export function Options({ frame, view, destinations }: WorkspacePageProps) {
  const { record } = view;
  return (
    <Panel title={say`Options`}>
      <form
        class="panel-body stack options"
        method="post"
        action={`/workspaces/${view.id}/options`}
      >
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="default">
            {say`Default channel`}
          </label>
          <select class="input" id="default" name="default" aria-describedby="default-help">
            {record.defaultDestination === undefined ? (
              <option value="">{sayAs("channel")`none yet`}</option>
            ) : null}
            {destinations.map(({ id, name }) => (
              <option key={id} value={id} selected={id === record.defaultDestination}>
                {name}
              </option>
            ))}
          </select>
          <p class="note" id="default-help">
            {say`Messages for a channel that is broken go there, with a note.`}
          </p>
        </div>
        <Choice
          name="email"
          checked={record.matchByEmail === true}
          label={say`Know people by their e-mail address`}
          help={say`Somebody whose verified address in ${view.name} is that of a person here may decide without linking first. Guests never.`}
        />
        <Choice
          name="outsiders"
          checked={record.allowOutsiders === true}
          label={say`Allow requests in channels with people of other companies`}
          help={say`They see what is asked and decided. Deciding stays with linked people of this workspace.`}
        />
        <p>
          <button type="submit" class="button button-primary">
            {say`Save options`}
          </button>
        </p>
      </form>
    </Panel>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly label: string;
  readonly help: string;
}

function Choice({ name, checked, label, help }: ChoiceProps) {
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={name}
        name={name}
        value="on"
        checked={checked}
        aria-describedby={`${name}-help`}
      />
      <div>
        <label class="label" for={name}>
          {label}
        </label>
        <p class="note" id={`${name}-help`}>
          {help}
        </p>
      </div>
    </div>
  );
}

/** The way out: what ends with it, and what stays. */
export function Disconnect({ frame, view }: WorkspacePageProps) {
  if (isOver(view)) return null;
  return (
    <Panel title={say`Disconnect`}>
      <details class="panel-body disconnect">
        <summary>{sayNodes`Disconnect ${view.name}…`}</summary>
        <form class="stack-small" method="post" action={`/workspaces/${view.id}/disconnect`}>
          <CsrfField csrf={frame.csrf} />
          <p>
            {sayNodes`Countersign gives its grant back and forgets its tokens. Cards in ${view.name} stay as they are and answer no more; requests can still be decided here and on other platforms.`}
          </p>
          <p>
            {sayNodes`Kept: destinations, rules, the default channel, linked people. Messages for ${view.name} are held, and sent after a reconnect.`}
          </p>
          <p>
            <button type="submit" class="button button-bad">
              {sayNodes`Disconnect ${view.name}`}
            </button>
          </p>
        </form>
      </details>
    </Panel>
  );
}
