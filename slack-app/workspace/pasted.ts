import { parseUrl } from "../../core/domain/parse-url.ts";

/** What somebody pasted to say which channel they mean. */
export type Pasted =
  | { readonly kind: "place"; readonly channel: string; readonly team?: string }
  | { readonly kind: "name"; readonly name: string };

const idPattern = /^[CG][A-Z0-9]{8,20}$/;
/** `<#C123|name>`, as Slack writes a channel into a message. */
const mention = /^<#([CG][A-Z0-9]{8,20})(?:\|[^>]*)?>$/;
/** `/archives/C123`, `/archives/C123/p1763722582000100`. */
const archive = /^\/archives\/([CG][A-Z0-9]{8,20})(?:\/|$)/;
/** `/client/T123/C123`, the address in a browser's line. */
const client = /^\/client\/([TE][A-Z0-9]{6,20})\/([CG][A-Z0-9]{8,20})(?:\/|$)/;

/** Read an id, a link to a channel or to a message, a mention, or a name with or without `#`. Nothing is called up. */
export function parsePasted(pasted: string): Pasted {
  const asked = pasted.trim();
  const named = mention.exec(asked)?.[1];
  if (named !== undefined) return { kind: "place", channel: named };
  if (idPattern.test(asked)) return { kind: "place", channel: asked };
  return parseLink(asked) ?? { kind: "name", name: asked.replace(/^#/, "").toLowerCase() };
}

function parseLink(asked: string): Pasted | undefined {
  const pathname = /^(https|slack):\/\//.test(asked) ? parseUrl(asked)?.pathname : undefined;
  if (pathname === undefined) return undefined;
  const archived = archive.exec(pathname)?.[1];
  if (archived !== undefined) return { kind: "place", channel: archived };
  const [, team, channel] = client.exec(pathname) ?? [];
  return team && channel ? { kind: "place", team, channel } : undefined;
}
