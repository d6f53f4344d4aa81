import { type OauthV2AccessResponse, WebClient } from "@slack/web-api";
import type { Clock } from "../../core/ports/clock.ts";
import type { Installation, SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type { Renewed, WorkspaceCheck } from "../../core/ports/workspace-door.ts";
import { type Clients, clientOptions } from "../outbound/client.ts";
import { failureOf } from "../outbound/outcome.ts";

/** Tokens of Slack: from a consent, renewed, looked at, given back. */
export interface Tokens {
  /** Trade the code of a consent for an installation. */
  exchange(
    code: string,
    redirectUri: string,
  ): Promise<
    | { readonly kind: "granted"; readonly installation: SlackInstallation }
    | { readonly kind: "refused"; readonly code: string }
  >;
  renew(installation: Installation): Promise<Renewed>;
  check(installation: Installation): Promise<WorkspaceCheck>;
  leave(installation: Installation): Promise<"left" | "not_confirmed">;
}

export interface TokenDeps {
  readonly settings: SlackSettings;
  readonly clientOf: Clients;
  readonly clock: Clock;
  /** How long Slack may take for one answer. */
  readonly timeoutMs: number;
}

/** Pages of workspaces of one organization that we read; each holds a hundred (docs.slack.dev/reference/methods/auth.teams.list). */
const mostTeamPages = 20;

/** After these a grant is over for good (FEATURES §6.2). What an organization blocks for a while is not among them. */
const endings: ReadonlySet<string> = new Set([
  "account_inactive",
  "invalid_auth",
  "invalid_refresh_token",
  "not_authed",
  "token_revoked",
]);

/** What failed, in Slack's own word; where Slack gave none, in ours. */
function codeOf(error: unknown): string {
  const failure = failureOf(error);
  return failure.error ?? (failure.status === undefined ? "unreachable" : "unreadable_answer");
}

/** What a grant says of when its token runs out. */
function renewalOf(
  { refresh_token: refreshToken, expires_in: seconds }: OauthV2AccessResponse,
  at: Date,
) {
  if (refreshToken === undefined || seconds === undefined) return {};
  return { renewal: { refreshToken, expiresAtMs: at.getTime() + seconds * 1_000 } };
}

const listOf = (scope: string | undefined) => (scope ?? "").split(",").filter(Boolean);

/** Read what Slack granted. Undefined when a part is missing that every grant has. */
function readGrant(answer: OauthV2AccessResponse, at: Date): SlackInstallation | undefined {
  const { access_token: botToken, bot_user_id: botUserId, team, enterprise } = answer;
  const org = answer.is_enterprise_install === true ? enterprise : undefined;
  const place = org ?? team;
  if (!botToken || !botUserId || !place?.id) return undefined;
  return {
    platform: "slack",
    slackTeamId: place.id,
    name: place.name ?? place.id,
    botToken,
    botId: "",
    botUserId,
    scopes: listOf(answer.scope),
    ...renewalOf(answer, at),
    ...(org ? { enterprise: { id: place.id, teams: [] } } : {}),
  };
}

/** The workspaces in which an organization lets the app act. */
async function listTeams(client: WebClient): Promise<readonly string[]> {
  const teams: string[] = [];
  let cursor = "";
  for (let page = 0; page < mostTeamPages; page += 1) {
    const answer = await client.auth.teams.list({ limit: 100, ...(cursor ? { cursor } : {}) });
    teams.push(...(answer.teams ?? []).flatMap(({ id }) => id ?? []));
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") break;
  }
  return teams;
}

/** Ask with a fresh token what it is good for: the bot's id, and the workspaces of an organization. */
async function complete(clientOf: Clients, granted: SlackInstallation): Promise<SlackInstallation> {
  const client = clientOf(granted);
  const { bot_id: botId = "" } = await client.auth.test();
  if (!granted.enterprise) return { ...granted, botId };
  const enterprise = { ...granted.enterprise, teams: await listTeams(client) };
  return { ...granted, botId, enterprise };
}

/** Make what fetches, renews and gives back tokens. Each call tries once. */
export function createTokens({ settings, clientOf, clock, timeoutMs }: TokenDeps): Tokens {
  const app = new WebClient(undefined, clientOptions(settings, timeoutMs));
  const keys = { client_id: settings.clientId, client_secret: settings.clientSecret };
  return {
    exchange: async (code, redirectUri) => {
      try {
        const answer = await app.oauth.v2.access({ ...keys, code, redirect_uri: redirectUri });
        const granted = readGrant(answer, clock.now());
        if (!granted) return { kind: "refused", code: "unreadable_answer" };
        return { kind: "granted", installation: await complete(clientOf, granted) };
      } catch (error) {
        return { kind: "refused", code: codeOf(error) };
      }
    },

    renew: async (installation) => {
      if (installation.platform !== "slack" || !installation.renewal) {
        return { kind: "refused", code: "not_rotating" };
      }
      const used = { refresh_token: installation.renewal.refreshToken };
      try {
        const grant = { grant_type: "refresh_token", ...used } as const;
        const answer = await app.oauth.v2.access({ ...keys, ...grant });
        const renewal = renewalOf(answer, clock.now());
        const { access_token: botToken } = answer;
        if (!botToken) return { kind: "unknown", because: "unreadable_answer" };
        return { kind: "renewed", installation: { ...installation, botToken, ...renewal } };
      } catch (error) {
        const code = codeOf(error);
        return endings.has(code) ? { kind: "refused", code } : { kind: "unknown", because: code };
      }
    },

    check: async (installation) => {
      if (installation.platform !== "slack") return { kind: "unknown", because: "not_slack" };
      const client = clientOf(installation);
      try {
        const { response_metadata: told } = await client.auth.test();
        const teams = installation.enterprise ? { teams: await listTeams(client) } : {};
        const scopes = (told?.scopes ?? []).filter(Boolean);
        return { kind: "fine", scopes: scopes.length > 0 ? scopes : installation.scopes, ...teams };
      } catch (error) {
        const code = codeOf(error);
        if (code === "token_expired") return { kind: "expired" };
        return endings.has(code) ? { kind: "revoked", code } : { kind: "unknown", because: code };
      }
    },

    leave: async (installation) => {
      if (installation.platform !== "slack") return "not_confirmed";
      const client = clientOf(installation);
      const ways = [() => client.apps.uninstall(keys), () => client.auth.revoke()];
      for (const way of ways) {
        const left = await way().then(
          () => true,
          (error: unknown) => endings.has(codeOf(error)),
        );
        if (left) return "left";
      }
      return "not_confirmed";
    },
  };
}
