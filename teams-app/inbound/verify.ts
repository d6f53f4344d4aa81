import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import type { Installations } from "../../core/ports/installations.ts";
import type { TeamsSettings } from "../../core/ports/platform-settings.ts";
import type { WorkspaceNews } from "../../core/ports/workspace-news.ts";
import { isAllowedTenant } from "../install/allowed.ts";
import { isServiceHost } from "../outbound/hosts.ts";
import type { Inbound } from "./parse.ts";

/** Why a request is not let in. `because` is for the log; whoever sent it is told no more than the status. */
export interface Refused {
  readonly status: 401 | 403 | 503;
  readonly because: string;
}

const refused = (status: Refused["status"], because: string): Refused => ({ status, because });

/**
 * Check what botbuilder leaves open about the token, before it checks the rest (PLATFORMS 2.3).
 *
 * It takes a token without `exp`, one of its emulator, and one of another channel of the same bot, where people may
 * send whatever identity they like.
 * Signature, key, audience, times, endorsement and the serviceUrl claim are botbuilder's part.
 */
export function checkToken(
  authorization: string,
  activity: Inbound,
  settings: TeamsSettings,
): Refused | undefined {
  const [scheme, token] = authorization.split(" ");
  if (scheme !== "Bearer" || !token) return refused(401, "token_missing");
  if (activity.channelId !== "msteams") return refused(401, "channel_foreign");
  const [header, claims] = token.split(".").map(decodePart);
  if (!header || !claims) return refused(401, "token_unreadable");
  if (header["alg"] !== "RS256") return refused(401, "token_algorithm");
  if (claims["iss"] !== settings.tokenIssuer) return refused(401, "token_issuer");
  if (typeof claims["exp"] !== "number") return refused(401, "token_without_expiry");
  return undefined;
}

/** Read one part of a token, which nobody has verified yet. */
function decodePart(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Names of the errors by which jsonwebtoken refuses; they are what botbuilder lets through as raw errors. */
const tokenErrors: ReadonlySet<string> = new Set([
  "JsonWebTokenError",
  "NotBeforeError",
  "TokenExpiredError",
]);

/** Read why botbuilder refused. Whatever is not about the token means that the signing keys could not be read. */
export function readRefusal(error: unknown): Refused {
  if (error instanceof Error) {
    if (tokenErrors.has(error.name)) return refused(401, "token_invalid");
    if ("statusCode" in error && error.statusCode === 401) return refused(401, "token_rejected");
  }
  return refused(503, "signing_keys_unreachable");
}

/**
 * Check whose activity it is, after its token was found good: botbuilder looks at neither host nor tenant.
 *
 * A serviceUrl must be there and lie on an allowed host; that it equals the token's claim, botbuilder has checked. The
 * tenant must be one, allowed, and installed (U19). Of one that is not, only that a team has the app is heard: what comes
 * of it is the news desk's to say, and Teams tells it once. Rejects where the store does
 * not say whether it is installed; all else has passed by then.
 */
export async function checkOrigin(
  activity: Inbound,
  news: readonly Pick<WorkspaceNews, "kind">[],
  settings: TeamsSettings,
  installations: Installations,
): Promise<Refused | undefined> {
  if (!activity.serviceUrl) return refused(403, "service_url_missing");
  if (!isServiceHost(activity.serviceUrl, settings.serviceHosts)) {
    return refused(403, "service_host_foreign");
  }
  const [tenant, ...others] = activity.tenants;
  if (tenant === undefined || others.length > 0) return refused(403, "tenant_unclear");
  if (!isAllowedTenant(settings, tenant)) return refused(403, "tenant_not_allowed");
  if (await installations.teams(tenant)) return undefined;
  return news.some(({ kind }) => kind === "team_seen") ? undefined : refused(403, "tenant_foreign");
}
