import { type Destination, isChannel, workspaceOf } from "../domain/destination.ts";
import type { MessageRef } from "../domain/message-ref.ts";
import type { SendReport } from "../domain/send-result.ts";
import type { DestinationAdapter } from "../ports/chat-platform.ts";

/** Where a message is reached now: since it was posted, its channel may have got another id, or another address. */
export function refNow(ref: MessageRef, place: Destination | undefined): MessageRef {
  if (place?.kind === "teams") {
    return standsIn(place, ref) ? { ...ref, serviceUrl: place.serviceUrl } : ref;
  }
  if (place?.kind !== "slack" || workspaceOf(place) !== ref.workspace) return ref;
  return place.formerChannelIds?.includes(ref.channel) ? { ...ref, channel: place.channelId } : ref;
}

/** Whether a message stands in the channel to which a destination leads now: an admin may have moved it since. */
function standsIn(place: Destination | undefined, ref: MessageRef): boolean {
  if (!place || !isChannel(place) || place.kind !== ref.platform) return false;
  return workspaceOf(place) === ref.workspace && place.channelId === ref.channel;
}

/**
 * The adapter for one copy. Where its destination leads elsewhere by now, or was removed, what the copy's own channel
 * answers says nothing of the destination: neither is it broken by that, nor does anything wait for that channel.
 */
export function adapterFor(
  adapter: DestinationAdapter,
  place: Destination | undefined,
  ref: MessageRef,
): Pick<DestinationAdapter, "post" | "edit" | "note"> {
  if (standsIn(place, ref)) return adapter;
  return {
    post: (...asked) => adapter.post(...asked),
    edit: async (...asked) => ofCopyAlone(await adapter.edit(...asked)),
    note: async (...asked) => ofCopyAlone(await adapter.note(...asked)),
  };
}

/** Neither another channel nor an invitation to this one helps a message that is not where its destination is. */
function ofCopyAlone(report: SendReport): SendReport {
  const { result } = report;
  const isPlaces =
    (result.kind === "disconnected" && result.from === "channel") ||
    (result.kind === "rejected" && result.remedy === "reroute");
  return isPlaces ? { ...report, result: { kind: "rejected", because: result.because } } : report;
}
