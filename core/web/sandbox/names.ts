import type { SandboxPlatform } from "../../ports/sandbox.ts";

/** Find a person's id by name or id; undefined when the workspace has nobody of that name. */
export function personId({ workspace }: SandboxPlatform, person: string): string | undefined {
  return workspace.people.find(({ id, name }) => id === person || name === person)?.id;
}

/** Find a channel's id by name (`#releases` or `releases`, `Ops › General`) or id. */
export function channelId({ workspace }: SandboxPlatform, channel: string): string | undefined {
  return workspace.channels.find(({ id, name }) =>
    [id, name, name.replace(/^#/, "")].includes(channel),
  )?.id;
}
