import { setImmediate as nextTurn } from "node:timers/promises";
import type { Channel } from "../domain/channel.ts";
import type { InstallationId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";

/** One channel as the search sees it. */
interface Entry {
  readonly id: string;
  /** In lower case, without the `#`. */
  readonly name: string;
  readonly member: boolean;
}

interface Table {
  readonly revision: number;
  readonly entries: readonly Entry[];
}

/** Finds channels by a part of their name. */
export interface NameTables {
  find(installation: InstallationId, part: string, limit: number): Promise<readonly Channel[]>;
}

/** How a channel is compared and shown in lists: without case, without its sign. */
export const bareName = (name: string) => name.trim().toLowerCase().replace(/^#/, "");

/** Records read between two turns of everybody else. */
const slice = 1_000;

/**
 * Keep the names of listed channels in memory, read from the store when somebody searches.
 *
 * The table is a copy that decides nothing: it is read again whenever the listing's revision has changed, whoever
 * changed it, and what it finds is read from the store.
 */
export function createNameTables(store: Store): NameTables {
  const tables = new Map<InstallationId, Table>();
  const current = async (installation: InstallationId): Promise<Table> => {
    const revision = (await store.channelListings.get(installation))?.revision ?? 0;
    const known = tables.get(installation);
    if (known?.revision === revision) return known;
    const table = { revision, entries: await readEntries(store, installation) };
    tables.set(installation, table);
    return table;
  };
  return {
    find: async (installation, part, limit) => {
      const { entries } = await current(installation);
      const found = rank(entries, bareName(part)).slice(0, limit);
      const channels = await Promise.all(found.map(({ id }) => store.channels.get(id)));
      return channels.filter((one) => one !== undefined);
    },
  };
}

async function readEntries(store: Store, installation: InstallationId): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let after: string | undefined;
  for (;;) {
    const part = await store.channels.scan("byName", {
      prefix: [installation],
      limit: slice,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id, name, member, archived } of part) {
      if (!archived) entries.push({ id, name: bareName(name), member });
    }
    const last = part.at(-1);
    if (!last || part.length < slice) return entries;
    after = store.channels.cursorOf("byName", last);
    await nextTurn();
  }
}

/** The whole name, then its beginning, then the rest; where the app is already comes first among equals. */
function rank(entries: readonly Entry[], part: string): readonly Entry[] {
  const ranked = entries.flatMap((entry) => {
    const place = entry.name.indexOf(part);
    if (place < 0) return [];
    const fit = entry.name === part ? 0 : place === 0 ? 2 : 4;
    return [{ entry, weight: fit + (entry.member ? 0 : 1) }];
  });
  return ranked.sort((one, other) => one.weight - other.weight).map(({ entry }) => entry);
}
