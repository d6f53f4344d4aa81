import type { SettingName } from "../config/settings-table.ts";
import type { SignedSlackSettings, TeamsSettings } from "../ports/platform-settings.ts";
import type { SandboxPlatform } from "../ports/sandbox.ts";

type Lines = readonly (readonly [SettingName, string])[];

/** Write the settings with which a hub elsewhere takes a sandbox for Slack and Teams, as lines of an environment file. */
export function hubSettings(
  hubUrl: string,
  sandboxUrl: string,
  platforms: readonly SandboxPlatform[],
): readonly string[] {
  const lines: Lines = [
    ["PUBLIC_URL", hubUrl],
    ...platforms.flatMap((one) =>
      one.platform === "slack" ? slackLines(one.settings) : teamsLines(one.settings),
    ),
    ["OUTBOUND_ALLOW", sandboxUrl],
  ];
  return lines.map(([name, value]) => `${name}=${value}`);
}

const slackLines = (slack: SignedSlackSettings): Lines => [
  ["SLACK_CLIENT_ID", slack.clientId],
  ["SLACK_CLIENT_SECRET", slack.clientSecret],
  ["SLACK_SIGNING_SECRET", slack.signingSecret],
  ["SLACK_API_URL", slack.apiUrl],
  ["SLACK_AUTHORIZE_URL", slack.authorizeUrl],
];

const teamsLines = (teams: TeamsSettings): Lines => [
  ["TEAMS_APP_ID", teams.appId],
  ["TEAMS_APP_PASSWORD", teams.appPassword],
  ["TEAMS_TENANT_ID", teams.tenantId],
  ["TEAMS_LOGIN_URL", teams.loginUrl],
  ["TEAMS_OPENID_METADATA_URL", teams.openIdMetadataUrl],
  ["TEAMS_TOKEN_ISSUER", teams.tokenIssuer],
  ["TEAMS_SERVICE_HOSTS", teams.serviceHosts.join(",")],
  ["TEAMS_ALLOWED_TENANTS", (teams.allowedTenants ?? []).join(",")],
];

/** Write the setting by which a hub that nobody reaches from outside hears Slack; undefined without a Slack. */
export function socketSetting(platforms: readonly SandboxPlatform[]): string | undefined {
  const name: SettingName = "SLACK_APP_TOKEN";
  const slack = platforms.find((one) => one.platform === "slack");
  return slack && `${name}=${slack.appToken}`;
}
