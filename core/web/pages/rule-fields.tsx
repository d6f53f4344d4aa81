import type { DestinationKind } from "../../domain/destination.ts";
import { levels } from "../../domain/event.ts";
import type { Policy } from "../../domain/policy.ts";
import { say, sayAs } from "../../words/say.ts";
import type { FormErrors, RuleForm } from "../routing/rule-form.ts";
import type { SeenField } from "../routing/seen-fields.ts";
import { aboutField, Field } from "./field.tsx";
import { Icon } from "./icons.tsx";
import { RuleLines } from "./rule-lines.tsx";
import { sayNodes } from "./say-nodes.ts";

/** What the fields of a rule are drawn from. */
export interface RuleFieldsProps {
  readonly form: RuleForm;
  readonly errors: FormErrors;
  readonly destinations: readonly { readonly name: string; readonly kind: DestinationKind }[];
  readonly policies: readonly Policy[];
  /** Types of the catalogue and of the latest events. */
  readonly types: readonly string[];
  readonly seen: readonly SeenField[];
  /** Why the pattern stands as JSON, or cannot be switched. */
  readonly why?: string | undefined;
  /** Types of this rule that are pinned, with the policy. */
  readonly pinned: readonly (readonly [type: string, policy: string])[];
  readonly focus?: number | undefined;
  /** How many rules there are besides this one. */
  readonly others: number;
}

/** All fields of one rule. */
export function RuleFields(props: RuleFieldsProps) {
  const { form, errors, types } = props;
  return (
    <>
      <div class="rule-top">
        <Field name="name" label={say`Rule`} errors={errors}>
          <input
            class="input"
            id="name"
            name="name"
            value={form.name}
            maxLength={100}
            autocomplete="off"
            placeholder={say`Production deploys`}
            {...aboutField(errors, "name")}
          />
        </Field>
        <Field name="place" label={say`Place`} errors={errors}>
          <input
            class="input tabular"
            id="place"
            name="place"
            type="number"
            min={1}
            max={props.others + 1}
            value={form.place}
            {...aboutField(errors, "place")}
          />
        </Field>
      </div>
      <div class="rule-top">
        <Field
          name="types"
          label={say`When the event type is`}
          errors={errors}
          help={say`A whole type, or a beginning with a star: deploy.*. Several with commas.`}
        >
          <input
            class="input mono"
            id="types"
            name="types"
            list="known-types"
            value={form.types}
            maxLength={4000}
            autocomplete="off"
            spellcheck={false}
            placeholder="deploy.*"
            {...aboutField(errors, "types", true)}
          />
          <datalist id="known-types">
            {types.map((type) => (
              <option key={type} value={type} />
            ))}
          </datalist>
        </Field>
        <Field name="level" label={say`from level`} errors={errors}>
          <select class="input" id="level" name="level">
            <option value="">{say`any`}</option>
            {levels.map((level) => (
              <option key={level} value={level} selected={level === form.level}>
                {level}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <PatternFields {...props} />
      <Expression {...props} />
      <Places {...props} />
      <Then {...props} />
    </>
  );
}

function PatternFields(props: RuleFieldsProps) {
  const { form, errors, why } = props;
  return (
    <div class="pattern-fields">
      <input type="hidden" name="mode" value={form.mode} />
      {form.mode === "json" ? (
        <>
          {form.lines.map((line, at) => (
            <span key={String(at)} hidden>
              <input type="hidden" name="field" value={line.field} />
              <input type="hidden" name="operator" value={line.operator} />
              <input type="hidden" name="value" value={line.value} />
            </span>
          ))}
          <input type="hidden" name="joined" value={form.joined} />
          <Field name="json" label={say`and this event pattern matches`} errors={errors}>
            <textarea
              class="input mono json-input"
              id="json"
              name="json"
              rows={10}
              spellcheck={false}
              maxLength={20000}
              {...aboutField(errors, "json")}
            >
              {form.json}
            </textarea>
          </Field>
        </>
      ) : (
        <>
          <input type="hidden" name="json" value={form.json} />
          <RuleLines form={form} errors={errors} seen={props.seen} focus={props.focus} />
        </>
      )}
      {why === undefined ? null : (
        <p class="note" role="status">
          {why}
        </p>
      )}
      <div class="pattern-buttons">
        {form.mode === "lines" ? (
          <button
            type="submit"
            class="button button-small"
            name="do"
            value="add"
            id="add-line"
            formnovalidate
          >
            <Icon name="plus" />
            {say`Add condition`}
          </button>
        ) : null}
        <button
          type="submit"
          class="button button-small button-quiet"
          name="do"
          value={form.mode === "lines" ? "json" : "lines"}
          formnovalidate
        >
          {form.mode === "lines" ? say`Write it as JSON` : say`Show it as fields`}
        </button>
      </div>
    </div>
  );
}

function Expression({ form, errors }: RuleFieldsProps) {
  return (
    <details class="expression" open={form.when !== "" || errors.has("when")}>
      <summary>{say`Use an expression`}</summary>
      <Field
        name="when"
        label={say`and this is true`}
        errors={errors}
        help={say`CEL over the event, asked only where all else fits: event.data.amount > 1000.0`}
      >
        <input
          class="input mono"
          id="when"
          name="when"
          value={form.when}
          maxLength={1000}
          autocomplete="off"
          spellcheck={false}
          {...aboutField(errors, "when", true)}
        />
      </Field>
    </details>
  );
}

const kindWords: Readonly<Record<string, string>> = { slack: "Slack", teams: "Teams" };

function Places({ form, errors, destinations }: RuleFieldsProps) {
  const known = new Set(destinations.map(({ name }) => name));
  const gone = form.to.filter((name) => !known.has(name));
  return (
    <fieldset
      class="field places-field"
      {...(errors.has("to") ? { "aria-describedby": "to-error" } : {})}
    >
      <legend class="label">{say`Send to`}</legend>
      <div class="place-choices">
        {destinations.map(({ name, kind }) => (
          <label key={name} class="place-choice">
            <input type="checkbox" name="to" value={name} checked={form.to.includes(name)} />
            <span class={`place place-${kind}`}>{kindWords[kind] ?? kind}</span>
            <span>{name}</span>
          </label>
        ))}
        {gone.map((name) => (
          <label key={name} class="place-choice">
            <input type="checkbox" name="to" value={name} checked />
            <span class="place">{say`gone`}</span>
            <span>{name}</span>
          </label>
        ))}
      </div>
      {destinations.length === 0 ? (
        <p class="note">
          {sayNodes`There is no destination yet. ${<a href="/workspaces">{say`Connect a workspace`}</a>} and choose a channel first.`}
        </p>
      ) : null}
      {errors.has("to") ? (
        <p class="field-error" id="to-error">
          {errors.get("to")}
        </p>
      ) : null}
    </fieldset>
  );
}

function Then({ form, errors, policies, pinned }: RuleFieldsProps) {
  return (
    <div class="rule-pair">
      <Field
        name="policy"
        label={say`Ask for approval`}
        errors={errors}
        help={
          pinned.length === 0
            ? say`Not pinned. An admin can pin a policy, so that no rule weakens it.`
            : pinned
                .map(
                  ([type, policy]) =>
                    say`${type} is pinned to ${policy} by an admin; no rule changes that.`,
                )
                .join(" ")
        }
      >
        <select class="input" id="policy" name="policy" {...aboutField(errors, "policy", true)}>
          <option value="">{say`no: for information`}</option>
          {policies.map(({ name, version, votes }) => (
            <option key={name} value={name} selected={name === form.policy}>
              {votes === 1
                ? say`${name} · v${version}, 1 vote`
                : say`${name} · v${version}, ${votes} votes`}
            </option>
          ))}
          {form.policy !== "" && !policies.some(({ name }) => name === form.policy) ? (
            <option value={form.policy} selected>
              {say`${form.policy} · gone`}
            </option>
          ) : null}
        </select>
      </Field>
      <fieldset class="field">
        <legend class="label">{say`After this rule`}</legend>
        <div class="radios">
          <label class="radio">
            <input type="radio" name="afterwards" value="stop" checked={!form.continues} />{" "}
            {sayAs("rule")`stop`}
          </label>
          <label class="radio">
            <input type="radio" name="afterwards" value="continue" checked={form.continues} />{" "}
            {sayAs("rule")`continue`}
          </label>
        </div>
      </fieldset>
    </div>
  );
}
