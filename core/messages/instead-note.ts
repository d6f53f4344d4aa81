import type { InsteadOf } from "../domain/delivery.ts";
import type { Message } from "../domain/message.ts";
import { dotted, text } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cleanName, cutText } from "./clean-text.ts";

/** Say on a card that it was meant for another place, and why it is not there. */
export function withInsteadNote(message: Message, insteadOf: InsteadOf | undefined): Message {
  if (!insteadOf) return message;
  const note = noteOf(insteadOf, message.language);
  return {
    ...message,
    status: dotted(message.status, [text(note)]),
    plainText: `${message.plainText} — ${note}`,
  };
}

function noteOf({ label, because, test }: InsteadOf, language: Message["language"]): string {
  const { card } = textsIn(language);
  return test
    ? card.testOf(cleanName(label))
    : card.insteadOf(cleanName(label), cutText(cleanLine(because), 200));
}
