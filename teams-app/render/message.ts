import type { JsonObject } from "../../core/domain/json.ts";
import type { Message, MessageAction } from "../../core/domain/message.ts";
import { cardSize, mostActions, mostCardBytes } from "../outbound/limits.ts";
import { decideTemplate, messageTemplate, openTemplate, reasonTemplate } from "./templates.ts";
import { actionValues, cardValues } from "./values.ts";

/**
 * Render a message as an Adaptive Card of version 1.5, in the order that SURFACE §5 sets.
 *
 * A card that would be over the size limit becomes a short one without body, facts and decisions, which leads to the
 * hub's page: nobody decides on what they can not read whole.
 * A card that waits can be refreshed by hand and never by itself: `userIds` is there and empty, because left out it
 * means everybody in one of Microsoft's pages and nobody in another (PLATFORMS 2.10). What is right never depends on it.
 */
export function renderCard(message: Message): JsonObject {
  const card = expand(message);
  return cardSize(card) <= mostCardBytes ? card : expand(shorten(message));
}

function shorten(message: Message): Message {
  const { body: _left, full: _link, ...rest } = message;
  return { ...rest, facts: [], actions: message.actions.filter(({ kind }) => kind === "open") };
}

function expand(message: Message): JsonObject {
  const card = messageTemplate.expand(cardValues(message));
  const body = card["body"];
  if (message.actions.length === 0 || !Array.isArray(body)) return card;
  const forms = message.actions.filter((action) => templateOf(action) === reasonTemplate);
  const actions = message.actions.map((action) =>
    templateOf(action).expand(actionValues(action, forms.indexOf(action), message.language)),
  );
  return { ...card, ...refreshOf(message), body: [...body, ...rowsOf(actions)] };
}

/** Rows of as many buttons as are drawn in one: a producer may name five, and Open stands behind them. */
function rowsOf(actions: readonly JsonObject[]): readonly JsonObject[] {
  if (actions.length === 0) return [];
  const row = { type: "ActionSet", actions: actions.slice(0, mostActions) };
  return [row, ...rowsOf(actions.slice(mostActions))];
}

/** What a client sends when somebody asks it to show the card anew. No button has this verb: it names no action. */
export const refreshVerb = "countersign/refresh";

function refreshOf({ actions }: Message): JsonObject {
  const decide = actions.find((action) => action.kind === "decide");
  if (!decide) return {};
  const data = { countersign: decide.value };
  const action = { type: "Action.Execute", title: "Refresh", verb: refreshVerb, data };
  return { refresh: { action, userIds: [] } };
}

function templateOf(action: MessageAction) {
  if (action.kind === "open") return openTemplate;
  return action.reason ? reasonTemplate : decideTemplate;
}
