import type { HookKind } from "../../../domain/destination.ts";
import { say } from "../../../words/say.ts";
import type { TypedPlace } from "../../places/form.ts";
import { Panel } from "../parts.tsx";

/** Which event types go out here: toggles of all that are known, and a line for others and beginnings. */
export function TypeChoice({
  kind,
  typed,
  typeNames,
  trouble,
}: {
  readonly kind: HookKind | "channel";
  readonly typed: TypedPlace;
  readonly typeNames: readonly string[];
  readonly trouble: string | undefined;
}) {
  const others = typed.types.filter((type) => type !== "*" && !typeNames.includes(type));
  const chosen = typed.types.filter((type) => typeNames.includes(type)).length;
  return (
    <Panel title={say`Event types`} beside={<span class="note">{say`asked after the rules`}</span>}>
      <div class="panel-body stack">
        {trouble ? (
          <p class="field-error" id="types-error">
            {trouble}
          </p>
        ) : null}
        {kind === "channel" ? (
          <label class="choice">
            <input type="checkbox" name="all_types" checked={typed.allTypes} />
            <span>
              {say`Every type that rules bring`}{" "}
              <span class="note">{say`take this off to choose single types below`}</span>
            </span>
          </label>
        ) : (
          <label class="choice">
            <input type="checkbox" name="types" value="*" checked={typed.types.includes("*")} />
            <span>
              {say`Every type that rules bring`}{" "}
              <span class="note">{say`also those that come later`}</span>
            </span>
          </label>
        )}
        <details open={chosen > 0 || trouble !== undefined}>
          <summary>
            {say`Single types`}{" "}
            <span class="note">{chosen === 0 ? say`none chosen` : say`${chosen} chosen`}</span>
          </summary>
          <fieldset class="place-types">
            <legend class="sr-only">{say`Single event types`}</legend>
            {typeNames.map((name) => (
              <label key={name} class="choice">
                <input
                  type="checkbox"
                  name="types"
                  value={name}
                  checked={typed.types.includes(name)}
                />
                <code>{name}</code>
              </label>
            ))}
          </fieldset>
        </details>
        <div class="field">
          <label class="label" for="other_types">
            {say`Others and beginnings`} <span class="note">{say`optional`}</span>
          </label>
          <input
            class="input mono"
            id="other_types"
            name="other_types"
            value={others.join(" ")}
            placeholder="deploy.* invoice.paid"
            autocomplete="off"
            spellcheck={false}
            aria-describedby={trouble ? "types-error types-help" : "types-help"}
          />
          <p class="note" id="types-help">
            {say`With a space between; a star ends a beginning.`}
          </p>
        </div>
      </div>
    </Panel>
  );
}
