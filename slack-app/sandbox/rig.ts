import type { Dialogs } from "./dialogs.ts";
import type { Grant, Grants } from "./grants.ts";
import type { Homes } from "./homes.ts";
import type { Shelf } from "./shelf.ts";
import type { Channel, Member, Team, World } from "./things.ts";
import type { Timeline } from "./timeline.ts";
import type { Whispers } from "./whispers.ts";

/** All that the local Slack knows and keeps. */
export interface Rig {
  readonly world: World;
  readonly grants: Grants;
  readonly channels: Shelf<Channel>;
  readonly members: Shelf<Member>;
  readonly timeline: Timeline;
  readonly whispers: Whispers;
  readonly dialogs: Dialogs;
  readonly homes: Homes;
  readonly now: () => Date;
  /** When each channel last took a message, in milliseconds. */
  readonly postedAt: Map<string, number>;
}

/** Find a workspace by id, or by name as people write it. */
export const findTeam = ({ world }: Rig, asked: string): Team | undefined =>
  world.teams.find(({ id, name }) => id === asked || name.toLowerCase() === asked.toLowerCase());

/** The workspace in which a channel lies. */
export const teamOf = ({ world }: Rig, channel: Pick<Channel, "workspace"> | undefined): Team =>
  world.teams.find(({ id }) => id === channel?.workspace) ?? world.home;

/** Find a person by id, or by name as people write it; names of the first workspace come first. */
export function findPerson({ members }: Rig, asked: string): Member | undefined {
  const name = asked.toLowerCase();
  return members.get(asked) ?? members.all().find((one) => one.name.toLowerCase() === name);
}

/** Find a channel by id or by name, with or without `#`, in some of the workspaces. */
export function findChannel(
  { channels, world }: Rig,
  asked: string,
  teams: readonly string[] = world.teams.map(({ id }) => id),
): Channel | undefined {
  const name = `#${asked.replace(/^#/, "").toLowerCase()}`;
  const isMeant = (one: Channel) => one.name === name && !one.deleted;
  const found =
    channels.get(asked) ??
    channels.all().find((one) => isMeant(one) && teams.includes(one.workspace));
  return found && !found.deleted && teams.includes(found.workspace) ? found : undefined;
}

/** Who calls a method: the installation whose token it is, and the workspace that is meant, where that is clear. */
export interface Caller {
  readonly grant: Grant;
  readonly token: string;
  readonly team: Team | undefined;
}
