import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";

/** A button of a card, as a client of Teams draws it. */
export interface Button {
  /** The verb that it sends; `open` for a link. */
  readonly action: string;
  readonly label: string;
  readonly style: string;
  readonly kind: "execute" | "open";
  readonly url?: string;
  /** What goes along with the verb. */
  readonly sends: JsonObject;
  /** What a client sends that knows no Action.Execute. */
  readonly submit?: JsonObject;
  /** What is filled in first: the form that an Action.ShowCard opens, or the card itself where it has fields. */
  readonly form?: JsonObject;
}

/** One field of a form. */
export interface Field {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly regex?: string;
  readonly maxLength?: number;
  readonly errorMessage: string;
}

/** Find all buttons of a card: its own actions and those of its action sets. */
export function buttonsOf(card: JsonObject | undefined): readonly Button[] {
  if (!card) return [];
  const sets = objects(card["body"]).filter((element) => element["type"] === "ActionSet");
  const buttons = [card, ...sets].flatMap((holder) => objects(holder["actions"]));
  const form = fieldsOf(card).length === 0 ? {} : { form: card };
  return buttons
    .flatMap(readAction)
    .map((one) => (one.kind === "open" ? one : { ...form, ...one }));
}

/** Find a button by its verb; `approve` and `reject` find one by its style where no verb says so. */
export function findButton(card: JsonObject | undefined, wanted: string): Button | undefined {
  const buttons = buttonsOf(card);
  const styles: Readonly<Record<string, string>> = { approve: "positive", reject: "destructive" };
  return (
    buttons.find(({ action }) => action === wanted) ??
    buttons.find(({ style }) => style === styles[wanted])
  );
}

/** Find the fields of a form. */
export function fieldsOf(form: JsonObject | undefined): readonly Field[] {
  return objects(form?.["body"])
    .filter((element) => text(element["type"]).startsWith("Input."))
    .map((input) => ({
      id: text(input["id"]),
      label: text(input["label"]),
      required: input["isRequired"] === true,
      errorMessage: text(input["errorMessage"]),
      ...(typeof input["regex"] === "string" ? { regex: input["regex"] } : {}),
      ...(typeof input["maxLength"] === "number" ? { maxLength: input["maxLength"] } : {}),
    }));
}

/** Check what was typed, as the client does before it sends. Answers what it shows at the field. */
export function fieldError(field: Field, typed: string | undefined): string | undefined {
  const value = typed ?? "";
  const wrong =
    (field.required && value === "") ||
    (value !== "" && field.regex !== undefined && !new RegExp(field.regex, "u").test(value)) ||
    (field.maxLength !== undefined && value.length > field.maxLength);
  return wrong ? field.errorMessage || "This field is not filled in as it should be." : undefined;
}

function readAction(action: JsonObject): readonly Button[] {
  const label = text(action["title"]);
  const style = text(action["style"]);
  switch (action["type"]) {
    case "Action.Execute":
      return [
        {
          kind: "execute",
          action: text(action["verb"]),
          label,
          style,
          sends: object(action["data"]),
          ...(isJsonObject(action["fallback"]) ? { submit: action["fallback"] } : {}),
        },
      ];
    case "Action.ShowCard": {
      const form = object(action["card"]);
      const [send] = buttonsOf(form);
      return send ? [{ ...send, label, style, form }] : [];
    }
    case "Action.OpenUrl":
      return [{ kind: "open", action: "open", label, style, url: text(action["url"]), sends: {} }];
    default:
      return [];
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const objects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
