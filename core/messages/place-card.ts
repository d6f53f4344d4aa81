import type { Approval } from "../domain/approval.ts";
import type { DestinationKind } from "../domain/destination.ts";
import type { Inline, Message } from "../domain/message.ts";
import { approvalCard, approvalPage, type CardLinks } from "./approval-card.ts";
import { dotted, link, text } from "./card.ts";
import type { CardStyle } from "./card-style.ts";
import { textsIn } from "./catalogue.ts";

/**
 * Draw the card of a request for one kind of place. Where nobody can press a button, it says in words where to decide,
 * with a link to the hub's page.
 */
export function placeCard(
  approval: Approval,
  kind: DestinationKind,
  links: CardLinks,
  style: CardStyle = {},
): Message {
  if (kind === "slack" || kind === "teams") return approvalCard(approval, kind, links, style);
  const { actions, ...card } = approvalCard(approval, "web", links, style);
  const { decideThere, seePage } = textsIn(style.language).card;
  const page = approvalPage(links, approval.id);
  const ways = actions.filter((one) => one.kind === "open" && one.url !== page);
  const where = [link(approval.state === "open" ? decideThere : seePage, page)];
  return withLinks({ ...card, actions: ways, terms: dotted(card.terms, where) });
}

/** Say links in words, for places without buttons. What decides is left out: nobody could press it there. */
export function withLinks(message: Message): Message {
  const words = message.actions.flatMap((action): readonly (readonly Inline[])[] =>
    action.kind === "open" ? [[link(action.label, action.url)]] : [],
  );
  return { ...message, actions: [], terms: dotted(message.terms, ...words) };
}

/** Say that a message shows a sample and that nothing has happened. */
export function withTestNote(message: Message): Message {
  const note = textsIn(message.language).card.sampleTest;
  return {
    ...message,
    status: dotted(message.status, [text(note)]),
    plainText: `${message.plainText} — ${note}`,
  };
}
