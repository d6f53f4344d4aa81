import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { WorkspaceDoor } from "../ports/workspace-door.ts";
import type { StoredInstallations } from "./installations.ts";

/** What watching installations needs. */
export interface WatchDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  /** The machine's: tokens and platforms know no other. */
  readonly clock: Clock;
  readonly log: Log;
  readonly installations: StoredInstallations;
  /** The code that speaks to a platform; undefined while it is not loaded or has no settings. */
  readonly doorOf: (platform: "slack" | "teams") => WorkspaceDoor | undefined;
  /** Tell people that a grant was taken back, once for each grant, however often it is called. */
  readonly lost: (record: InstallationRecord, code: string) => Promise<void>;
  /** The workspaces of an installation can be reached: let out what was held for them. */
  readonly reached: (record: InstallationRecord) => Promise<void>;
  /** Look at the channels that deliveries go to; nobody waits for it. */
  readonly lookAtRoutes: (record: InstallationRecord) => void;
  /** List its channels anew; nobody waits for it. */
  readonly listAnew: (record: InstallationRecord) => void;
  /** A team has the app no more: nothing arrives at its channels. */
  readonly teamLeft: (
    record: InstallationRecord,
    team: string,
    because: "removed" | "deleted",
  ) => Promise<void>;
}

/** Change an installation as it stands now; undefined leaves it. Answers what was written. */
export async function changeInstallation(
  { store }: Pick<WatchDeps, "store">,
  id: string,
  change: (
    found: InstallationRecord,
  ) => InstallationRecord | undefined | Promise<InstallationRecord | undefined>,
): Promise<InstallationRecord | undefined> {
  for (;;) {
    const found = await store.installations.get(id);
    const changed = found && (await change(found));
    if (!changed) return undefined;
    const next = { ...changed, revision: found.revision + 1 };
    if ((await store.installations.replace(next, found.revision)) === "saved") return next;
  }
}

/** Tell whether two readings of a record are of one grant: connecting again begins another. */
export const isSameGrant = (one: InstallationRecord, other: InstallationRecord) =>
  one.id === other.id && one.connectedAt?.getTime() === other.connectedAt?.getTime();
