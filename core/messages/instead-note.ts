import type { Message } from "../domain/message.ts";
import { dotted, text } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine } from "./clean-text.ts";

/** Say on a card that it was meant for another place, and why it is not there. */
export function withInsteadNote(
  message: Message,
  insteadOf: { readonly label: string; readonly because: string } | undefined,
): Message {
  if (!insteadOf) return message;
  const { card } = textsIn(message.language);
  const note = card.insteadOf(cleanLine(insteadOf.label), cleanLine(insteadOf.because));
  return {
    ...message,
    status: dotted(message.status, [text(note)]),
    plainText: `${message.plainText} — ${note}`,
  };
}
