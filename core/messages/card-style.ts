import type { EventTexts } from "../domain/event-type.ts";
import type { Language } from "../domain/message.ts";
import type { EventContent } from "./event-content.ts";

/** What one place changes of a card: its language, and what it says in place of the texts of the type. */
export interface CardStyle {
  readonly language?: Language;
  /** Filled in by `contentOver`. */
  readonly over?: Partial<
    Pick<EventContent, "title" | "body" | "facts" | "unreadable" | "link" | "buttons" | "colour">
  >;
}

/** Put the texts of a rule and of a destination together; the destination's go before. */
export function joinTexts(...texts: readonly (EventTexts | undefined)[]): EventTexts | undefined {
  const given = texts.filter((one) => one !== undefined);
  return given.length === 0 ? undefined : Object.assign({}, ...given);
}
