import type { JsonObject } from "../../core/domain/json.ts";

/**
 * What goes back inside the answer to an `adaptiveCard/action`.
 *
 * The HTTP status of it is always 200; the status that Teams reads stands in the body (PLATFORMS 2.5 d).
 */
export interface ActionAnswer {
  readonly statusCode: 200;
  readonly type: string;
  readonly value: JsonObject | string;
}

/** The new card, for the person who clicked alone. */
export function cardAnswer(card: JsonObject): ActionAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
}

/** A private sentence for the person who clicked. */
export function textAnswer(text: string): ActionAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: text };
}
