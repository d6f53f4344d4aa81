import { leastPassword, type PasswordMistake } from "../../people/passwords.ts";
import { say } from "../../words/say.ts";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField } from "./parts.tsx";

/** What is wrong with a form about a password, and where. */
export interface PasswordFormMistake {
  readonly field: PasswordMistake["field"] | "current" | "again";
  readonly message: string;
}

/** What the form that sets a password shows. */
export interface PasswordFormProps {
  readonly frame: PageFrame;
  /** Where it is sent. */
  readonly action: string;
  /** The name to sign in with, as it stands or was typed. */
  readonly name: string;
  /** The present password is asked for. */
  readonly asksCurrent: boolean;
  readonly mistake?: PasswordFormMistake | undefined;
  readonly button: string;
}

/** A name to sign in with and a new password, typed twice. Passwords are typed anew after a mistake; the name stays. */
export function PasswordForm(props: PasswordFormProps) {
  const { frame, action, name, asksCurrent, mistake, button } = props;
  const secret = (field: "current" | "password" | "again", label: string, note?: string) => (
    <Field field={field} label={label} mistake={mistake} note={note} />
  );
  return (
    <form class="person-form" method="post" action={action}>
      <CsrfField csrf={frame.csrf} />
      <Field
        field="name"
        label={say`Name or e-mail address to sign in with`}
        mistake={mistake}
        value={name}
      />
      {asksCurrent ? secret("current", say`Present password`) : null}
      {secret(
        "password",
        say`New password`,
        say`At least ${leastPassword} characters. A few words are easy to remember and hard to guess.`,
      )}
      {secret("again", say`The same again`)}
      <button type="submit" class="button button-primary">
        {button}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly field: PasswordFormMistake["field"];
  readonly label: string;
  readonly mistake: PasswordFormMistake | undefined;
  readonly note?: string | undefined;
  /** Given for what may be shown. */
  readonly value?: string;
}

const completes = {
  name: "username",
  current: "current-password",
  password: "new-password",
  again: "new-password",
} as const;

function Field({ field, label, mistake, note, value }: FieldProps) {
  const error = mistake?.field === field ? mistake.message : undefined;
  const told =
    error === undefined ? (note === undefined ? undefined : `${field}-note`) : `${field}-error`;
  const look = {
    id: field,
    class: "input",
    name: field,
    required: true,
    autocomplete: completes[field],
    ...(error === undefined ? {} : { "aria-invalid": "true" as const }),
    ...(told === undefined ? {} : { "aria-describedby": told }),
  };
  return (
    <div class="field">
      <label class="label" for={field}>
        {label}
      </label>
      {value === undefined ? (
        <input type="password" maxLength={200} {...look} />
      ) : (
        <input type="text" maxLength={254} value={value} {...look} />
      )}
      {error === undefined ? null : (
        <p class="field-error" id={`${field}-error`}>
          {error}
        </p>
      )}
      {note === undefined || error !== undefined ? null : (
        <span class="note" id={`${field}-note`}>
          {note}
        </span>
      )}
    </div>
  );
}
