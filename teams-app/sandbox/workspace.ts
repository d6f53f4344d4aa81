import type { SandboxChannel, SandboxTeam } from "../../core/ports/sandbox-life.ts";
import {
  type Channel,
  chatOf,
  isOpenToApp,
  isThere,
  type Region,
  sayChannel,
  type Tenant,
} from "./tenant.ts";

/** The tenant as the panes and the sandbox's API show it. It is installed while the app is in a team. */
export function showTenant(
  tenant: Tenant,
  serviceUrlOf: (region: Region) => string,
): SandboxTeam & { readonly installed: boolean } {
  return {
    id: tenant.id,
    name: tenant.name,
    installed: tenant.teams.some(({ hasApp, deleted }) => hasApp && !deleted),
    channels: tenant.channels.filter(isThere).map((one) => showChannel(one, serviceUrlOf)),
    people: tenant.people
      .filter(({ gone }) => !gone)
      .map((one) => ({ id: one.aadObjectId, name: one.name, guest: one.guest, chat: chatOf(one) })),
  };
}

function showChannel(channel: Channel, serviceUrlOf: (region: Region) => string): SandboxChannel {
  const { id, kind: type, team } = channel;
  return {
    id,
    name: sayChannel(channel),
    team: team.name,
    private: type === "private",
    type,
    member: isOpenToApp(channel),
    archived: team.archived,
    serviceUrl: serviceUrlOf(team.region),
  };
}
