import type { ChannelPicker } from "../../core/domain/channel-picker.ts";
import type { JsonObject } from "../../core/domain/json.ts";
import { renderCard } from "./message.ts";

/** What the button of the picker sends. No button of a request has this verb: it names no action. */
export const chooseVerb = "countersign/channel";

/** The field in which the chosen channel comes back. */
export const channelField = "channel";

/**
 * Draw the picker as a card: what it does, which channels cannot be chosen, and a field that is searched by typing.
 *
 * The button carries no data of its own. Who presses is said by the activity, and what was chosen is looked up anew.
 */
export function renderPicker({ message, choices, words }: ChannelPicker): JsonObject {
  const card = renderCard(message);
  const body = card["body"];
  if (choices.length === 0 || !Array.isArray(body)) return card;
  const field = {
    type: "Input.ChoiceSet",
    id: channelField,
    style: "filtered",
    label: words.label,
    placeholder: words.hint,
    isRequired: true,
    errorMessage: words.missing,
    choices: choices.map(({ label: title, value }) => ({ title, value })),
  };
  const fallback = { type: "Action.Submit", title: words.submit, data: { verb: chooseVerb } };
  const button = { type: "Action.Execute", title: words.submit, verb: chooseVerb, fallback };
  return { ...card, body: [...body, field, { type: "ActionSet", actions: [button] }] };
}
