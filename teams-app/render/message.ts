import type { JsonObject } from "../../core/domain/json.ts";
import type { Message, MessageAction } from "../../core/domain/message.ts";
import { cardSize, mostCardBytes } from "../outbound/limits.ts";
import { decideTemplate, messageTemplate, openTemplate, reasonTemplate } from "./templates.ts";
import { actionValues, cardValues } from "./values.ts";

/**
 * Render a message as an Adaptive Card of version 1.5, in the order that SURFACE §5 sets.
 *
 * A card that would be over the size limit becomes a short one without body, facts and decisions, which leads to the
 * hub's page: nobody decides on what they can not read whole.
 * There is no `refresh`: it needs the Teams ids of the people who may see buttons, and the hub does not know them yet.
 */
export function renderCard(message: Message): JsonObject {
  const card = expand(message);
  return cardSize(card) <= mostCardBytes ? card : expand(shorten(message));
}

function shorten(message: Message): Message {
  const { body: _left, ...rest } = message;
  return { ...rest, facts: [], actions: message.actions.filter(({ kind }) => kind === "open") };
}

function expand(message: Message): JsonObject {
  const card = messageTemplate.expand(cardValues(message));
  const body = card["body"];
  if (message.actions.length === 0 || !Array.isArray(body)) return card;
  const forms = message.actions.filter((action) => templateOf(action) === reasonTemplate);
  const actions = message.actions.map((action) =>
    templateOf(action).expand(actionValues(action, forms.indexOf(action))),
  );
  return { ...card, body: [...body, { type: "ActionSet", actions }] };
}

function templateOf(action: MessageAction) {
  if (action.kind === "open") return openTemplate;
  return action.reason ? reasonTemplate : decideTemplate;
}
