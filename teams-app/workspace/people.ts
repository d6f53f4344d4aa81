import { type TeamsChannelAccount, TeamsInfo } from "botbuilder";
import type { TeamsInstallation } from "../../core/ports/installations.ts";
import type { ChatProfile } from "../../core/ports/workspace-door.ts";
import { isAllowedTenant } from "../install/allowed.ts";
import { converse, type Speaker } from "../outbound/converse.ts";
import { isServiceHost } from "../outbound/hosts.ts";

const insideRoles: ReadonlySet<unknown> = new Set(["user", "owner"]);

/** What Teams says of a member, in the product's words. A role that we do not know counts as a guest's. */
export function profileOf(member: TeamsChannelAccount, tenant: string): ChatProfile {
  const email = addressOf(member);
  return {
    name: member.name ?? "",
    guest: !insideRoles.has(member.userRole),
    foreign: member.tenantId !== tenant,
    gone: false,
    ...(email === undefined ? {} : { email }),
  };
}

/**
 * The address of a member is the sign-in name: the tenant owns its domain. `email` is a field that each person of a
 * directory may be given freely, so it proves nothing.
 */
function addressOf({ userPrincipalName: name }: TeamsChannelAccount): string | undefined {
  return name?.includes("@") && !name.includes("#EXT#") ? name : undefined;
}

/** Ask Teams who somebody is, in one team after the other that has the app. Undefined where none tells. */
export async function askForProfile(
  speaker: Speaker,
  { entraTenantId: workspace, teams = [] }: TeamsInstallation,
  user: string,
): Promise<ChatProfile | undefined> {
  if (!isAllowedTenant(speaker.settings, workspace)) return undefined;
  for (const { id: channel, serviceUrl } of teams) {
    if (!isServiceHost(serviceUrl, speaker.settings.serviceHosts)) continue;
    const place = { workspace, channel, serviceUrl };
    const { value } = await converse(speaker, place, (context) =>
      TeamsInfo.getMember(context, user),
    );
    if (value) return profileOf(value, workspace);
  }
  return undefined;
}
