import { type Channel, channelKey } from "../domain/channel.ts";
import {
  type Destination,
  isChannel,
  type SlackChannel,
  type TeamsChannel,
  workspaceOf,
} from "../domain/destination.ts";
import { type DestinationId, deriveId, type InstallationId } from "../domain/ids.ts";
import type { Rule } from "../domain/rule.ts";
import {
  channelGoneText,
  channelTakenText,
  nameTakenText,
  notInChannelText,
  outsidersRefusedText,
  unknownPlaceText,
} from "../messages/channel-texts.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import { languageNow } from "../words/say.ts";
import { type ChoiceRefusal, type Chosen, refuse } from "./choices.ts";
import { type ChannelDeps, openDoor } from "./deps.ts";
import { freeName, isAlone, nameTrouble } from "./destination-name.ts";
import { routesTo } from "./follow.ts";
import { lookUp } from "./look-up.ts";
import { changeRoute, routeCodes } from "./route-health.ts";

/** Which channel somebody chose. */
export interface ChannelWish {
  readonly workspace: string;
  readonly channelId: string;
}

type Location =
  | Pick<SlackChannel, "kind" | "slackTeamId" | "channelId">
  | Pick<TeamsChannel, "kind" | "entraTenantId" | "channelId" | "serviceUrl">;
/** The part of a destination that says which channel it is. */
export type Place = Location & Pick<Destination, "installation" | "outsiders" | "broken">;

/** Make a channel a destination, or answer the one that it is. Two who choose one channel at once get one destination. */
export async function chooseChannel(
  deps: ChannelDeps,
  id: InstallationId,
  wish: ChannelWish & { readonly name?: string },
): Promise<Chosen> {
  const record = await recordIn(deps, id);
  if (!record) return unknownPlace();
  const { platform } = record;
  const [known] = await routesTo(deps, platform, wish.workspace, wish.channelId);
  if (known) return { kind: "chosen", destination: known };
  const channel = await findChosen(deps, record, wish);
  if ("kind" in channel) return channel;
  const trouble = wish.name === undefined ? undefined : await nameTrouble(deps, wish.name);
  if (trouble) return trouble;
  const name = wish.name ?? (await freeName(deps, channel.name, record.name));
  const place = placeOf(deps, record, channel);
  if (!place) return unknownPlace();
  return insert(deps, { ...place, name, ...labelOf(name, channel) });
}

/** Let a destination lead to another channel. Its id, its name and every rule stay as they are. */
export async function moveDestination(
  deps: ChannelDeps,
  id: DestinationId,
  wish: ChannelWish,
  rules: readonly Rule[],
): Promise<Chosen> {
  const before = await deps.store.destinations.get(id);
  if (before?.organization !== deps.organization || !isChannel(before)) return unknownPlace();
  const record = await deps.recordOf(before.kind, wish.workspace);
  if (!record) return unknownPlace();
  const [taken] = await routesTo(deps, before.kind, wish.workspace, wish.channelId);
  if (taken?.id === id) return { kind: "chosen", destination: taken };
  const channel = await findChosen(deps, record, wish);
  if ("kind" in channel) return channel;
  if (taken)
    return refuse("channel_taken", channelTakenText(channel.name, taken.name, languageNow()));
  const asking = rules.filter(({ to, policy }) => policy !== undefined && to.includes(before.name));
  if (channel.outsiders && !record.allowOutsiders && asking.length > 0) {
    const names = asking.map(({ name }) => name);
    return refuse("outsiders", outsidersRefusedText(channel.name, names, languageNow()));
  }
  const place = placeOf(deps, record, channel);
  if (!place) return unknownPlace();
  const moved = await changeRoute(deps, id, async (found) => {
    const {
      broken: _,
      outsiders: __,
      channelName: ___,
      installation: ____,
      formerChannelIds: _____,
      ...kept
    } = { formerChannelIds: null, ...found };
    return { ...kept, ...place, ...labelOf(found.name, channel) } as Destination;
  });
  if (!moved) return unknownPlace();
  await deps.moved(before);
  if (!moved.broken) await deps.healed(moved);
  return { kind: "chosen", destination: moved };
}

/** The answer for a workspace that is none of ours. */
export const unknownPlace = (): ChoiceRefusal =>
  refuse("channel_unknown", unknownPlaceText(languageNow()));

/** Find an installation of this organization. */
export async function recordIn({ store, organization }: ChannelDeps, id: InstallationId) {
  const record = await store.installations.get(id);
  return record?.organization === organization ? record : undefined;
}

/**
 * The chosen channel as it is now. A private one that the app was sent out of is hidden from it, but known from before:
 * it may be chosen, and waits for the invitation.
 */
export async function findChosen(
  deps: ChannelDeps,
  record: InstallationRecord,
  { workspace, channelId }: ChannelWish,
): Promise<Channel | ChoiceRefusal> {
  const kept = await deps.store.channels.get(channelKey(record.id, workspace, channelId));
  const found = await lookUp(deps, record, await openDoor(deps, record), channelId);
  if (found.kind === "found") {
    const { visibility, name } = found.channel;
    if (record.platform === "teams" && visibility !== "public") {
      return refuse("channel_unknown", notInChannelText("teams", name, "", languageNow()));
    }
    if (found.channel.workspace === workspace) return found.channel;
    return refuse("channel_unknown", channelGoneText(record.platform, "", languageNow()));
  }
  const isHidden = kept?.visibility === "private" && !kept.member && found.isGone;
  return isHidden ? kept : refuse(found.code, found.text);
}

/** Where a platform finds the channel; undefined where it never said how. */
function locationOf(platform: "slack" | "teams", channel: Channel): Location | undefined {
  const { workspace, channelId, serviceUrl } = channel;
  if (platform === "slack") return { kind: "slack", slackTeamId: workspace, channelId };
  return serviceUrl === undefined
    ? undefined
    : { kind: "teams", entraTenantId: workspace, channelId, serviceUrl };
}

/** Where messages go that are for a channel; undefined where its platform never said. */
export function placeOf(
  { clock }: ChannelDeps,
  { id: installation, platform }: InstallationRecord,
  channel: Channel,
): Place | undefined {
  const location = locationOf(platform, channel);
  const isClosed = channel.visibility !== "public" && !channel.member;
  return (
    location && {
      ...location,
      installation,
      ...(channel.outsiders ? { outsiders: true } : {}),
      ...(isClosed ? { broken: { code: routeCodes.notIn, at: clock.now() } } : {}),
    }
  );
}

/** What the channel is called, where that is not the destination's name. */
const labelOf = (name: string, channel: Channel) =>
  name === channel.name ? {} : { channelName: channel.name };

async function insert(
  deps: ChannelDeps,
  fields: Place & { readonly name: string; readonly channelName?: string },
): Promise<Chosen> {
  const { store, organization } = deps;
  const { kind, channelId, name } = fields;
  // The first id may belong to a destination that was moved from here.
  for (let turn = 0; ; turn += 1) {
    const parts = [organization, kind, workspaceOf(fields), channelId, turn];
    const id = deriveId("destination", ...parts);
    const destination: Destination = { ...fields, id, organization, revision: 1 };
    if ((await store.destinations.insert(destination)) === "inserted") {
      if (await isAlone(deps, destination)) {
        deps.saved();
        return { kind: "chosen", destination };
      }
      await store.destinations.remove(id);
      return refuse("name_taken", nameTakenText(name, languageNow()));
    }
    const present = await store.destinations.get(id);
    const isHere =
      present &&
      isChannel(present) &&
      present.channelId === channelId &&
      workspaceOf(present) === workspaceOf(fields);
    if (isHere) return { kind: "chosen", destination: present };
  }
}
