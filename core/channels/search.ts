import type { Channel } from "../domain/channel.ts";
import type { InstallationId } from "../domain/ids.ts";
import { notConnectedText, notInChannelText, outsidersText } from "../messages/channel-texts.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import { languageNow } from "../words/say.ts";
import type { ChannelChoice, FoundChannels } from "./choices.ts";
import { type ChannelDeps, type OpenDoor, openDoor } from "./deps.ts";
import { routesTo } from "./follow.ts";
import { lookUp } from "./look-up.ts";
import { bareName, createNameTables, type NameTables } from "./name-tables.ts";

/** What a search found, before each line is completed. */
type Found = Pick<FoundChannels, "because" | "invite"> & { readonly channels: readonly Channel[] };

interface Asked {
  readonly record: InstallationRecord;
  readonly opened: OpenDoor | undefined;
  readonly text: string;
  readonly limit: number;
  /** The channels were listed whole at least once. */
  readonly isListed: boolean;
}

/**
 * Make the search of the channel picker.
 *
 * Part of a name is looked up in what is listed. An id or a link is asked of the platform, and so is a whole name that
 * is not listed while the first listing goes on: a workspace that was connected a second ago answers too.
 */
export function createChannelSearch(deps: ChannelDeps) {
  const tables = createNameTables(deps.store);
  return async (id: InstallationId, text: string, limit: number): Promise<FoundChannels> => {
    const record = await deps.store.installations.get(id);
    if (record?.organization !== deps.organization) return { items: [] };
    const [listing, opened] = await Promise.all([
      deps.store.channelListings.get(id),
      openDoor(deps, record),
    ]);
    const listedAt = listing?.listedAt;
    const isListed = listedAt !== undefined;
    const { channels, ...why } = await find(deps, tables, {
      record,
      opened,
      text,
      limit,
      isListed,
    });
    const items = await Promise.all(channels.map((one) => choiceOf(deps, record, opened, one)));
    return { items, ...why, ...(listedAt ? { listedAt } : {}) };
  };
}

async function find(deps: ChannelDeps, tables: NameTables, asked: Asked): Promise<Found> {
  const { record, opened, text, limit, isListed } = asked;
  const pasted = opened?.door.readPasted(text);
  if (pasted === "place") return ask(deps, asked, []);
  const listed = await tables.find(record.id, text, limit);
  const isThere = listed.some(({ name }) => bareName(name) === bareName(text));
  if (pasted === "name" && !isThere && !isListed) return ask(deps, asked, listed);
  if (listed.length > 0 || opened) return { channels: listed };
  return { channels: [], because: notConnectedText(record.platform, record.name, languageNow()) };
}

async function ask(
  deps: ChannelDeps,
  { record, opened, text, limit }: Asked,
  listed: readonly Channel[],
): Promise<Found> {
  const found = await lookUp(deps, record, opened, text);
  if (found.kind === "found") return { channels: [found.channel, ...listed].slice(0, limit) };
  if (listed.length > 0) return { channels: listed };
  const { text: because, invite } = found;
  return { channels: [], because, ...(invite === undefined ? {} : { invite }) };
}

async function choiceOf(
  deps: ChannelDeps,
  record: InstallationRecord,
  opened: OpenDoor | undefined,
  channel: Channel,
): Promise<ChannelChoice> {
  const { platform, allowOutsiders = false } = record;
  const [destination] = await routesTo(deps, platform, channel.workspace, channel.channelId);
  const isClosed = channel.visibility !== "public" && !channel.member;
  const invite = isClosed && opened ? await opened.door.inviteLine(opened.installation) : "";
  return {
    channel,
    ...(destination ? { destination } : {}),
    ...(isClosed
      ? { blocked: notInChannelText(platform, channel.name, invite, languageNow()) }
      : {}),
    ...(invite === "" ? {} : { invite }),
    ...(channel.outsiders ? { note: outsidersText(allowOutsiders, languageNow()) } : {}),
  };
}
