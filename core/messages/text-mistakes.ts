import type { EventTexts } from "../domain/event-type.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { textMistake } from "./liquid-text.ts";

/** Find the texts that cannot be read as LiquidJS: an open tag, a filter that nobody knows. */
export function textMistakes(texts: EventTexts, pointer: string): readonly ProblemAt[] {
  const { title, body, facts = [], link, buttons } = texts;
  const all: readonly (readonly [string, string | undefined])[] = [
    ["title", title],
    ["body", body],
    ...facts.flatMap(({ label, value }, index) => [
      [`facts/${index}/label`, label] as const,
      [`facts/${index}/value`, value] as const,
    ]),
    ["link/label", link?.label],
    ["link/path", link?.path],
    ["buttons/approve", buttons?.approve],
    ["buttons/reject", buttons?.reject],
  ];
  return all.flatMap(([name, text]) => {
    const message = text === undefined ? undefined : textMistake(text);
    return message === undefined ? [] : [{ pointer: `${pointer}/${name}`, message }];
  });
}
