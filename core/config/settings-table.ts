/** One setting as people know it. */
export interface Setting {
  readonly name: string;
  /** What holds when it is not set, in words. */
  readonly default: string;
  readonly meaning: string;
  /** Its value is never shown, in whole or in part. */
  readonly secret?: true;
  /** A promised setting of a feature that this version lacks: refused when set, because ignoring it would mislead. */
  readonly later?: true;
}

/** Every setting, in the order in which help and mistakes list them. The names are a promise. */
export const settings = [
  {
    name: "PORT",
    default: "3000",
    meaning: "port to listen on; a taken default port moves to the next free one",
  },
  {
    name: "HOST",
    default: "127.0.0.1",
    meaning: "address to listen on; one that is not loopback needs PUBLIC_URL",
  },
  {
    name: "PUBLIC_URL",
    default: "none",
    meaning: "where Slack, Teams and people reach the hub; switches the sandbox off",
  },
  {
    name: "TRUST_PROXY",
    default: "none",
    meaning: "how many proxies stand in front, or their CIDRs",
  },
  {
    name: "INSTANCE_NAME",
    default: "none",
    meaning: "a name such as staging, shown on cards and in the console",
  },
  { name: "DATA_DIR", default: "./data", meaning: "data folder" },
  {
    name: "MONGODB_URL",
    default: "none",
    meaning: "use MongoDB instead of SQLite; switches the sandbox off",
    secret: true,
  },
  {
    name: "COUNTERSIGN_KEYS",
    default: "from secrets.json",
    meaning: "keys for secrets at rest, newest first, with commas; needed with MONGODB_URL",
    secret: true,
  },
  {
    name: "SANDBOX",
    default: "on for a private trial",
    meaning: "on or off: a local Slack and Teams to try things in",
  },
  { name: "LOG_FORMAT", default: "feed on a terminal, else json", meaning: "feed or json" },
  { name: "LOG_LEVEL", default: "info", meaning: "debug, info, warn or error" },
  {
    name: "RETENTION_DAYS",
    default: "30",
    meaning: "how long settled events, deliveries and attempts are kept",
  },
  {
    name: "MAX_EVENT_BYTES",
    default: "1048576",
    meaning: "the most that one request with events may carry",
  },
  {
    name: "MAX_CALLBACK_BYTES",
    default: "262144",
    meaning: "the most that one callback may carry",
  },
  { name: "SLACK_CLIENT_ID", default: "none", meaning: "your Slack app: client id" },
  {
    name: "SLACK_CLIENT_SECRET",
    default: "none",
    meaning: "your Slack app: client secret",
    secret: true,
  },
  {
    name: "SLACK_SIGNING_SECRET",
    default: "none",
    meaning: "your Slack app: signing secret",
    secret: true,
  },
  {
    name: "SLACK_APP_TOKEN",
    default: "none",
    meaning: "your Slack app: app-level token, for Socket Mode instead of a signing secret",
    secret: true,
  },
  {
    name: "SLACK_API_URL",
    default: "https://slack.com/api/",
    meaning: "root of Slack's Web API, for GovSlack and tests",
  },
  {
    name: "SLACK_AUTHORIZE_URL",
    default: "https://slack.com/oauth/v2/authorize",
    meaning: "Slack's consent page, for GovSlack and tests",
  },
  {
    name: "SLACK_ALLOWED_TEAMS",
    default: "any that an admin connects",
    meaning: "ids of the workspaces (T…) and organizations (E…) that may be connected, with commas",
  },
  { name: "TEAMS_APP_ID", default: "none", meaning: "your Azure Bot: app id" },
  {
    name: "TEAMS_APP_PASSWORD",
    default: "none",
    meaning: "your Azure Bot: client secret",
    secret: true,
  },
  {
    name: "TEAMS_TENANT_ID",
    default: "none",
    meaning: "your Azure Bot: tenant (the bot is single tenant)",
  },
  {
    name: "TEAMS_LOGIN_URL",
    default: "https://login.microsoftonline.com",
    meaning: "login service; these four together or none of them",
  },
  {
    name: "TEAMS_OPENID_METADATA_URL",
    default: "Bot Framework's",
    meaning: "where the keys of inbound tokens are published",
  },
  {
    name: "TEAMS_TOKEN_ISSUER",
    default: "https://api.botframework.com",
    meaning: "issuer of inbound tokens",
  },
  {
    name: "TEAMS_SERVICE_HOSTS",
    default: "smba.trafficmanager.net",
    meaning: "hosts that a serviceUrl may name, with commas",
  },
  {
    name: "TEAMS_ALLOWED_TENANTS",
    default: "the bot's own alone",
    meaning: "ids of the tenants that may be connected beside TEAMS_TENANT_ID, with commas",
  },
  {
    name: "OIDC_ISSUER",
    default: "none",
    meaning: "single sign-on for the console: issuer (https, or http on loopback)",
  },
  { name: "OIDC_CLIENT_ID", default: "none", meaning: "single sign-on: client id" },
  {
    name: "OIDC_CLIENT_SECRET",
    default: "none",
    meaning: "single sign-on: client secret; these three together or none of them",
    secret: true,
  },
  {
    name: "SMTP_URL",
    default: "none",
    meaning: "mail relay for admin notices",
    secret: true,
    later: true,
  },
  { name: "MAIL_FROM", default: "none", meaning: "sender of admin notices", later: true },
  {
    name: "OUTBOUND_ALLOW",
    default: "none",
    meaning: "inside hosts that callbacks may reach, scheme://host:port with commas",
  },
  {
    name: "METRICS_TOKEN",
    default: "none",
    meaning: "bearer token for /metrics",
    secret: true,
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof settings)[number]["name"];
