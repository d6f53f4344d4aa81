import type { Logger, WebClientOptions } from "@slack/web-api";
import { LogLevel, WebClient } from "@slack/web-api";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";

/** Says nothing: what happened is in the report of each try, and the SDK's own lines might carry what people wrote. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** Seconds to wait where a 429 names none, or zero, by which calls would follow each other at once; the SDK throws an error without a kind then. */
const defaultRetryAfter = "30";

const fetchNamingRetryAfter: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (answer.status !== 429 || /^0*[1-9]\d*$/.test(answer.headers.get("retry-after") ?? ""))
    return answer;
  const headers = new Headers(answer.headers);
  headers.set("retry-after", defaultRetryAfter);
  return new Response(await answer.text(), { status: 429, headers });
};

/** Gives the client for an installation; the same one for as long as its token stays the same. */
export type Clients = (installation: SlackInstallation) => WebClient;

/**
 * How our clients behave: they try once and stop waiting after `timeoutMs`.
 *
 * The SDK's defaults are wrong for a hub: it repeats posts after a lost answer and holds up every channel for one 429
 * (PLATFORMS §1.3).
 */
export const clientOptions = (
  { apiUrl }: Pick<SlackSettings, "apiUrl">,
  timeoutMs: number,
): WebClientOptions => ({
  slackApiUrl: apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: timeoutMs,
  allowAbsoluteUrls: false,
  logger: silentLogger,
  fetch: fetchNamingRetryAfter,
});

/** Under an org-wide token, most methods want to hear for which workspace they are called. */
const workspaceOf = ({ enterprise, slackTeamId }: SlackInstallation) =>
  enterprise && enterprise.id !== slackTeamId ? { teamId: slackTeamId } : {};

/** Make Web API clients. The token travels in the Authorization header only. */
export function createClients(settings: Pick<SlackSettings, "apiUrl">, timeoutMs: number): Clients {
  const clients = new Map<string, { readonly token: string; readonly client: WebClient }>();
  return (installation) => {
    const token = installation.botToken;
    const known = clients.get(installation.slackTeamId);
    if (known?.token === token) return known.client;
    const client = new WebClient(token, {
      ...clientOptions(settings, timeoutMs),
      ...workspaceOf(installation),
    });
    clients.set(installation.slackTeamId, { token, client });
    return client;
  };
}
