import type { ComponentChildren } from "preact";
import type { Destination, HookKind } from "../../../domain/destination.ts";
import { type Language, languages } from "../../../domain/message.ts";
import type { WishTrouble } from "../../../hub/destination-wish.ts";
import type { ConfigField } from "../../../ports/destination-hook.ts";
import { say } from "../../../words/say.ts";
import type { TypedPlace } from "../../places/form.ts";
import type { PageFrame } from "../page-frame.ts";
import { CsrfField, Panel } from "../parts.tsx";
import { TypeChoice } from "./type-choice.tsx";

/** What the form shows. */
export interface PlaceFormProps {
  readonly frame: PageFrame;
  readonly action: string;
  readonly kind: HookKind | "channel";
  readonly fields: readonly ConfigField[];
  /** How the stored secrets are shown, by the keys of their fields. */
  readonly shown: Readonly<Record<string, string>>;
  readonly typed: TypedPlace;
  readonly troubles: readonly WishTrouble[];
  readonly typeNames: readonly string[];
  /** Other destinations, for fallback and test target. */
  readonly others: readonly Destination[];
  /** The revision that was read; absent on a new one. */
  readonly revision?: number | undefined;
}

/** The form of a destination: one list of fields, test and preview beside one save. */
export function PlaceForm(props: PlaceFormProps & { readonly children?: ComponentChildren }) {
  const { frame, action, kind, fields, typed, revision, typeNames, children } = props;
  return (
    <form id="place-form" class="stack" method="post" action={action}>
      <CsrfField csrf={frame.csrf} />
      {revision === undefined ? null : <input type="hidden" name="revision" value={revision} />}
      <Panel title={kind === "channel" ? say`Name` : say`Where it leads`}>
        <div class="panel-body stack">
          <Text
            {...props}
            name="name"
            trouble="name"
            label={say`Name`}
            value={typed.name}
            help={say`What rules say: letters of any script, digits, space and # - _ . › /`}
            required
          />
          {fields.map((field) => (
            <SettingField key={field.key} {...props} field={field} />
          ))}
        </div>
      </Panel>
      {children}
      <TypeChoice
        kind={kind}
        typed={typed}
        typeNames={typeNames}
        trouble={troubleAt(props, "types")}
      />
      <Panel title={say`Live events`}>
        <div class="panel-body stack">
          <State {...props} />
          <Pick {...props} name="test_target" label={say`Test target`} value={typed.testTarget}>
            {say`In test, everything goes there and nothing here.`}
          </Pick>
          <Pick {...props} name="fallback" label={say`Fallback`} value={typed.fallback}>
            {say`Where messages go while this one takes none; without one they are held.`}
          </Pick>
          <LanguageChoice {...props} />
        </div>
      </Panel>
      <Panel
        title={say`Labels`}
        beside={<span class="note">{say`they explain and filter, nothing else`}</span>}
      >
        <div class="panel-body place-labels">
          <Text {...props} name="description" label={say`Description`} value={typed.description} />
          <Text {...props} name="application" label={say`Application`} value={typed.application} />
          <Text {...props} name="environment" label={say`Environment`} value={typed.environment} />
        </div>
      </Panel>
      <Actions {...props} />
    </form>
  );
}

const troubleAt = ({ troubles }: Pick<PlaceFormProps, "troubles">, key: string) =>
  troubles.find((one) => one.key === key)?.text;

function Actions({ kind, typed, typeNames, revision }: PlaceFormProps) {
  const isHook = kind !== "channel";
  return (
    <div class="panel place-actions">
      <div class="field">
        <label class="label" for="sample">
          {say`Test with`}
        </label>
        <select class="input" id="sample" name="sample">
          <option value="">{say`a plain hello`}</option>
          {typeNames.map((name) => (
            <option key={name} value={name} selected={name === typed.sample}>
              {say`the sample of ${name}`}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button" name="do" value="test">
        {isHook ? say`Test what is typed` : say`Send a test`}
      </button>
      {kind === "webhook" ? (
        <button type="submit" class="button" name="do" value="preview">
          {say`Preview`}
        </button>
      ) : null}
      <button type="submit" class="button button-primary push" name="do" value="save">
        {revision === undefined ? say`Save destination` : say`Save changes`}
      </button>
    </div>
  );
}

interface TextProps extends Pick<PlaceFormProps, "troubles"> {
  readonly name: string;
  readonly trouble?: string;
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly required?: boolean;
}

function Text({ troubles, name, trouble = name, label, value, help, required }: TextProps) {
  const said = troubleAt({ troubles }, trouble);
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      <input
        class="input"
        id={name}
        name={name}
        value={value}
        maxLength={200}
        autocomplete="off"
        {...(required ? { required: true } : {})}
        {...described(name, said, help)}
      />
      <Said name={name} said={said} help={help} />
    </div>
  );
}

const described = (name: string, said: string | undefined, help: string | undefined) => {
  const ids = [said && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ");
  return {
    ...(ids === "" ? {} : { "aria-describedby": ids }),
    ...(said ? { "aria-invalid": "true" as const } : {}),
  };
};

function Said({
  name,
  said,
  help,
}: {
  readonly name: string;
  readonly said: string | undefined;
  readonly help: string | undefined;
}) {
  return (
    <>
      {said ? (
        <p class="field-error" id={`${name}-error`}>
          {said}
        </p>
      ) : null}
      {help ? (
        <p class="note" id={`${name}-help`}>
          {help}
        </p>
      ) : null}
    </>
  );
}

function SettingField({ field, ...props }: PlaceFormProps & { readonly field: ConfigField }) {
  const { key, label, help, secret, required } = field;
  const name = `field_${key}`;
  const kept = secret ? props.shown[key] : undefined;
  const said = troubleAt(props, key);
  const hint = kept ? `${help} ${say`Stored now: ${kept.replaceAll("\n", ", ")}.`}` : help;
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
        {required ? "" : <span class="note"> {say`optional`}</span>}
      </label>
      <Control
        field={field}
        value={props.typed.values[key] ?? ""}
        about={{
          ...{ id: name, name },
          ...(kept ? { placeholder: say`leave empty to keep what is stored` } : {}),
          ...described(name, said, hint),
        }}
      />
      <Said name={name} said={said} help={hint} />
    </div>
  );
}

/** The control in which one setting is typed or chosen. */
function Control({
  field: { input, choices, most },
  value,
  about,
}: {
  readonly field: ConfigField;
  readonly value: string;
  readonly about: Readonly<Record<string, string>>;
}) {
  if (choices) {
    return (
      <select class="input place-short" {...about}>
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === value}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  const plain = { maxLength: most, autocomplete: "off", spellcheck: false, ...about };
  if (input === "headers" || input === "body") {
    return (
      <textarea class="input mono" rows={input === "body" ? 10 : 3} {...plain}>
        {value}
      </textarea>
    );
  }
  const isNumber = input === "seconds";
  return (
    <input
      class={isNumber ? "input place-short" : "input mono"}
      inputMode={isNumber ? "numeric" : "url"}
      value={value}
      {...plain}
    />
  );
}

const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

function LanguageChoice({ typed }: PlaceFormProps) {
  return (
    <div class="field">
      <label class="label" for="language">
        {say`Language`}
      </label>
      <select class="input" id="language" name="language" aria-describedby="language-help">
        {languages.map((language) => (
          <option key={language} value={language} selected={language === typed.language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
      <p class="note" id="language-help">
        {say`In which cards, notes and private answers are written there. What producers write stays as it is.`}
      </p>
    </div>
  );
}

const states = () =>
  [
    ["active", say`Active`, say`live events go out`],
    [
      "disabled",
      say`Switched off`,
      say`live events stop here, types and settings stay; tests still arrive`,
    ],
    ["test", say`In test`, say`everything goes to the test target, nothing here`],
  ] as const;

function State({ typed }: PlaceFormProps) {
  return (
    <fieldset class="place-choices">
      <legend class="label">{say`State`}</legend>
      {states().map(([value, word, says]) => (
        <label key={value} class="choice">
          <input type="radio" name="state" value={value} checked={typed.state === value} />
          <span>
            {word} <span class="note">{says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Pick({
  name,
  label,
  value,
  others,
  troubles,
  children,
}: PlaceFormProps & {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly children: string;
}) {
  const said = troubleAt({ troubles }, name);
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      <select class="input" id={name} name={name} {...described(name, said, children)}>
        <option value="">{say`none`}</option>
        {others.map((one) => (
          <option key={one.id} value={one.id} selected={one.id === value}>
            {one.name}
          </option>
        ))}
      </select>
      <Said name={name} said={said} help={children} />
    </div>
  );
}
