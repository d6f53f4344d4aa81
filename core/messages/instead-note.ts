import type { InsteadOf } from "../domain/delivery.ts";
import type { Message } from "../domain/message.ts";
import { codeOf } from "../domain/send-result.ts";
import { dotted, text } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cleanName, cutText } from "./clean-text.ts";
import { knownCodes, troubleOf } from "./platform-troubles.ts";

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

function noteOf(insteadOf: InsteadOf, language: Message["language"]): string {
  const { card } = textsIn(language);
  const place = cleanName(insteadOf.label);
  return insteadOf.test ? card.testOf(place) : card.insteadOf(place, whyOf(insteadOf, language));
}

/** Why it is not there, as a sentence of the reader's language without its stop, with the code to look it up by. */
function whyOf({ label, because, platform }: InsteadOf, language: Message["language"]): string {
  if (!platform) return cutText(cleanLine(because), 200);
  const { cause } = troubleOf(platform, cleanLine(because), cleanName(label), language);
  const code = codeOf(because);
  const said = cutText(cause.replace(/\.$/, ""), 200);
  return knownCodes(platform).includes(code) ? `${said} (${code})` : said;
}
