import type { Destination } from "../domain/destination.ts";
import type { InstallationId } from "../domain/ids.ts";
import type { ChoiceRefusal } from "./choices.ts";
import {
  type ChannelWish,
  findChosen,
  type Place,
  placeOf,
  recordIn,
  unknownPlace,
} from "./choose.ts";
import type { ChannelDeps } from "./deps.ts";
import { routesTo } from "./follow.ts";

/** A channel to which a test may be sent. */
export type PlaceToTry =
  /** It is a destination already, and is tested as that. */
  | { readonly kind: "known"; readonly destination: Destination }
  /** Nobody has chosen it. */
  | { readonly kind: "new"; readonly name: string; readonly place: Place };

/**
 * Find where a channel lies, so that a test can be sent there before anybody chooses it.
 *
 * That the app is not in it is left to the platform to say: a test shows what a message would meet. Nothing is stored
 * but what the platform says of the channel.
 */
export async function findPlaceToTry(
  deps: ChannelDeps,
  id: InstallationId,
  wish: ChannelWish,
): Promise<PlaceToTry | ChoiceRefusal> {
  const record = await recordIn(deps, id);
  if (!record) return unknownPlace();
  const [known] = await routesTo(deps, record.platform, wish.workspace, wish.channelId);
  if (known) return { kind: "known", destination: known };
  const channel = await findChosen(deps, record, wish);
  if ("kind" in channel) return channel;
  const found = placeOf(deps, record, channel);
  if (!found) return unknownPlace();
  const { broken: _, ...place } = found;
  return { kind: "new", name: channel.name, place };
}
