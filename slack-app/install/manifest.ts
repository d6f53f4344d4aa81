import type { Transport } from "../../core/ports/app-setup.ts";

/** A manifest as far as an instance changes it; the rest of the source is handed on as it is. */
export interface SlackManifest {
  readonly display_information: { readonly name: string };
  readonly features: { readonly bot_user: { readonly display_name: string } };
  readonly oauth_config: {
    readonly redirect_urls: readonly string[];
    readonly scopes: { readonly bot: readonly string[]; readonly bot_optional?: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: {
      readonly request_url?: string;
      readonly bot_events: readonly string[];
    };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url?: string };
    readonly socket_mode_enabled: boolean;
  };
}

/** Whose app it is. */
export interface Instance {
  readonly hubUrl: string;
  /** `INSTANCE_NAME`, such as `staging`. */
  readonly name?: string;
}

/** The longest name of an app, and of its bot user (docs.slack.dev/reference/app-manifest). */
const longestName = 35;
const longestBotName = 80;

/** In the source of the manifest this stands for the hub's own address. */
const placeholder = "https://hub.example";

/**
 * Make the manifest of one instance from the source in `manifests/slack`.
 *
 * With Socket Mode, Slack calls no address of ours; the browser of who installs the app still comes back to one.
 */
export function buildManifest(
  source: SlackManifest,
  { hubUrl, name }: Instance,
  transport: Transport,
): SlackManifest {
  const { display_information, features, oauth_config, settings } = source;
  const here = (address: string) => address.replace(placeholder, hubUrl);
  const called = <Part extends { readonly request_url?: string }>(part: Part) => {
    const { request_url, ...rest } = part;
    if (transport === "socket" || request_url === undefined) return rest;
    return { ...rest, request_url: here(request_url) };
  };
  return {
    ...source,
    display_information: { ...display_information, name: nameOf(display_information.name, name) },
    features: {
      ...features,
      bot_user: { ...features.bot_user, display_name: botNameOf(features, name) },
    },
    oauth_config: { ...oauth_config, redirect_urls: oauth_config.redirect_urls.map(here) },
    settings: {
      ...settings,
      event_subscriptions: called(settings.event_subscriptions),
      interactivity: called(settings.interactivity),
      socket_mode_enabled: transport === "socket",
    } as SlackManifest["settings"],
  };
}

const nameOf = (product: string, instance: string | undefined) =>
  instance === undefined ? product : cut(`${product} ${instance}`, longestName);

/** Bot users are called in small letters, digits, dashes, dots and underscores. */
function botNameOf({ bot_user }: SlackManifest["features"], instance = ""): string {
  const plain = instance
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain === ""
    ? bot_user.display_name
    : cut(`${bot_user.display_name}-${plain}`, longestBotName);
}

/** Slack counts UTF-16 units; a sign that takes two is not cut in half. */
function cut(text: string, most: number): string {
  let kept = "";
  for (const sign of text) {
    if (kept.length + sign.length > most) break;
    kept += sign;
  }
  return kept.trimEnd();
}

/** Say what changed between two manifests, one line for each thing: rights and events first, then everything else. */
export function differencesOf(before: string, after: string): readonly string[] {
  const [was, is] = [leavesOf(parse(before)), leavesOf(parse(after))];
  const lines: string[] = [];
  for (const [path, value] of is) {
    const old = was.get(path);
    if (old === undefined) lines.push(`new: ${path} ${value}`.trimEnd());
    else if (old !== value) lines.push(`changed: ${path} from ${old} to ${value}`);
  }
  for (const [path, value] of was) {
    if (!is.has(path)) lines.push(`gone: ${path} ${value}`.trimEnd());
  }
  return lines.sort((one, other) => rank(one) - rank(other));
}

const rank = (line: string) => (/scopes/.test(line) ? 0 : /bot_events/.test(line) ? 1 : 2);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every end of a tree under its path. Lists are sets here: their order says nothing. */
function leavesOf(value: unknown, path = ""): ReadonlyMap<string, string> {
  if (Array.isArray(value)) {
    return new Map(value.map((one) => [`${path} ${String(one)}`, ""] as const));
  }
  if (typeof value !== "object" || value === null) return new Map([[path, String(value)]]);
  const below = Object.entries(value).map(([name, part]) =>
    leavesOf(part, path === "" ? name : `${path}.${name}`),
  );
  return new Map(below.flatMap((leaves) => [...leaves]));
}
