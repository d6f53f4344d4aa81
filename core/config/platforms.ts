import type {
  SlackPlaces,
  SlackSettings,
  TeamsCloud,
  TeamsSettings,
} from "../ports/platform-settings.ts";
import { parseServiceHosts, parseWebAddress, webAddress } from "./parsers.ts";
import type { Reading } from "./reading.ts";
import type { SettingName } from "./settings-table.ts";

const slackKeys = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"] as const;
const slackPlaces = ["SLACK_API_URL", "SLACK_AUTHORIZE_URL", "SLACK_ALLOWED_TEAMS"] as const;
const teamsKeys = ["TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"] as const;
const teamsPlaces = [
  "TEAMS_LOGIN_URL",
  "TEAMS_OPENID_METADATA_URL",
  "TEAMS_TOKEN_ISSUER",
  "TEAMS_SERVICE_HOSTS",
] as const;
const teamsTenants = "TEAMS_ALLOWED_TENANTS";

/** Every setting that belongs to a live platform; one of them set means that this is no private trial. */
export const platformSettings: readonly SettingName[] = [
  ...slackKeys,
  ...slackPlaces,
  "SLACK_APP_TOKEN",
  ...teamsKeys,
  ...teamsPlaces,
  teamsTenants,
];

/** Read where Slack is, and which of its workspaces may be connected. It holds for an app whose keys are typed in the console, too. */
export function readSlackPlaces(reading: Reading): SlackPlaces {
  const apiUrl = reading.read("SLACK_API_URL", parseFolder, webAddress) ?? "https://slack.com/api/";
  const authorizeUrl =
    reading.read("SLACK_AUTHORIZE_URL", parsePage, webAddress) ??
    "https://slack.com/oauth/v2/authorize";
  const ids = "ids of workspaces (T…) and organizations (E…), separated by commas";
  const allowedTeams = reading.read("SLACK_ALLOWED_TEAMS", parseTeams, ids);
  return { apiUrl, authorizeUrl, ...(allowedTeams ? { allowedTeams } : {}) };
}

/** Read the operator's Slack app. Undefined when none is set; half a set is a mistake. */
export function readSlack(reading: Reading, places: SlackPlaces): SlackSettings | undefined {
  const kind = "an app-level token, xapp-…";
  const appToken = reading.read("SLACK_APP_TOKEN", parseAppToken, kind);
  const causes = [...slackKeys, "SLACK_APP_TOKEN"] as const;
  // With Socket Mode nobody calls the hub, so there is nothing to sign.
  const needed = reading.text("SLACK_APP_TOKEN") === undefined ? slackKeys : slackKeys.slice(0, 2);
  const keys = readTogether(reading, needed, causes);
  if (!keys) return undefined;
  const signingSecret = reading.text("SLACK_SIGNING_SECRET");
  return {
    clientId: keys.SLACK_CLIENT_ID,
    clientSecret: keys.SLACK_CLIENT_SECRET,
    ...(signingSecret === undefined ? {} : { signingSecret }),
    ...(appToken === undefined ? {} : { appToken }),
    ...places,
  };
}

/** Microsoft's public cloud; the values of botframework-connector's `AuthenticationConstants`. */
const publicCloud = {
  loginUrl: "https://login.microsoftonline.com",
  openIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  tokenIssuer: "https://api.botframework.com",
  serviceHosts: ["smba.trafficmanager.net"],
} as const;

/** Read the operator's Azure Bot. Undefined when none is set; half a set is a mistake. */
export function readTeams(reading: Reading, cloud: TeamsCloud): TeamsSettings | undefined {
  const keys = readTogether(reading, teamsKeys, teamsKeys);
  const guid = "an id such as 00000000-0000-0000-0000-000000000000";
  const appId = reading.read("TEAMS_APP_ID", parseGuid, guid);
  const tenantId = reading.read("TEAMS_TENANT_ID", parseGuid, guid);
  if (!keys || appId === undefined || tenantId === undefined) return undefined;
  return { appId, appPassword: keys.TEAMS_APP_PASSWORD, tenantId, ...cloud };
}

/**
 * Read where Microsoft is, all of it or none for the public cloud, and which tenants may be connected. It holds for a
 * bot whose keys are typed in the console, too.
 */
export function readTeamsCloud(reading: Reading): TeamsCloud {
  const ids = "ids of tenants such as 00000000-0000-0000-0000-000000000000, separated by commas";
  const allowedTenants = reading.read(teamsTenants, parseGuids, ids);
  return { ...readTeamsPlaces(reading), ...(allowedTenants ? { allowedTenants } : {}) };
}

function readTeamsPlaces(reading: Reading): TeamsCloud {
  const together = readTogether(reading, teamsPlaces, teamsPlaces);
  const loginUrl = reading.read("TEAMS_LOGIN_URL", parseRoot, webAddress);
  const openIdMetadataUrl = reading.read("TEAMS_OPENID_METADATA_URL", parsePage, webAddress);
  reading.read("TEAMS_TOKEN_ISSUER", parseWebAddress, webAddress);
  const hosts = "host or host:port, separated by commas; *.host for all hosts below one";
  const serviceHosts = reading.read("TEAMS_SERVICE_HOSTS", parseServiceHosts, hosts);
  if (!together || !loginUrl || !openIdMetadataUrl || !serviceHosts) return publicCloud;
  return { loginUrl, openIdMetadataUrl, tokenIssuer: together.TEAMS_TOKEN_ISSUER, serviceHosts };
}

/**
 * Read settings that only make sense together.
 *
 * Undefined when any is missing. The missing ones are mistakes as soon as one of `causes` is set.
 */
export function readTogether<Name extends SettingName>(
  reading: Reading,
  names: readonly Name[],
  causes: readonly SettingName[],
): Readonly<Record<Name, string>> | undefined {
  const missing = names.filter((name) => reading.text(name) === undefined);
  const cause = causes.find((name) => reading.text(name) !== undefined);
  if (cause) for (const name of missing) reading.refuse(name, `a value, because ${cause} is set`);
  if (missing.length > 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, reading.text(name)])) as Record<
    Name,
    string
  >;
}

/** Slack writes its app-level tokens so; any other token opens no connection. */
const parseAppToken = (text: string) => (/^xapp-[\w-]+$/.test(text) ? text : undefined);

const parsePage = (text: string) => parseWebAddress(text)?.href;

function parseFolder(text: string): string | undefined {
  const page = parsePage(text);
  return page === undefined || page.endsWith("/") ? page : `${page}/`;
}

/** A page below which others lie, without a slash at its end. */
const parseRoot = (text: string) => parsePage(text)?.replace(/\/+$/, "");

function parseTeams(text: string): readonly string[] | undefined {
  const ids = text.split(",").map((id) => id.trim());
  return ids.every((id) => /^[TE][A-Z0-9]{2,20}$/.test(id)) ? ids : undefined;
}

function parseGuids(text: string): readonly string[] | undefined {
  const ids = text.split(",").map((id) => parseGuid(id.trim()));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

function parseGuid(text: string): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined;
}
