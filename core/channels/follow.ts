import { type Channel, channelKey } from "../domain/channel.ts";
import type { Destination } from "../domain/destination.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { ChannelLook } from "../ports/workspace-door.ts";
import type { ChannelNews } from "../ports/workspace-news.ts";
import { type ChannelDeps, openDoor } from "./deps.ts";
import { changeKept, keepChannel, noteChange } from "./keep.ts";
import { askForListing } from "./listing.ts";
import { breakRoute, changeRoute, healRoute, routeCodes } from "./route-health.ts";

/** More channels than the teams of one tenant have that added the app. */
const mostChannels = 20_000;

/** The destinations that lead to a channel. What stands there for the length of a test is none of them. */
export async function routesTo(
  { store, organization }: Pick<ChannelDeps, "store" | "organization">,
  platform: "slack" | "teams",
  workspace: string,
  channel: string,
): Promise<readonly Destination[]> {
  const found = await store.destinations.scan("byChannel", {
    prefix: [organization, platform, workspace, channel],
    limit: 100,
  });
  return found.filter(({ draft }) => !draft);
}

/**
 * Do what news of a channel asks for: what is listed follows it, and so do the destinations that lead there.
 *
 * Every step may be repeated. A destination keeps its id and its name whatever happens to the channel, so no rule breaks.
 */
export async function followChannel(deps: ChannelDeps, news: ChannelNews): Promise<void> {
  const { platform, workspace, channel, at } = news;
  const keep = (change: (kept: Channel) => Partial<Channel> | "remove") =>
    changeKept(deps, workspace, channel, change);
  const routes = await routesTo(deps, platform, workspace, channel);
  const breakAll = (code: string) =>
    Promise.all(routes.map(({ id }) => breakRoute(deps, id, code, at)));
  const healAll = (...codes: readonly string[]) =>
    Promise.all(routes.map(({ id }) => healRoute(deps, id, codes)));
  switch (news.kind) {
    case "channel_created":
      return keepNew(deps, news);
    case "channel_renamed":
      await keep(() => ({ name: news.name }));
      await Promise.all(routes.map((route) => followName(deps, route, news.name)));
      return;
    case "channel_archived":
      await keep(() => ({ archived: true }));
      await breakAll(routeCodes.archived);
      return;
    case "channel_restored":
      if ((await keep(() => ({ archived: false }))).length === 0) await getToKnow(deps, news);
      await healAll(routeCodes.archived, routeCodes.gone);
      return;
    case "channel_deleted":
      await keep(() => "remove");
      await breakAll(routeCodes.gone);
      return;
    case "app_left": {
      const kept = await keep(() => ({ member: false }));
      // A public channel lets the app in again by itself, at the next post.
      if (!kept.some(({ visibility }) => visibility === "public")) await breakAll(routeCodes.notIn);
      return;
    }
    case "app_joined":
      if ((await keep(() => ({ member: true }))).length === 0) await getToKnow(deps, news);
      await healAll(routeCodes.notIn, routeCodes.gone);
      return;
    case "channel_id_changed":
      await keep(() => "remove");
      await Promise.all(routes.map((route) => changeRouteChannel(deps, route, news.became)));
      await getToKnow(deps, { ...news, channel: news.became });
      return;
  }
}

/** A Microsoft 365 team has the app no more: forget its channels, and break the destinations that lead there. */
export async function followTeamLeft(
  deps: ChannelDeps,
  { id, platform }: InstallationRecord,
  team: string,
  because: "removed" | "deleted",
): Promise<void> {
  const listed = await deps.store.channels.scan("byName", { prefix: [id], limit: mostChannels });
  const code = because === "deleted" ? routeCodes.gone : routeCodes.notIn;
  for (const channel of listed.filter((one) => one.team === team)) {
    const { workspace, channelId } = channel;
    const routes = await routesTo(deps, platform, workspace, channelId);
    for (const route of routes) await breakRoute(deps, route.id, code, deps.clock.now());
    await changeKept(deps, workspace, channelId, () => "remove");
  }
}

/** Remember what the channel is called now. The destination's own name stays: rules say it. */
export async function followName(
  deps: Pick<ChannelDeps, "store">,
  { id }: Destination,
  channelName: string,
): Promise<void> {
  await changeRoute(deps, id, async (found) => {
    const { channelName: before, ...rest } = found;
    if ((before ?? found.name) === channelName) return undefined;
    return found.name === channelName ? (rest as Destination) : { ...found, channelName };
  });
}

/** The old id is kept: cards were posted under it, and are edited under the new one. Run twice, it is kept once. */
async function changeRouteChannel(deps: ChannelDeps, { id }: Destination, channelId: string) {
  await changeRoute(deps, id, async (found) => {
    if (found.kind !== "slack" || found.channelId === channelId) return undefined;
    const formerChannelIds = [...(found.formerChannelIds ?? []), found.channelId];
    return { ...found, channelId, formerChannelIds };
  });
}

async function keepNew(
  deps: ChannelDeps,
  {
    platform,
    workspace,
    channel,
    name,
  }: Extract<ChannelNews, { kind: "channel_created" | "channel_renamed" }>,
): Promise<void> {
  const record = await deps.recordOf(platform, workspace);
  if (!record || (await deps.store.channels.get(channelKey(record.id, workspace, channel)))) return;
  const look: ChannelLook = {
    ...{ workspace, channelId: channel, name, visibility: "public" },
    ...{ outsiders: false, archived: false, member: false },
  };
  await keepChannel(deps, record.id, look);
  await noteChange(deps, record.id);
}

/** Ask the platform about a channel that is not listed yet; where it does not answer, the next listing brings it. */
async function getToKnow(
  deps: ChannelDeps,
  {
    platform,
    workspace,
    channel,
  }: { platform: "slack" | "teams"; workspace: string; channel: string },
): Promise<void> {
  const record = await deps.recordOf(platform, workspace);
  const opened = record && (await openDoor(deps, record));
  if (!opened) return;
  const found = await opened.door.findChannel(opened.installation, channel);
  if (found.kind !== "found") return askForListing(deps, record.id);
  await keepChannel(deps, record.id, found.channel);
  await noteChange(deps, record.id);
}
