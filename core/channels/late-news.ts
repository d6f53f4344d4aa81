import { isChannel } from "../domain/destination.ts";
import { isLate } from "../domain/is-late.ts";
import type { ChannelNews } from "../ports/workspace-news.ts";
import { type ChannelDeps, openDoor } from "./deps.ts";
import { followChannel, routesTo } from "./follow.ts";
import { keepChannel, noteChange } from "./keep.ts";
import { settle } from "./look.ts";

/**
 * Follow news of a channel. Where it comes late to a channel that destinations lead to, the platform says how the channel
 * is now; while it does not answer, the news counts.
 */
export async function hearOfChannel(deps: ChannelDeps, news: ChannelNews): Promise<void> {
  // An id is changed once, and under the old one there is nothing to ask about.
  const mayBeOver = news.kind !== "channel_id_changed" && isLate(news, deps.clock.now());
  if (mayBeOver && (await lookInstead(deps, news))) return;
  await followChannel(deps, news);
}

/** Answers false where there was nothing to look for, or nothing to be seen. */
async function lookInstead(deps: ChannelDeps, news: ChannelNews): Promise<boolean> {
  const { platform, workspace, channel, kind } = news;
  const routes = (await routesTo(deps, platform, workspace, channel)).filter(isChannel);
  const record = routes.length > 0 && (await deps.recordOf(platform, workspace));
  const opened = record && (await openDoor(deps, record));
  if (!opened) return false;
  const found = await opened.door.findChannel(opened.installation, channel);
  if (found.kind === "unknown") return false;
  // That the app was sent out says more than that it sees the channel no more.
  if (found.kind === "not_found" && kind === "app_left") return false;
  if (found.kind === "found") {
    await keepChannel(deps, record.id, found.channel);
    await noteChange(deps, record.id);
  }
  for (const route of routes) await settle(deps, route, found);
  return true;
}
