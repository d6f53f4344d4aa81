import type { Message } from "../../../core/domain/message.ts";
import { sayLine } from "../../../core/messages/card.ts";

/** A card as somebody would read it aloud, part by part; parts that it lacks are left out. */
export function readCard(message: Message): readonly string[] {
  const buttons = message.actions.map((action) =>
    action.kind === "open" ? `${action.label} → ${action.url}` : `[${action.label}]`,
  );
  return [
    message.title,
    sayLine(message.status),
    ...(message.body === undefined ? [] : [message.body]),
    ...message.facts.map(({ label, value }) => `${label}: ${value}`),
    ...(message.terms.length === 0 ? [] : [sayLine(message.terms)]),
    buttons.join(" "),
    message.plainText,
  ];
}
