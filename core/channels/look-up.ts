import type { Channel } from "../domain/channel.ts";
import {
  archivedText,
  channelGoneText,
  channelUnknownText,
  notConnectedText,
} from "../messages/channel-texts.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import { languageNow } from "../words/say.ts";
import { type ChoiceRefusal, refuse } from "./choices.ts";
import type { ChannelDeps, OpenDoor } from "./deps.ts";
import { keepChannel, noteChange } from "./keep.ts";

/** A channel as the platform shows it now, or why there is none; with the line that may let the app in. */
export type LookedUp =
  | { readonly kind: "found"; readonly channel: Channel }
  | (ChoiceRefusal & { readonly invite?: string; readonly isGone: boolean });

/** Ask the platform for the channel that somebody pasted, and keep what it says. */
export async function lookUp(
  deps: ChannelDeps,
  record: InstallationRecord,
  opened: OpenDoor | undefined,
  pasted: string,
): Promise<LookedUp> {
  const { platform, id, name } = record;
  if (!opened) {
    return {
      ...refuse("channel_unknown", notConnectedText(platform, name, languageNow())),
      isGone: false,
    };
  }
  const { door, installation } = opened;
  const found = await door.findChannel(installation, pasted);
  if (found.kind === "unknown") {
    const text = channelUnknownText(platform, found.because, languageNow());
    return { ...refuse("channel_unknown", text), isGone: false };
  }
  if (found.kind === "not_found") {
    const invite = await door.inviteLine(installation);
    return {
      ...refuse("channel_unknown", channelGoneText(platform, invite, languageNow())),
      ...(invite === "" ? {} : { invite }),
      isGone: true,
    };
  }
  const channel = await keepChannel(deps, id, found.channel);
  await noteChange(deps, id);
  if (!channel.archived) return { kind: "found", channel };
  return {
    ...refuse("archived", archivedText(platform, channel.name, languageNow())),
    isGone: false,
  };
}
