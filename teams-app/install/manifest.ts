import { HubError } from "../../core/domain/hub-error.ts";

/** A manifest as far as an instance changes it; the rest of the source is handed on as it is. */
export interface TeamsManifest {
  readonly id: string;
  readonly version: string;
  readonly developer: {
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
  readonly name: { readonly short: string; readonly full: string };
  readonly bots: readonly { readonly botId: string }[];
  readonly validDomains: readonly string[];
}

/** Whose app it is. */
export interface Instance {
  readonly hubUrl: string;
  /** `INSTANCE_NAME`, such as `staging`. */
  readonly name?: string;
  /** The app id of the operator's Azure Bot, a GUID. */
  readonly appId: string;
}

/** The longest names that Teams takes (manifest schema 1.29). */
const longestShort = 30;
const longestFull = 100;

/** In the source of the manifest this stands for the hub's own address. */
const placeholder = "https://hub.example";

/**
 * Make the manifest of one instance from the source in `manifests/teams`. The app has the bot's own id, so that two
 * hubs of one tenant stay apart.
 *
 * Throws `HubError("teams_needs_https")` where the hub has no public https address: Teams reaches no other.
 */
export function buildManifest(
  source: TeamsManifest,
  { hubUrl, name, appId }: Instance,
): TeamsManifest {
  if (!hubUrl.startsWith("https://")) {
    throw new HubError(
      "teams_needs_https",
      `Teams calls the hub at a public https address, and this hub has ${hubUrl}. Set PUBLIC_URL.`,
    );
  }
  const { developer, bots } = source;
  const here = (address: string) => address.replace(placeholder, hubUrl);
  const named = (product: string, most: number) =>
    name === undefined ? product : `${product} ${name}`.slice(0, most).trimEnd();
  return {
    ...source,
    id: appId,
    developer: {
      ...developer,
      websiteUrl: here(developer.websiteUrl),
      privacyUrl: here(developer.privacyUrl),
      termsOfUseUrl: here(developer.termsOfUseUrl),
    },
    name: {
      short: named(source.name.short, longestShort),
      full: named(source.name.full, longestFull),
    },
    bots: bots.map((bot) => ({ ...bot, botId: appId })),
    validDomains: [new URL(hubUrl).hostname],
  };
}
