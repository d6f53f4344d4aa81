import type { TeamsSettings } from "../../core/ports/platform-settings.ts";

/** What says which tenants this hub works for. */
export type TenantSettings = Pick<TeamsSettings, "tenantId" | "allowedTenants">;

/**
 * Tell whether a tenant may be connected, heard and written to: the bot's own, or one that the operator has named (U19).
 * What a valid token or a consent says of a tenant only counts where this holds.
 */
export function isAllowedTenant(
  { tenantId, allowedTenants = [] }: TenantSettings,
  tenant: string,
): boolean {
  const asked = tenant.toLowerCase();
  return asked !== "" && [tenantId, ...allowedTenants].some((one) => one.toLowerCase() === asked);
}
