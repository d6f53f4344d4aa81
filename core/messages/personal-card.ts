import type { OpenApproval } from "../domain/approval.ts";
import type { Message, MessageAction } from "../domain/message.ts";
import type { CardLinks } from "./approval-card.ts";
import { message, text } from "./card.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cutText } from "./clean-text.ts";
import { sayTime } from "./say-time.ts";

/** No channel says in which language somebody reads whom the app meets alone. */
const { personal, refusals } = textsIn("en");

/** How many requests have a line and a button of their own. */
const shown = 4;

const open = (label: string, url: string): MessageAction => ({
  kind: "open",
  label: cutText(cleanLine(label), 24),
  url,
});

function card(title: string, status: string, parts: Pick<Message, "facts" | "actions">, body = "") {
  return message({
    ...{ state: "information", title, status: [text(status)], ...parts, terms: [] },
    body: body === "" ? undefined : body,
    plainText: body === "" ? `${title}. ${status}` : `${title}. ${body}`,
  });
}

/** What the app shows a linked person: how many requests wait for them, the oldest by name, and where the rest is. */
export function knownCard(
  name: string,
  waiting: readonly OpenApproval[],
  { hubUrl }: CardLinks,
): Message {
  const first = waiting.slice(0, shown);
  const pageOf = ({ id }: OpenApproval) => `${hubUrl}/approvals/${id}`;
  return card(
    personal.waiting(waiting.length),
    personal.known(cleanLine(name)),
    {
      facts: first.map(({ title, producerName, expiresAt }) => ({
        label: cutText(cleanLine(title), 60),
        value: personal.from(cleanLine(producerName), sayTime(expiresAt, "day-clock")),
      })),
      actions: [
        ...first.map((approval) => open(approval.title, pageOf(approval))),
        open(personal.all, `${hubUrl}/approvals`),
      ],
    },
    personal.help,
  );
}

/** What the app shows somebody whom the hub does not know: the private link that changes that. */
export const unknownCard = (link: string): Message =>
  card(
    personal.unknown,
    personal.unknownStatus,
    { facts: [], actions: [open(personal.link, link)] },
    personal.linkBody,
  );

/** What the app shows guests and people of other companies. */
export const outsiderCard = (): Message =>
  card(personal.outsider, refusals.outsider, { facts: [], actions: [] });
