import { type ConditionOperator, takesNoValue } from "../../routing/condition-list.ts";
import { say } from "../../words/say.ts";
import type { FormErrors, FormLine, RuleForm } from "../routing/rule-form.ts";
import type { SeenField } from "../routing/seen-fields.ts";
import { Icon } from "./icons.tsx";

/** What each operator is called, in the order in which they are offered. */
const operatorWords: Readonly<Record<ConditionOperator, () => string>> = {
  is: () => say`is one of`,
  is_not: () => say`is not`,
  starts_with: () => say`starts with`,
  ends_with: () => say`ends with`,
  looks_like: () => say`looks like (*)`,
  is_in_any_case: () => say`is, in any case`,
  not_starts_with: () => say`does not start with`,
  not_ends_with: () => say`does not end with`,
  not_looks_like: () => say`does not look like (*)`,
  not_in_any_case: () => say`is not, in any case`,
  above: () => say`is more than`,
  at_least: () => say`is at least`,
  below: () => say`is less than`,
  at_most: () => say`is at most`,
  number: () => say`is the number`,
  in_network: () => say`lies in the network`,
  is_there: () => say`is there`,
  is_absent: () => say`is absent`,
};
const operators = Object.entries(operatorWords) as readonly [ConditionOperator, () => string][];

interface RuleLinesProps {
  readonly form: RuleForm;
  readonly errors: FormErrors;
  readonly seen: readonly SeenField[];
  /** The line in which somebody goes on typing. */
  readonly focus?: number | undefined;
}

/** The conditions of a rule as lines: field, operator, value. */
export function RuleLines({ form, errors, seen, focus }: RuleLinesProps) {
  const lines: readonly FormLine[] =
    form.lines.length === 0 ? [{ field: "", operator: "is", value: "" }] : form.lines;
  return (
    <>
      <div class="lines-head">
        <span class="label" id="joined-label">
          {say`and`}
        </span>
        <select class="input joined" name="joined" aria-labelledby="joined-label">
          <option value="all" selected={form.joined === "all"}>
            {say`all of these are true`}
          </option>
          <option value="any" selected={form.joined === "any"}>
            {say`at least one of these is true`}
          </option>
        </select>
      </div>
      <ol
        class="lines"
        id="lines"
        data-say-field={say`Field of condition ${"#"}`}
        data-say-operator={say`Comparison of condition ${"#"}`}
        data-say-value={say`Value of condition ${"#"}`}
        data-say-remove={say`Remove condition ${"#"}`}
      >
        {lines.map((line, at) => (
          <Line
            key={String(at)}
            line={line}
            at={at}
            error={errors.get(`line-${at}`)}
            seen={seen.find(({ field }) => field === line.field)}
            focus={focus === at}
          />
        ))}
      </ol>
      {errors.has("lines") ? <p class="field-error">{errors.get("lines")}</p> : null}
      <datalist id="seen-fields">
        {seen.map(({ field }) => (
          <option key={field} value={field} />
        ))}
      </datalist>
    </>
  );
}

interface LineProps {
  readonly line: FormLine;
  readonly at: number;
  readonly error: string | undefined;
  readonly seen: SeenField | undefined;
  readonly focus: boolean;
}

function Line({ line, at, error, seen, focus }: LineProps) {
  const number = at + 1;
  const wrong = error === undefined ? {} : ({ "aria-invalid": "true" } as const);
  const said = error === undefined ? {} : { "aria-describedby": `line-${at}-error` };
  return (
    <li class="line">
      <input
        class="input mono line-field"
        name="field"
        list="seen-fields"
        value={line.field}
        aria-label={say`Field of condition ${number}`}
        placeholder="data.environment"
        autocomplete="off"
        spellcheck={false}
        autofocus={focus}
        maxLength={200}
        {...wrong}
        {...said}
      />
      <select
        class="input line-operator"
        name="operator"
        aria-label={say`Comparison of condition ${number}`}
      >
        {operators.map(([operator, word]) => (
          <option key={operator} value={operator} selected={operator === line.operator}>
            {word()}
          </option>
        ))}
      </select>
      <input
        class={`input line-value${takesNoValue(line.operator) ? " line-no-value" : ""}`}
        name="value"
        list={`seen-values-${at}`}
        value={line.value}
        aria-label={say`Value of condition ${number}`}
        placeholder="production, staging"
        autocomplete="off"
        spellcheck={false}
        maxLength={2000}
        {...wrong}
        {...said}
      />
      <button
        type="submit"
        class="icon-button line-remove"
        name="do"
        value={`remove-${at}`}
        title={say`Remove this condition`}
        formnovalidate
      >
        <Icon name="trash" />
        <span class="sr-only">{say`Remove condition ${number}`}</span>
      </button>
      <datalist id={`seen-values-${at}`}>
        {(seen?.values ?? []).map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {error === undefined ? null : (
        <p class="field-error line-note" id={`line-${at}-error`}>
          {error}
        </p>
      )}
      {seen && seen.values.length > 0 ? (
        <p class="note line-note">
          {say`Seen lately:`}{" "}
          {seen.values
            .slice(0, 6)
            .map(({ value, times }) => `${value} ${times}`)
            .join(", ")}
        </p>
      ) : null}
    </li>
  );
}
