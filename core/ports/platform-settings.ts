/** Where Slack is: its own addresses, GovSlack's, or a stand-in's. */
export interface SlackPlaces {
  /** Root of the Web API, with a slash at its end: `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  /** Teams (`T…`) and organizations (`E…`) that may be connected; absent: every one that an admin connects. */
  readonly allowedTeams?: readonly string[];
}

/** The operator's Slack app: it calls our address and signs, or we hold a connection to it, or both. */
export interface SlackSettings extends SlackPlaces {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Absent where Slack calls no address of ours. */
  readonly signingSecret?: string;
  /** Set with Socket Mode: with it the connection is opened. */
  readonly appToken?: string;
}

/** An app that calls our address. */
export type SignedSlackSettings = SlackSettings & { readonly signingSecret: string };

/** Where Microsoft is: its public cloud, a government's, or a stand-in; and which tenants may be connected. */
export interface TeamsCloud {
  /** Root of the login service, without a slash at its end: `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  /** Hosts (`host` or `host:port`) on which a serviceUrl may lie; `*.example.com` covers the hosts below it. */
  readonly serviceHosts: readonly string[];
  /** Tenants that may be connected beside the bot's own, in small letters; absent: none. */
  readonly allowedTenants?: readonly string[];
}

/** What names the operator's Azure Bot, single tenant. */
export interface TeamsKeys {
  readonly appId: string;
  readonly appPassword: string;
  /** Its home tenant: every token of the bot comes from there, whichever tenant it speaks in. */
  readonly tenantId: string;
}

/** The operator's Azure Bot, single tenant. */
export interface TeamsSettings extends TeamsKeys, TeamsCloud {}

/** The OpenID Connect issuer that people sign in with at the console, and the hub's client there. */
export interface SingleSignOnSettings {
  /** As a URL, with a slash at its end where it has no path. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
