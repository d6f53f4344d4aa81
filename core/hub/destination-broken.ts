import type { Destination } from "../domain/destination.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { troubleOf } from "../messages/platform-troubles.ts";

/** What the hub says when nothing arrives at a destination any more. It goes everywhere but there. */
export function destinationBroken(
  destination: Destination,
  fallback: string | undefined,
): RaisedEvent | undefined {
  const { id, name, kind, channelName, broken } = destination;
  if (!broken) return undefined;
  const since = broken.at.toISOString();
  const { cause, next } = troubleOf(kind, broken.code, name);
  return {
    type: "destination.broken",
    occasion: `${id} ${broken.code} ${since}`,
    subject: name,
    level: "alert",
    notTo: [id],
    data: {
      title: `Nothing arrives in ${name} any more`,
      destination_id: id,
      platform: kind,
      channel: channelName ?? name,
      code: broken.code,
      ...{ why: cause, next },
      fallback: fallback ?? null,
      since,
    },
  };
}
