import type { Reply } from "./http.ts";
import type { Issuer } from "./issuer.ts";
import { type Tenants, tenantNamed } from "./tenants.ts";

/** Whom the bot's tokens are for; the connector takes no other. */
export const connectorAudience = "https://api.botframework.com";

const lifeSeconds = 3_600;

/** Refuse as Microsoft's login does: the number stands in the list, the sentence is for people. */
function refuse(status: number, error: string, code: number, words: string): Reply {
  const error_description = `AADSTS${code}: ${words}`;
  return { status, body: { error, error_description, error_codes: [code] } };
}

/**
 * Answer one OAuth client-credentials request: tenant, grant, app and secret are all checked. Every tenant that has
 * consented gives a token; the connector takes that of the bot's home alone.
 */
export async function giveToken(
  tenantId: string,
  form: URLSearchParams,
  tenants: Tenants,
  issuer: Issuer,
): Promise<Reply> {
  const tenant = tenantNamed(tenants, tenantId);
  if (!tenant) {
    return refuse(400, "invalid_request", 90002, `There is no tenant '${tenantId}' here.`);
  }
  if (form.get("grant_type") !== "client_credentials") {
    return refuse(400, "unsupported_grant_type", 70003, "Only client_credentials is served here.");
  }
  if (form.get("client_id") !== tenant.appId) {
    return refuse(400, "unauthorized_client", 700016, "This tenant does not know the application.");
  }
  const isAway = tenant !== tenants[0] && !tenant.standing.consented;
  if (tenant.standing.principalGone || isAway) {
    return refuse(400, "unauthorized_client", 7000229, "The app has no principal in this tenant.");
  }
  if (form.get("client_secret") !== tenant.appPassword) {
    return refuse(401, "invalid_client", 7000215, "The client secret is wrong.");
  }
  if (tenant.standing.secretExpired) {
    return refuse(401, "invalid_client", 7000222, "The client secret has run out.");
  }
  if (form.get("scope") !== `${connectorAudience}/.default`) {
    return refuse(400, "invalid_scope", 70011, "The scope is not one of the Bot Connector.");
  }
  const claims = { aud: connectorAudience, appid: tenant.appId, tid: tenant.id };
  const access_token = await issuer.sign(claims, lifeSeconds);
  return { status: 200, body: { token_type: "Bearer", expires_in: lifeSeconds, access_token } };
}
