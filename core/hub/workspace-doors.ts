import type { OrganizationId } from "../domain/ids.ts";
import { createInstallations } from "../installations/installations.ts";
import type { Installation, InstallationRecord } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import type { WorkspaceDoor } from "../ports/workspace-door.ts";

type Platform = "slack" | "teams";

/** The doors of the platforms that are loaded, and whom we may act for behind them. */
export interface WorkspaceDoors {
  /** Speak to a platform through this door from now on; undefined: it is off. */
  use(platform: Platform, door: WorkspaceDoor | undefined): void;
  doorOf(platform: Platform): WorkspaceDoor | undefined;
  /** Open a stored installation; undefined once its grant has ended. */
  open(record: InstallationRecord): Promise<Installation | undefined>;
  /** The installation under which we act in a workspace: its own, or the org-wide one that spans it. */
  recordOf(platform: Platform, workspace: string): Promise<InstallationRecord | undefined>;
}

/** Keep the doors of one organization's hub. */
export function createWorkspaceDoors({
  store,
  vault,
  organization,
}: {
  readonly store: Store;
  readonly vault: Vault;
  readonly organization: OrganizationId;
}): WorkspaceDoors {
  const doors = new Map<Platform, WorkspaceDoor>();
  const installations = createInstallations(store, vault, organization);
  const find = async (platform: Platform, workspace: string) => {
    const found = await store.installations.scan("byWorkspace", {
      prefix: [platform, workspace],
      limit: 100,
    });
    return found.find((record) => record.organization === organization);
  };
  return {
    use: (platform, door) => {
      if (door) doors.set(platform, door);
      else doors.delete(platform);
    },
    doorOf: (platform) => doors.get(platform),
    open: ({ platform, workspace }) => installations[platform](workspace),
    recordOf: async (platform, workspace) => {
      const own = await find(platform, workspace);
      if (own || platform === "teams") return own;
      const enterprise = (await installations.slack(workspace))?.enterprise?.id;
      return enterprise === undefined ? undefined : find(platform, enterprise);
    },
  };
}
