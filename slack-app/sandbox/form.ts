import type { View } from "./dialogs.ts";

type Thing = Readonly<Record<string, unknown>>;

/** One text field of a dialog. */
export interface FormField {
  readonly block: string;
  readonly action: string;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly optional: boolean;
}

const thing = (value: unknown): Thing =>
  typeof value === "object" && value !== null ? (value as Thing) : {};
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const numberOr = (value: unknown, other: number) => (typeof value === "number" ? value : other);

/** List the text fields of a dialog. */
export function fieldsOf(view: View): readonly FormField[] {
  const blocks = Array.isArray(view["blocks"]) ? view["blocks"].map(thing) : [];
  return blocks
    .filter((block) => block["type"] === "input")
    .map((block, index) => {
      const element = thing(block["element"]);
      const block_id = textOf(block["block_id"]) || `block-${index}`;
      return {
        block: block_id,
        action: textOf(element["action_id"]) || block_id,
        label: textOf(thing(block["label"])["text"]),
        least: numberOr(element["min_length"], 0),
        most: numberOr(element["max_length"], 3_000),
        optional: block["optional"] === true,
      };
    });
}

/** Take a field's value from what a person typed, by the id of its element or of its block. */
export function typedInto(field: FormField, inputs: Readonly<Record<string, string>>): string {
  return inputs[field.action] ?? inputs[field.block] ?? "";
}

/** Say what Slack's own client would say at a field before it sends anything. */
export function complaintAbout(field: FormField, typed: string): string | undefined {
  if (typed === "") return field.optional ? undefined : "Please complete this required field.";
  if (typed.length < field.least) return `Please enter at least ${field.least} characters.`;
  if (typed.length > field.most) return `Please enter at most ${field.most} characters.`;
  return undefined;
}

/** Put what was typed into the shape of `view.state.values`. */
export function stateValues(
  fields: readonly FormField[],
  inputs: Readonly<Record<string, string>>,
): Thing {
  const entries = fields.map((field) => {
    const value = typedInto(field, inputs) || null;
    return [field.block, { [field.action]: { type: "plain_text_input", value } }];
  });
  return Object.fromEntries(entries);
}

/** All that a dialog says, for people who read what happened. */
export function textOfView(view: View): string {
  const blocks = Array.isArray(view["blocks"]) ? view["blocks"].map(thing) : [];
  const texts = blocks.map((block) => textOf(thing(block["text"])["text"]));
  return texts.filter((text) => text !== "").join("\n");
}
