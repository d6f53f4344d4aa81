import type { ChatChannel, Destination } from "../domain/destination.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Installation, InstallationRecord } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";
import type { WorkspaceDoor } from "../ports/workspace-door.ts";

/** What listing, finding and following channels needs. */
export interface ChannelDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  /** The code that speaks to a platform; undefined while it is not loaded or has no settings. */
  readonly doorOf: (platform: "slack" | "teams") => WorkspaceDoor | undefined;
  /** Open a stored installation; undefined once its grant has ended. */
  readonly open: (record: InstallationRecord) => Promise<Installation | undefined>;
  /** The installation under which we act in a workspace: its own, or the org-wide one that spans it. */
  readonly recordOf: (
    platform: "slack" | "teams",
    workspace: string,
  ) => Promise<InstallationRecord | undefined>;
  /** Tell people that nothing arrives at this destination any more, once for each time that it broke. */
  readonly broke: (destination: Destination) => Promise<void>;
  /** Let out what waited for this destination. */
  readonly healed: (destination: Destination) => Promise<void>;
  /** A destination's channel is back that was lost since then: bring its messages up to date. */
  readonly back: (destination: Destination, lostAt: Date) => Promise<void>;
  /** A destination leads elsewhere: let out the posts that waited for where it led before. */
  readonly moved: (before: ChatChannel) => Promise<void>;
  /** Names were saved: planning must read them again. */
  readonly saved: () => void;
}

/** A platform's door together with the grant to go through it. */
export interface OpenDoor {
  readonly door: WorkspaceDoor;
  readonly installation: Installation;
}

/** Open the door to an installation's platform, where its grant stands and its code is loaded. */
export async function openDoor(
  { doorOf, open }: Pick<ChannelDeps, "doorOf" | "open">,
  record: InstallationRecord,
): Promise<OpenDoor | undefined> {
  const door = doorOf(record.platform);
  const installation = door && record.state === "connected" ? await open(record) : undefined;
  return door && installation ? { door, installation } : undefined;
}
