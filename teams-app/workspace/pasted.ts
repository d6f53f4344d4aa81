import { parseUrl } from "../../core/domain/parse-url.ts";

/** What somebody pasted to say which channel they mean. */
export type Pasted =
  | { readonly kind: "place"; readonly channel: string; readonly tenant?: string }
  | { readonly kind: "name"; readonly name: string };

const idPattern = /^19:[\w.-]{1,120}@thread\.(?:tacv2|skype)$/;
/** `/l/channel/{id}/General` and `/l/message/{id}/1763722582000`, as "Get link to channel" and "Copy link" give them. */
const linkPattern = /^\/l\/(?:channel|message)\/([^/]+)(?:\/|$)/;
/** Any cloud's: teams.microsoft.com, teams.cloud.microsoft, gov.teams.microsoft.us. */
const hostPattern = /(?:^|\.)teams\.(?:microsoft\.(?:com|us)|cloud\.microsoft)$/;

/** Read a channel's id, a link to a channel or to a message, or a name as `Ops › General`. Nothing is called up. */
export function parsePasted(pasted: string): Pasted {
  const asked = pasted.trim();
  if (idPattern.test(asked)) return { kind: "place", channel: asked };
  return parseLink(asked) ?? { kind: "name", name: asked.toLowerCase() };
}

function parseLink(asked: string): Pasted | undefined {
  const url = /^(?:https|msteams):\/\//.test(asked) ? parseUrl(asked) : undefined;
  if (!url) return undefined;
  const { hostname, pathname, searchParams } = url;
  const channel = decode(linkPattern.exec(pathname)?.[1] ?? "");
  if (!hostPattern.test(hostname) || !idPattern.test(channel)) return undefined;
  const tenant = searchParams.get("tenantId");
  return { kind: "place", channel, ...(tenant === null ? {} : { tenant: tenant.toLowerCase() }) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
