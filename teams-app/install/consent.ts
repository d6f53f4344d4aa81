import type { Connecting } from "../../core/ports/connecting.ts";
import type { TeamsInstallation } from "../../core/ports/installations.ts";
import type { TeamsSettings } from "../../core/ports/platform-settings.ts";
import type {
  Begun,
  ConnectingAdmin,
  InstallOutcome,
  InstallRefusal,
} from "../../core/ports/workspace-door.ts";
import { isAllowedTenant, type TenantSettings } from "./allowed.ts";

/** Where Microsoft sends the browser back; the app registration names it as a redirect address. */
const redirectPath = "/teams/consent/callback";

/** The redirect address of one hub. */
export const redirectUrl = (hubUrl: string) => `${hubUrl}${redirectPath}`;

/** Teams tells a tenant's id and never its name. */
const installationOf = (tenant: string): TeamsInstallation => ({
  platform: "teams",
  entraTenantId: tenant,
  name: `Tenant ${tenant.slice(0, 8)}`,
});

/**
 * Begin to connect a tenant: the address of Microsoft's admin consent page there, with a state that works once and for
 * this tenant alone.
 *
 * The tenant is the bot's own unless `onlyTenant` names another. One that the operator does not allow is refused before
 * anything is stored.
 */
export async function beginConsent(
  settings: TenantSettings & Pick<TeamsSettings, "appId" | "loginUrl">,
  connecting: Connecting,
  admin: ConnectingAdmin,
  onlyTenant: string | undefined,
): Promise<Begun> {
  const { appId, tenantId, loginUrl } = settings;
  const tenant = (onlyTenant ?? tenantId).toLowerCase();
  if (!isAllowedTenant(settings, tenant)) {
    return { refusal: { because: "workspace_not_allowed", workspace: tenant.slice(0, 80) } };
  }
  await connecting.expect(installationOf(tenant));
  const page = new URL(`${loginUrl}/${encodeURIComponent(tenant)}/adminconsent`);
  page.searchParams.set("client_id", appId);
  page.searchParams.set("redirect_uri", redirectUrl(connecting.hubUrl));
  page.searchParams.set("state", await connecting.begin("teams", admin, tenant));
  return { location: page.href };
}

const refused = (refusal: InstallRefusal): InstallOutcome => ({ kind: "refused", refusal });

/**
 * Take the browser that comes back from the consent page. The state is used up first, whatever else came.
 *
 * What the address says of the tenant is a claim, so it only has to be an allowed one, the one that was left for: what
 * connects it are signed activities from there.
 */
export async function finishConsent(
  settings: TenantSettings,
  connecting: Connecting,
  query: Readonly<Record<string, string | undefined>>,
  admin: ConnectingAdmin,
): Promise<InstallOutcome> {
  const state = await connecting.take("teams", query["state"], admin);
  const { trouble } = state;
  const { error, error_subcode: subcode, error_description: words = "" } = query;
  if (error === "access_denied" && (subcode === "cancel" || !/AADSTS\d+/u.test(words))) {
    return { kind: "cancelled" };
  }
  if (trouble) return refused({ because: trouble });
  if (error !== undefined) {
    const code = /AADSTS\d{4,8}/u.exec(words)?.[0] ?? error.slice(0, 80);
    return code === "AADSTS65004" ? { kind: "cancelled" } : refused({ because: "platform", code });
  }
  if (query["admin_consent"]?.toLowerCase() !== "true") {
    return refused({ because: "platform", code: "consent_missing" });
  }
  const tenant = query["tenant"]?.toLowerCase() ?? "";
  if (!isAllowedTenant(settings, tenant)) {
    return refused({ because: "workspace_not_allowed", workspace: tenant.slice(0, 80) });
  }
  if (state.workspace !== undefined && state.workspace !== tenant) {
    return refused({ because: "workspace_other", workspace: tenant, wanted: state.workspace });
  }
  const kept = await connecting.keep(installationOf(tenant), admin);
  if (kept.kind === "taken") return refused({ because: "workspace_taken" });
  return { kind: "connected", installation: kept.installation, again: kept.again };
}
