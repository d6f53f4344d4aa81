import type { Destination } from "../domain/destination.ts";
import type { Message } from "../domain/message.ts";
import type { MessageRef } from "../domain/message-ref.ts";
import type { SendReport } from "../domain/send-result.ts";
import { shortCard } from "../messages/short-card.ts";
import type { DestinationAdapter, Posting } from "../ports/chat-platform.ts";

/** Two calls of one try: the second is what counts, and the log shows both. */
const both = (first: SendReport, second: SendReport): SendReport => ({
  ...second,
  request: [first.request, second.request],
  response: [first.response, second.response],
});

const remedyOf = ({ result }: SendReport) =>
  result.kind === "rejected" ? result.remedy : undefined;

/** Post a message; where the platform refuses its form, post the short card in its place. */
export async function postOrShorten(
  adapter: DestinationAdapter,
  destination: Destination,
  message: Message,
  posting: Posting,
): Promise<SendReport> {
  const report = await adapter.post(destination, message, posting);
  if (remedyOf(report) !== "shorten") return report;
  return both(report, await adapter.post(destination, shortCard(message), posting));
}

/**
 * Edit a message; where the platform refuses its form, edit it to the short card. Where the message is gone and
 * `anew` is given, post it anew: the closing note of a copy that somebody deleted.
 */
export async function editOrRemedy(
  adapter: Pick<DestinationAdapter, "post" | "edit">,
  ref: MessageRef,
  message: Message,
  anew: readonly [destination: Destination, posting: Posting] | undefined,
): Promise<SendReport> {
  const report = await adapter.edit(ref, message);
  switch (remedyOf(report)) {
    case "reroute":
      return report;
    case "shorten":
      return both(report, await adapter.edit(ref, shortCard(message)));
    case "repost":
      if (!anew) return report;
      return both(report, await adapter.post(anew[0], message, anew[1]));
    case undefined:
      return report;
  }
}
