import { say } from "../../words/say.ts";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField } from "./parts.tsx";

/** What stands in the fields of a producer. */
export interface TypedProducer {
  readonly name: string;
  readonly callback: string;
  /** One host a line. */
  readonly hosts: string;
  readonly mayNamePolicies: boolean;
  /** Address of its records. */
  readonly records: string;
}

export interface ProducerFormProps {
  readonly frame: PageFrame;
  readonly action: string;
  readonly button: string;
  readonly typed?: TypedProducer | undefined;
  readonly mistake?: { readonly field: string; readonly message: string } | undefined;
  /** The host of the address that is kept; the address itself is shown to nobody. */
  readonly keptHost?: string | undefined;
  /** The revision that the form was drawn from. */
  readonly revision?: number | undefined;
}

const nothing: TypedProducer = {
  name: "",
  callback: "",
  hosts: "",
  mayNamePolicies: false,
  records: "",
};

/** A producer's fields, with one save. */
export function ProducerForm({
  frame,
  action,
  button,
  typed = nothing,
  mistake,
  keptHost,
  revision,
}: ProducerFormProps) {
  const wrong = (field: string) => (mistake?.field === field ? mistake.message : undefined);
  return (
    <form class="panel-body settings-form" method="post" action={action}>
      <CsrfField csrf={frame.csrf} />
      {revision === undefined ? null : <input type="hidden" name="revision" value={revision} />}
      <Field name="name" label={say`Name`} value={typed.name} error={wrong("name")}>
        {say`As it stands on cards: “from ci”.`}
      </Field>
      <Field
        name="callback"
        label={say`Callback address`}
        value={typed.callback}
        error={wrong("callback")}
        placeholder={
          keptHost === undefined ? "https://ci.example/hooks" : say`on ${keptHost}, kept`
        }
      >
        {keptHost === undefined
          ? say`Where decisions are told, signed. Leave it empty for none.`
          : say`It may hold a secret, so it is not shown. Leave it empty to keep it.`}
      </Field>
      {keptHost === undefined ? null : (
        <label class="check">
          <input type="checkbox" name="forget_callback" value="yes" />
          <span>{say`Call it back nowhere any more`}</span>
        </label>
      )}
      <label class="field">
        <span class="label">{say`Callback hosts`}</span>
        <textarea
          class="input hosts"
          name="hosts"
          rows={2}
          aria-describedby="hosts-note"
          {...refused(wrong("callback_hosts"))}
        >
          {typed.hosts}
        </textarea>
        <FieldError text={wrong("callback_hosts")} />
        <span class="note" id="hosts-note">
          {say`An event may name another address for its own callback, on these hosts. One a line.`}
        </span>
      </label>
      <Field
        name="records"
        label={say`Address of its records`}
        value={typed.records}
        error={wrong("records")}
      >
        {say`Open on a card leads behind it: to https://cmdb.example/tickets/7 for the link /tickets/7. Without it, cards lead to this hub.`}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          name="may_name_policies"
          value="yes"
          checked={typed.mayNamePolicies}
        />
        <span>{say`Its events may name the policy of their approval`}</span>
      </label>
      <div>
        <button type="submit" class="button button-primary">
          {button}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly placeholder?: string;
  readonly children: string;
}

function Field({ name, label, value, error, placeholder, children }: FieldProps) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        class="input"
        name={name}
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        {...refused(error)}
      />
      <FieldError text={error} />
      <span class="note">{children}</span>
    </label>
  );
}

/** Marks the control of what was refused, and leads there: its form may stand far down the page. */
export const refused = (error: string | undefined) =>
  error === undefined ? {} : ({ "aria-invalid": "true", autofocus: true } as const);

/** What is wrong with a field, under it. */
export function FieldError({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <span class="field-error" role="alert">
      {text}
    </span>
  );
}
