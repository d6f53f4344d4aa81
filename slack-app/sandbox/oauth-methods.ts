import type { IncomingHttpHeaders } from "node:http";
import { type Answer, ok, refuse, textOf } from "./answers.ts";
import type { Consents } from "./consent.ts";
import { rotatingSeconds, type Tokens } from "./grants.ts";
import type { Arguments } from "./http.ts";
import type { Rig } from "./rig.ts";

/** Check the app's id and secret, which come in the header or among the arguments. */
export function clientTrouble(
  { world }: Rig,
  given: Arguments,
  headers: IncomingHttpHeaders,
): string | undefined {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? "")?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":")
    : [textOf(given["client_id"]), textOf(given["client_secret"])];
  if (id !== world.settings.clientId) return "invalid_client_id";
  return secret === world.settings.clientSecret ? undefined : "bad_client_secret";
}

function describeTokens({ world }: Rig, { grant, access, refresh }: Tokens, person: string) {
  const team = world.teams.find(({ id }) => id === grant.id);
  const { id, name } = world.enterprise;
  const enterprise = grant.isOrg || team?.enterprise === id ? { id, name } : null;
  return {
    app_id: world.appId,
    authed_user: { id: person },
    scope: grant.scopes.join(","),
    token_type: "bot",
    access_token: access,
    bot_user_id: team?.botUserId ?? orgBot(world),
    team: team ? { id: team.id, name: team.name } : null,
    enterprise,
    is_enterprise_install: grant.isOrg,
    ...(refresh === undefined ? {} : { refresh_token: refresh, expires_in: rotatingSeconds }),
  };
}

/** The bot of an org-wide installation is one user for all workspaces of the organization. */
export const orgBot = ({ idOf }: Rig["world"]) => idOf("U", "bot user of the organization");

/** `oauth.v2.access`: trade a code, or a refresh token, for tokens. */
export function access(rig: Rig, consents: Consents, given: Arguments): Answer {
  if (given["grant_type"] === "refresh_token") {
    const renewed = rig.grants.refresh(textOf(given["refresh_token"]));
    if (typeof renewed === "string") return refuse(renewed);
    return ok(describeTokens(rig, renewed, renewed.grant.installer));
  }
  const redirect = given["redirect_uri"] === undefined ? undefined : textOf(given["redirect_uri"]);
  const traded = consents.exchange(textOf(given["code"]), redirect);
  return typeof traded === "string"
    ? refuse(traded)
    : ok(describeTokens(rig, traded, traded.person));
}
