import type { ComponentChildren } from "preact";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Callout, Time } from "./parts.tsx";
import { sayNodes } from "./say-nodes.ts";

/** Whether the address that a platform is told of leads here. */
export type AddressVerdict = "public" | "this_machine" | "not_set";

/** The number of a step of setting up, or its tick. */
export function Step({ number, done }: { readonly number: number; readonly done: boolean }) {
  return (
    <span class={done ? "setup-number setup-number-done" : "setup-number"}>
      {done ? <Icon name="check" /> : number}
      {done ? <span class="sr-only">{say`Done`}</span> : null}
    </span>
  );
}

interface KeyInputProps {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "password" | "date";
  /** What stands in it; never a secret. */
  readonly typed: string | undefined;
  /** It is set already, and stays when the field is left empty. */
  readonly kept: boolean;
  readonly error: string | undefined;
  readonly optional?: boolean;
  readonly help?: string;
}

/** A field for a value that a platform's own page shows. */
export function KeyInput(props: KeyInputProps) {
  const { name, label, type, typed, kept, error, optional = false, help } = props;
  const told = [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ");
  const look = {
    class: type === "date" ? "input" : "input mono",
    id: name,
    name,
    ...(type === "date" ? {} : { autocomplete: "off", spellcheck: false, maxLength: 200 }),
    ...(kept ? { placeholder: say`stays as it is when left empty` } : { required: !optional }),
    ...(error === undefined ? {} : { "aria-invalid": "true" as const }),
    ...(told === "" ? {} : { "aria-describedby": told }),
  };
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      {type === "password" ? <input type="password" {...look} /> : null}
      {type === "date" ? <input type="date" value={typed} {...look} /> : null}
      {type === "text" ? <input type="text" value={typed} {...look} /> : null}
      {error === undefined ? null : (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
      {help === undefined ? null : (
        <p class="note" id={`${name}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** A line to type elsewhere: it can be copied. */
export function CopyLine({ line }: { readonly line: string }) {
  return (
    <span class="copy-line">
      <code>{line}</code>
      <button type="button" class="icon-button" data-copy={line} title={say`Copy ${line}`} hidden>
        <Icon name="copy" />
        <span class="sr-only">{sayNodes`Copy ${line}`}</span>
      </button>
    </span>
  );
}

interface RefusedCallProps {
  readonly platform: "slack" | "teams";
  readonly call: { readonly at: Date; readonly because: string } | undefined;
  readonly now: Date;
}

/** What a real call showed of keys that cannot be tried: the last one that was not genuine. */
export function RefusedCallNote({ platform, call, now }: RefusedCallProps) {
  if (!call) return null;
  const { cause, next } = troubleOf(platform, call.because, "", languageNow());
  return (
    <Callout tone="warn" icon="alert">
      {sayNodes`Refused ${<Time at={call.at} now={now} />}: ${cause} ${next} ${<code>{call.because}</code>}`}
    </Callout>
  );
}

/** What the last step on a page of setting up led to. */
export function FlashNote({
  tone,
  children,
}: {
  readonly tone: "ok" | "warn" | "bad";
  readonly children: ComponentChildren;
}) {
  return (
    <Callout tone={tone} icon={tone === "ok" ? "check" : "alert"}>
      {children}
    </Callout>
  );
}
