import type { ComponentChildren } from "preact";
import { freshMinutes } from "../../domain/sign-on-proof.ts";
import type { PolicyUser } from "../../hub/policies.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import type { PolicyText } from "../../routing/policy-schema.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { sayPolicyTerms } from "./policies-page.tsx";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What was typed of a policy. */
export type PolicyForm = Omit<PolicyText, "approvers" | "votes" | "rejections"> & {
  readonly groups: readonly string[];
  readonly people: string;
  readonly anyone: boolean;
  readonly votes: string;
  readonly rejections: string;
};

/** What this page shows. */
export interface PolicyPageProps {
  readonly frame: PageFrame;
  readonly form: PolicyForm;
  /** As it stands; absent for a new one. */
  readonly stored?: StoredPolicy | undefined;
  /** The revision that the form was drawn from; 0 for a new one. */
  readonly revision: number;
  readonly groups: readonly string[];
  readonly people: readonly string[];
  readonly versions: readonly StoredPolicy[];
  readonly users: readonly PolicyUser[];
  /** What is wrong, by the field. */
  readonly errors: ReadonlyMap<string, string>;
  /** Somebody saved it meanwhile, and the form stands on top of that. */
  readonly meanwhile?: string | undefined;
}

/** Draw the form of one policy, with its versions. */
export function renderPolicyPage(props: PolicyPageProps): string {
  const { frame, stored, errors, meanwhile } = props;
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/policies" styles={["/assets/rule-editor.css"]}>
      <p class="crumbs">
        <a href="/settings/policies">{say`Policies`}</a> <span aria-hidden="true">/</span>{" "}
        {stored?.policy.name ?? say`New policy`}
      </p>
      {meanwhile === undefined ? null : (
        <Callout tone="warn" icon="alert">
          <strong>{meanwhile}</strong>{" "}
          {say`What you typed stands below, on top of that version; saving again takes its place.`}
        </Callout>
      )}
      {errors.size > 0 ? (
        <Callout tone="bad" icon="cross">
          <strong>{say`Nothing was saved.`}</strong>{" "}
          {errors.get("") ?? say`Correct the fields that say what is wrong.`}
        </Callout>
      ) : null}
      <PolicyFields {...props} />
      {stored ? <Versions {...props} /> : null}
      {stored ? <Removal {...props} stored={stored} /> : null}
    </SettingsLayout>,
  );
}

function PolicyFields(props: PolicyPageProps) {
  const { frame, form, stored, errors, revision } = props;
  return (
    <form class="panel panel-body stack" method="post" action="/settings/policies">
      <CsrfField csrf={frame.csrf} />
      <input type="hidden" name="revision" value={revision} />
      {stored ? (
        <input type="hidden" name="name" value={stored.policy.name} />
      ) : (
        <Field
          name="name"
          label={say`Name`}
          errors={errors}
          help={say`Rules and pins say it, so it stays.`}
        >
          <input
            class="input"
            id="name"
            name="name"
            value={form.name}
            maxLength={100}
            {...marked(errors, "name")}
          />
        </Field>
      )}
      <Approvers {...props} />
      <div class="rule-pair">
        <Field name="votes" label={say`Distinct people who must approve`} errors={errors}>
          <input
            class="input tabular"
            id="votes"
            name="votes"
            type="number"
            min={1}
            max={20}
            value={form.votes}
            {...marked(errors, "votes")}
          />
        </Field>
        <Field name="rejections" label={say`Who end it by rejecting`} errors={errors}>
          <input
            class="input tabular"
            id="rejections"
            name="rejections"
            type="number"
            min={1}
            max={20}
            value={form.rejections}
            {...marked(errors, "rejections")}
          />
        </Field>
      </div>
      <div class="rule-pair">
        <Choice
          name="reason"
          label={say`A reason is asked for`}
          value={form.reason}
          options={{
            none: say`never`,
            on_reject: say`on reject`,
            on_approve: say`on approve`,
            both: say`on both`,
          }}
        />
        <Field name="expires_in" label={say`Time to decide`} errors={errors} help="30m, 24h, 7d">
          <input
            class="input"
            id="expires_in"
            name="expires_in"
            value={form.expires_in}
            maxLength={10}
            {...marked(errors, "expires_in")}
          />
        </Field>
      </div>
      <div class="rule-pair">
        <Choice
          name="requester"
          label={say`Who asks`}
          value={form.requester}
          options={{ optional: say`may be unknown`, required: say`has to be a known person` }}
        />
        <Choice
          name="self"
          label={say`The requester`}
          value={String(form.self)}
          options={{ false: say`may not vote`, true: say`may vote` }}
        />
      </div>
      <Proof {...props} />
      <Surfaces {...props} />
      <div class="editor-buttons">
        <a class="button button-quiet" href="/settings/policies">
          {say`Discard`}
        </a>
        <button type="submit" class="button button-primary">
          {stored ? say`Save as version ${stored.policy.version + 1}` : say`Save the policy`}
        </button>
      </div>
      <p class="note">{say`Requests that are open keep the version under which they were opened.`}</p>
    </form>
  );
}

function Proof({ form, errors }: PolicyPageProps) {
  return (
    <>
      <Choice
        name="assurance"
        label={say`A vote is proven by`}
        value={form.assurance}
        options={{
          click: say`a click of a known person`,
          sso: say`a single sign-on of the last ${freshMinutes} minutes, on the web alone`,
        }}
      />
      {errors.has("assurance") ? <p class="field-error">{errors.get("assurance")}</p> : null}
    </>
  );
}

const surfaceWords = {
  slack: () => "Slack",
  teams: () => "Teams",
  web: () => say`the web`,
  api: () => say`the API`,
} as const;

function Surfaces({ form, errors }: PolicyPageProps) {
  return (
    <fieldset class="field places-field">
      <legend class="label">{say`Where people may decide`}</legend>
      <div class="place-choices">
        {(["slack", "teams", "web", "api"] as const).map((surface) => (
          <label key={surface} class="place-choice">
            <input
              type="checkbox"
              name="via"
              value={surface}
              checked={form.via.includes(surface)}
            />
            {surfaceWords[surface]()}
          </label>
        ))}
      </div>
      {errors.has("via") ? <p class="field-error">{errors.get("via")}</p> : null}
    </fieldset>
  );
}

function Approvers({ form, groups, people, errors }: PolicyPageProps) {
  return (
    <fieldset class="field places-field">
      <legend class="label">{say`Who may decide`}</legend>
      <div class="place-choices">
        <label class="place-choice">
          <input type="checkbox" name="anyone" value="true" checked={form.anyone} />
          {say`any approver`}
        </label>
        {groups.map((name) => (
          <label key={name} class="place-choice">
            <input
              type="checkbox"
              name="groups"
              value={name}
              checked={form.groups.includes(name)}
            />
            <span class="place">{say`group`}</span>
            {name}
          </label>
        ))}
      </div>
      <label class="note" for="people">
        {say`and these people, by e-mail address or name, with commas`}
      </label>
      <input
        class="input"
        id="people"
        name="people"
        list="known-people"
        value={form.people}
        maxLength={4_000}
        autocomplete="off"
        {...marked(errors, "approvers")}
      />
      <datalist id="known-people">
        {people.map((person) => (
          <option key={person} value={person} />
        ))}
      </datalist>
      {errors.has("approvers") ? (
        <p class="field-error" id="approvers-error">
          {errors.get("approvers")}
        </p>
      ) : null}
    </fieldset>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly errors: PolicyPageProps["errors"];
  readonly help?: string;
  readonly children: ComponentChildren;
}

function Field({ name, label, errors, help, children }: FieldProps) {
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      {children}
      {errors.has(name) ? (
        <p class="field-error" id={`${name}-error`}>
          {errors.get(name)}
        </p>
      ) : null}
      {help === undefined ? null : <p class="note">{help}</p>}
    </div>
  );
}

const marked = (errors: PolicyPageProps["errors"], name: string) =>
  errors.has(name)
    ? ({ "aria-invalid": "true", "aria-describedby": `${name}-error` } as const)
    : {};

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      <select class="input" id={name} name={name}>
        {Object.entries(options).map(([option, word]) => (
          <option key={option} value={option} selected={option === value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

function Versions({ versions, frame }: PolicyPageProps) {
  return (
    <Panel title={say`Versions`} end={<span class="note">{say`kept for ever`}</span>}>
      <ol class="rows">
        {versions.map(({ policy, author, savedAt }) => (
          <li key={String(policy.version)} class="row">
            <div class="row-main">
              <div class="strong">{say`Version ${policy.version}`}</div>
              <div>{sayPolicyTerms(policy)}</div>
              <div class="note">
                {author ?? say`came with the hub`}
                {savedAt ? (
                  <>
                    , <Time at={savedAt} now={frame.now} />
                  </>
                ) : null}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Removal({ frame, stored, users }: PolicyPageProps & { readonly stored: StoredPolicy }) {
  return (
    <Panel title={say`Remove`}>
      <div class="panel-body stack-small">
        {users.length > 0 ? (
          <p>
            {say`It stays while something names it: ${users.map(({ kind, name }) => (kind === "pin" ? say`pin ${name}` : say`rule ${name}`)).join(", ")}.`}
          </p>
        ) : (
          <form method="post" action="/settings/policies/remove">
            <CsrfField csrf={frame.csrf} />
            <input type="hidden" name="name" value={stored.policy.name} />
            <input type="hidden" name="revision" value={stored.revision} />
            <button type="submit" class="button button-bad-outline">
              <Icon name="trash" />
              {say`Remove ${stored.policy.name}`}
            </button>
          </form>
        )}
      </div>
    </Panel>
  );
}
