import type { SandboxPlatform } from "../../ports/sandbox.ts";

/** The workspace that people see first, so that its names win, and behind it all others of the platform. */
const workspacesOf = ({ workspace, life }: SandboxPlatform) => [workspace, ...life.workspaces()];

/** Find a person's id by name or id, in any workspace; undefined when the platform has nobody of that name. */
export function personId(platform: SandboxPlatform, person: string): string | undefined {
  return workspacesOf(platform)
    .flatMap(({ people }) => people)
    .find(({ id, name }) => id === person || name === person)?.id;
}

/** Find a channel's id by name (`#releases` or `releases`, `Ops › General`) or id, in any workspace. */
export function channelId(platform: SandboxPlatform, channel: string): string | undefined {
  return workspacesOf(platform)
    .flatMap(({ channels }) => channels)
    .find(({ id, name }) => [id, name, name.replace(/^#/, "")].includes(channel))?.id;
}
