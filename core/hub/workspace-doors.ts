import type { StoredInstallations } from "../installations/installations.ts";
import type { Installation, InstallationRecord } from "../ports/installations.ts";
import type { WorkspaceDoor } from "../ports/workspace-door.ts";

type Platform = InstallationRecord["platform"];

/** The doors of the platforms that are loaded, and whom we may act for behind them. */
export interface WorkspaceDoors extends Pick<StoredInstallations, "recordOf"> {
  /**
   * Speak to a platform through this door from now on. `none`: its messages go, and nothing else can be asked there;
   * undefined: it is off.
   */
  use(platform: Platform, door: WorkspaceDoor | "none" | undefined): void;
  isOn(platform: Platform): boolean;
  doorOf(platform: Platform): WorkspaceDoor | undefined;
  /** Open a stored installation, its token alive; undefined once its grant has ended. */
  open(record: InstallationRecord): Promise<Installation | undefined>;
}

/** Keep the doors by which some installations are reached. */
export function createWorkspaceDoors(installations: () => StoredInstallations): WorkspaceDoors {
  const doors = new Map<Platform, WorkspaceDoor | "none">();
  return {
    use: (platform, door) => {
      if (door) doors.set(platform, door);
      else doors.delete(platform);
    },
    isOn: (platform) => doors.has(platform),
    doorOf: (platform) => {
      const door = doors.get(platform);
      return door === "none" ? undefined : door;
    },
    open: async ({ platform, workspace }) => installations()[platform](workspace),
    recordOf: async (platform, workspace) => installations().recordOf(platform, workspace),
  };
}
