import type { ComponentChildren } from "preact";

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** What is wrong, by the field. */
  readonly errors: ReadonlyMap<string, string>;
  readonly help?: string;
  readonly children: ComponentChildren;
}

/** One field of a form: what it is called, its control, what is wrong with what was typed, and what helps. */
export function Field({ name, label, errors, help, children }: FieldProps) {
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
      {help === undefined ? null : (
        <p class="note" id={`${name}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** What ties a control to what `Field` says below it. */
export function aboutField(errors: ReadonlyMap<string, string>, name: string, hasHelp = false) {
  const ids = [
    ...(errors.has(name) ? [`${name}-error`] : []),
    ...(hasHelp ? [`${name}-help`] : []),
  ];
  return {
    ...(errors.has(name) ? ({ "aria-invalid": "true" } as const) : {}),
    ...(ids.length > 0 ? { "aria-describedby": ids.join(" ") } : {}),
  };
}
