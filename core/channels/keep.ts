import { type Channel, channelKey } from "../domain/channel.ts";
import type { InstallationId } from "../domain/ids.ts";
import type { ChannelLook } from "../ports/workspace-door.ts";
import type { ChannelDeps } from "./deps.ts";

type Deps = Pick<ChannelDeps, "organization" | "store" | "clock">;

/** Keep what the platform said of a channel now. Where somebody else keeps it at the same moment, theirs stays. */
export async function keepChannel(
  { organization, store, clock }: Deps,
  installation: InstallationId,
  look: ChannelLook,
): Promise<Channel> {
  const id = channelKey(installation, look.workspace, look.channelId);
  const before = await store.channels.get(id);
  const revision = (before?.revision ?? 0) + 1;
  const channel = { ...look, id, organization, installation, revision, seenAt: clock.now() };
  const written = before
    ? await store.channels.replace(channel, before.revision)
    : await store.channels.insert(channel);
  if (written === "stale") await noteSeen(store, channel);
  return channel;
}

/** What news has just said of it is newer; that the platform listed it is true all the same. */
async function noteSeen({ channels }: Deps["store"], { id, seenAt }: Channel): Promise<void> {
  for (;;) {
    const kept = await channels.get(id);
    if (!kept) return;
    const next = { ...kept, seenAt, revision: kept.revision + 1 };
    if ((await channels.replace(next, kept.revision)) === "saved") return;
  }
}

/** Change what is kept of one channel, under every installation that sees it. */
export async function changeKept(
  { store }: Deps,
  workspace: string,
  channelId: string,
  change: (channel: Channel) => Partial<Channel> | "remove",
): Promise<readonly Channel[]> {
  const kept = await store.channels.scan("byChannel", {
    prefix: [workspace, channelId],
    limit: 100,
  });
  return Promise.all(
    kept.map(async (channel) => {
      const changed = change(channel);
      if (changed === "remove") await store.channels.remove(channel.id);
      else if (isSame(channel, changed)) return channel;
      else {
        const next = { ...channel, ...changed, revision: channel.revision + 1 };
        await store.channels.replace(next, channel.revision);
      }
      await noteChange({ store }, channel.installation);
      return channel;
    }),
  );
}

/** Say that what is listed has changed, so that names kept in memory are read again. Any change by others will do. */
export async function noteChange(
  { store }: Pick<ChannelDeps, "store">,
  installation: InstallationId,
): Promise<void> {
  const listing = await store.channelListings.get(installation);
  if (!listing) return;
  const revision = listing.revision + 1;
  await store.channelListings.replace({ ...listing, revision }, listing.revision);
}

const isSame = (channel: Channel, change: Partial<Channel>) =>
  (Object.keys(change) as (keyof Channel)[]).every((name) => change[name] === channel[name]);
