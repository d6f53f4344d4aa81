import type { Config } from "../config.ts";
import type { DataFolder } from "../data-folder.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { VaultKeys } from "../ports/vault.ts";
import { shareRoot } from "../secrets/shared-root.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";

/** The store of this hub, with the keys that go with it. */
export interface OpenStore {
  readonly store: Store;
  readonly vaultKeys: VaultKeys;
  /** Whether the data folder's disk is what the store writes to. */
  readonly inFolder: boolean;
}

/** Open SQLite in the data folder, or MongoDB where an address is set. Only then its large driver is loaded. */
export async function openStore(
  config: Config,
  { database, vaultKeys }: DataFolder,
  clock: Clock,
  organization: OrganizationId,
): Promise<OpenStore> {
  const { mongodbUrl: url } = config;
  if (url === undefined) {
    const thread = new URL("../stores/sqlite/writer-thread.js", import.meta.url);
    return { store: openSqliteStore({ path: database, clock, thread }), vaultKeys, inFolder: true };
  }
  const { openMongoStore } = await import("../stores/mongo/store.ts");
  const store = await openMongoStore({ url, clock });
  try {
    const shared = await shareRoot(store, organization, vaultKeys);
    return { store, vaultKeys: shared, inFolder: false };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}
