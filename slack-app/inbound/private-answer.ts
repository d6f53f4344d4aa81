import { parseUrl } from "../../core/domain/parse-url.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type { Clients } from "../outbound/client.ts";
import { renderPrivate } from "../render/refusal.ts";

/** How long one `response_url` may take to answer. */
const answerMs = 5_000;

/**
 * Tell whether this is an address of Slack's own: the Web API's host, or one beside or below it, over the same scheme.
 * `https://hooks.slack.com` stands beside `https://slack.com`.
 */
export function isResponseUrl(responseUrl: string, apiUrl: string): boolean {
  const url = parseUrl(responseUrl);
  if (!url) return false;
  const api = new URL(apiUrl);
  if (url.protocol !== api.protocol || url.username !== "") return false;
  return url.host === api.host || url.host.endsWith(`.${api.host}`);
}

/** Post a private text to the `response_url` of an interaction. Answers whether Slack took it. */
export async function postToResponseUrl(
  responseUrl: string | undefined,
  settings: Pick<SlackSettings, "apiUrl">,
  text: string,
): Promise<boolean> {
  if (responseUrl === undefined || !isResponseUrl(responseUrl, settings.apiUrl)) return false;
  try {
    const answer = await fetch(responseUrl, {
      method: "POST",
      redirect: "error",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        response_type: "ephemeral",
        replace_original: false,
        ...renderPrivate(text),
      }),
      signal: AbortSignal.timeout(answerMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Where a private answer goes: to whom, in which channel, and on which road first. */
export interface PrivatePlace {
  readonly channel: string;
  readonly user: string;
  readonly responseUrl?: string;
}

/** Answer one person privately, by `response_url`, else by `chat.postEphemeral`. Rejects when neither road is open. */
export async function tellPrivately(
  place: PrivatePlace,
  text: string,
  slack: {
    readonly settings: Pick<SlackSettings, "apiUrl">;
    readonly clientOf: Clients;
    readonly installation: SlackInstallation;
  },
): Promise<void> {
  if (await postToResponseUrl(place.responseUrl, slack.settings, text)) return;
  const { channel, user } = place;
  await slack
    .clientOf(slack.installation)
    .chat.postEphemeral({ channel, user, ...renderPrivate(text) });
}
