import { freshMinutes } from "../../domain/sign-on-proof.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import type { PolicyText } from "../../routing/policy-schema.ts";
import { say } from "../../words/say.ts";
import { aboutField, Field } from "./field.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField } from "./parts.tsx";
import { saySurface, surfaces } from "./policy-words.ts";

/** What was typed of a policy. */
export type PolicyForm = Omit<PolicyText, "approvers" | "votes" | "rejections"> & {
  readonly groups: readonly string[];
  readonly people: string;
  readonly anyone: boolean;
  readonly votes: string;
  readonly rejections: string;
};

/** What the fields of a policy are drawn from. */
export interface PolicyFieldsProps {
  readonly frame: PageFrame;
  readonly form: PolicyForm;
  /** As it stands; absent for a new one. */
  readonly stored?: StoredPolicy | undefined;
  /** The revision that the form was drawn from; 0 for a new one. */
  readonly revision: number;
  /** Names to choose from. */
  readonly groups: readonly string[];
  readonly people: readonly string[];
  /** What is wrong, by the field. */
  readonly errors: ReadonlyMap<string, string>;
}

/** All fields of one policy, and what saves them. */
export function PolicyFields(props: PolicyFieldsProps) {
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
            {...aboutField(errors, "name", true)}
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
            {...aboutField(errors, "votes")}
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
            {...aboutField(errors, "rejections")}
          />
        </Field>
      </div>
      <div class="rule-pair">
        <Choice
          name="reason"
          label={say`A reason is asked for`}
          errors={errors}
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
            {...aboutField(errors, "expires_in", true)}
          />
        </Field>
      </div>
      <Voters {...props} />
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

/** Who asks, whether they vote too, and what a vote takes. */
function Voters({ form, errors }: PolicyFieldsProps) {
  return (
    <>
      <div class="rule-pair">
        <Choice
          name="requester"
          label={say`Who asks`}
          errors={errors}
          value={form.requester}
          options={{ optional: say`may be unknown`, required: say`has to be a known person` }}
        />
        <Choice
          name="self"
          label={say`The requester`}
          errors={errors}
          value={String(form.self)}
          options={{ false: say`may not vote`, true: say`may vote` }}
        />
      </div>
      <Choice
        name="assurance"
        label={say`A vote is proven by`}
        errors={errors}
        value={form.assurance}
        options={{
          click: say`a click of a known person`,
          sso: say`a single sign-on of the last ${freshMinutes} minutes, on the web alone`,
        }}
      />
    </>
  );
}

function Surfaces({ form, errors }: PolicyFieldsProps) {
  return (
    <fieldset class="field places-field">
      <legend class="label">{say`Where people may decide`}</legend>
      <div class="place-choices">
        {surfaces.map((surface) => (
          <label key={surface} class="place-choice">
            <input
              type="checkbox"
              name="via"
              value={surface}
              checked={form.via.includes(surface)}
            />
            {saySurface(surface)}
          </label>
        ))}
      </div>
      {errors.has("via") ? <p class="field-error">{errors.get("via")}</p> : null}
    </fieldset>
  );
}

function Approvers({ form, groups, people, errors }: PolicyFieldsProps) {
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
        {...aboutField(errors, "approvers")}
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

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** What is wrong, by the field. */
  readonly errors: ReadonlyMap<string, string>;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
}

function Choice({ name, label, errors, value, options }: ChoiceProps) {
  return (
    <Field name={name} label={label} errors={errors}>
      <select class="input" id={name} name={name} {...aboutField(errors, name)}>
        {Object.entries(options).map(([option, word]) => (
          <option key={option} value={option} selected={option === value}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}
