import { WebAPIPlatformError, WebClient } from "@slack/web-api";
import type { KeysVerdict, SlackAppSetup } from "../../core/ports/app-setup.ts";
import type { SlackPlaces } from "../../core/ports/platform-settings.ts";
import { silentLogger } from "../outbound/client.ts";
import { buildManifest, differencesOf, type Instance, type SlackManifest } from "./manifest.ts";
import { scopes } from "./scopes.ts";

/** Where Slack makes apps. GovSlack is a place of its own. */
const appsPage = (apiUrl: string) =>
  new URL(apiUrl).hostname.endsWith("slack-gov.com")
    ? "https://api.slack-gov.com/apps"
    : "https://api.slack.com/apps";

/** How long Slack may take to say whether it knows the keys. */
const tryMs = 8_000;

/** Make what leads an operator through making their own Slack app. `source` is the text of `manifests/slack`. */
export function createSlackAppSetup(
  source: string,
  instance: Instance,
  places: Pick<SlackPlaces, "apiUrl">,
): SlackAppSetup {
  const template = JSON.parse(source) as SlackManifest;
  const manifestOf: SlackAppSetup["manifest"] = (transport) =>
    JSON.stringify(buildManifest(template, instance, transport), null, 2);
  return {
    rights: scopes.map(({ scope, why, optional }) => ({ scope, why, optional })),
    manifest: manifestOf,
    createUrl: (transport) => {
      const page = new URL(appsPage(places.apiUrl));
      page.searchParams.set("new_app", "1");
      page.searchParams.set("manifest_json", JSON.stringify(JSON.parse(manifestOf(transport))));
      return page.href;
    },
    differences: differencesOf,
    tryKeys: (keys) => tryKeys(keys, places),
  };
}

/** Slack looks at the app's keys before it looks at the code, so a code that nobody was given tells whether they fit. */
async function tryKeys(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  { apiUrl }: Pick<SlackPlaces, "apiUrl">,
): Promise<KeysVerdict> {
  const client = new WebClient(undefined, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: tryMs,
    logger: silentLogger,
  });
  try {
    await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      code: "countersign-looks-whether-the-keys-fit",
    });
    return { kind: "unknown", because: "Slack took a code that it never gave." };
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) {
      return { kind: "unknown", because: error instanceof Error ? error.message : "no answer" };
    }
    const code = error.data.error;
    if (code === "invalid_code") return { kind: "fit" };
    const wrong = code === "invalid_client_id" || code === "bad_client_secret";
    return wrong ? { kind: "wrong", code } : { kind: "unknown", because: code };
  }
}
