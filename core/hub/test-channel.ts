import type { ChoiceRefusal } from "../channels/choices.ts";
import type { ChannelWish } from "../channels/choose.ts";
import type { Destination } from "../domain/destination.ts";
import type { InstallationId } from "../domain/ids.ts";
import type { Hub } from "../hub.ts";
import type { Random } from "../ports/random.ts";
import { say } from "../words/say.ts";
import { type HelloWish, sayHello } from "./say-hello.ts";
import { draftName, type Tried, tryDraft } from "./try-draft.ts";

/** A channel to try: one that nobody has chosen, or one that a saved destination may lead to. */
export interface ChannelTrial {
  readonly installation: InstallationId;
  readonly wish: ChannelWish;
}

export type ChannelTried =
  /** Nothing can be sent there, so nothing was: a sentence for people. */
  | ChoiceRefusal
  /** `unsaved` tells a channel that nobody has chosen from one that is a destination already. */
  | (Tried & { readonly unsaved: boolean });

/** Send a test to a channel before anybody chooses it. */
export async function tryChannel(
  deps: Pick<Hub, "audit" | "channels" | "store" | "organization"> & { readonly random: Random },
  { installation, wish }: ChannelTrial,
  hello: HelloWish,
): Promise<ChannelTried> {
  const found = await deps.channels.placeToTry(installation, wish);
  if (found.kind === "refused") return found;
  if (found.kind === "known") {
    const { destination } = found;
    const outcome = await sayHello(deps, destination.id, hello);
    return outcome ? { kind: "tried", destination, outcome, unsaved: false } : gone();
  }
  const draft: Destination = {
    ...{ id: deps.random.id("destination"), organization: deps.organization, revision: 1 },
    ...found.place,
    name: draftName(found.name),
    channelName: found.name,
  };
  const tried = await tryDraft(deps, draft, hello);
  return tried ? { ...tried, unsaved: true } : gone();
}

const gone = (): ChoiceRefusal => ({
  kind: "refused",
  code: "channel_unknown",
  text: say`The channel went away while it was tested. Choose it again.`,
});
