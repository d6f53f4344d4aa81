import type { OpenApproval } from "../domain/approval.ts";
import type { Language, Message, MessageAction } from "../domain/message.ts";
import type { CardLinks } from "./approval-card.ts";
import { message, text } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cutText } from "./clean-text.ts";
import { sayTime } from "./say-time.ts";

/** How many requests have a line and a button of their own. */
const shown = 4;

/** A button that opens a page. */
export const open = (label: string, url: string): MessageAction => ({
  kind: "open",
  label: cutText(cleanLine(label), 24),
  url,
});

/** A card of the app's own place in chat. An empty body is none. */
export function personalCard(
  title: string,
  status: string,
  parts: Pick<Message, "facts" | "actions" | "tone">,
  body = "",
): Message {
  return message({
    ...{ state: "information", title, status: [text(status)], ...parts, terms: [] },
    body: body === "" ? undefined : body,
    plainText: body === "" ? `${title}. ${status}` : `${title}. ${body}`,
  });
}

/** What the app shows a linked person: how many requests wait for them, the oldest by name, and where the rest is. */
export function knownCard(
  { name, asksForChannels }: { readonly name: string; readonly asksForChannels: boolean },
  waiting: readonly OpenApproval[],
  { hubUrl }: CardLinks,
  language: Language | undefined,
): Message {
  const { personal } = textsIn(language);
  const first = waiting.slice(0, shown);
  const pageOf = ({ id }: OpenApproval) => `${hubUrl}/approvals/${id}`;
  return personalCard(
    personal.waiting(waiting.length),
    personal.known(cleanLine(name)),
    {
      facts: first.map(({ title, producerName, expiresAt }) => ({
        label: cutText(cleanLine(title), 60),
        value: personal.from(cleanLine(producerName), sayTime(expiresAt, "day-clock", language)),
      })),
      actions: [
        ...first.map((approval) => open(approval.title, pageOf(approval))),
        open(personal.all, `${hubUrl}/approvals`),
      ],
    },
    asksForChannels ? `${personal.help}\n${personal.channels.help}` : personal.help,
  );
}

/** What the app shows somebody whom the hub does not know: the private link that changes that. */
export function unknownCard(link: string, language?: Language): Message {
  const { personal } = textsIn(language);
  return personalCard(
    personal.unknown,
    personal.unknownStatus,
    { facts: [], actions: [open(personal.link, link)] },
    personal.linkBody,
  );
}

/** What the app shows somebody of whom the platform did not tell just now. */
export function unidentifiedCard(language?: Language): Message {
  const { personal } = textsIn(language);
  return personalCard(personal.unidentified, personal.unidentifiedStatus, {
    facts: [],
    actions: [],
  });
}

/** What the app shows guests and people of other companies. */
export function outsiderCard(language?: Language): Message {
  const { personal, refusals } = textsIn(language);
  return personalCard(personal.outsider, refusals.outsider, { facts: [], actions: [] });
}
