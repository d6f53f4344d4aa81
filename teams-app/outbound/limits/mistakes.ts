import { createRequire } from "node:module";
import type { CardMistake } from "../../../core/domain/card-mistake.ts";
import { checkCard } from "../limits.ts";

/** What of Microsoft's parser is used here. */
interface Parser {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string; readonly source?: Source };
  };
}

/** The part of a card that the parser complains of. */
interface Source {
  readonly id?: string;
  getJsonTypeName?(): string;
}

let parser: Parser | undefined;

/** It is large, so it is loaded when somebody looks at a card. Required, not imported: its types do not compile here. */
function microsoft(): Parser {
  parser ??= createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as Parser;
  return parser;
}

const todos: Readonly<Record<string, string>> = {
  too_big: "Shorten the texts of the card, and link to the whole.",
  too_many_actions: "Leave some buttons away, or put them into a second row.",
  version_unsupported: "Write version 1.5 or lower.",
  type_unknown: "Use an element of Adaptive Cards 1.5.",
  id_twice: "Give each its own id.",
  expression_left: "Correct the template: the value of this expression is missing.",
  url_missing: "Write a whole address that begins with https://.",
  null_value: "Leave the field away in place of null.",
  not_a_card: "Send an object whose type is AdaptiveCard.",
};
const fillIn = "Fill this field in, or leave its whole element away.";

/**
 * Find everything in a card that Teams refuses or draws wrongly, with what to do: by our table of its limits, then by
 * Microsoft's own parser. An empty list means that it passes both.
 */
export function teamsMistakes(card: unknown): readonly CardMistake[] {
  const ours = checkCard(card).map(
    ({ pointer, code, message }): CardMistake => ({
      ...{ pointer, message, todo: todos[code] ?? fillIn, found_by: "limits" },
    }),
  );
  return [...ours, ...complaintsOf(card)];
}

function complaintsOf(card: unknown): readonly CardMistake[] {
  const { AdaptiveCard, SerializationContext } = microsoft();
  const context = new SerializationContext();
  // It reads objects alone; what is none was named above.
  if (typeof card !== "object" || card === null) return [];
  new AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, index): CardMistake => {
    const { message, source } = context.getEventAt(index);
    return {
      pointer: placeOf(source),
      message,
      todo: "Compare this part with the reference of Adaptive Cards 1.5.",
      found_by: "parser",
    };
  });
}

/** The parser names an element, not its path. */
const placeOf = (source: Source | undefined): string =>
  [source?.getJsonTypeName?.(), source?.id].filter(Boolean).join(" ");
