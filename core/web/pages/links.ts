import { parseUrl } from "../../domain/parse-url.ts";

/** Where a link of a producer leads, ready for an `href`, and what is shown beside it. */
export interface ShownLink {
  readonly href: string;
  readonly place: string;
}

/**
 * Read a link that a producer wrote: a whole http or https address, or a path on this hub.
 *
 * Answers undefined for anything else, so that no other scheme becomes clickable, and no path leads to another host.
 */
export function readLink(link: string): ShownLink | undefined {
  if (link.startsWith("/")) return readPath(link);
  const url = parseUrl(link);
  if (!url) return undefined;
  const { protocol, href, host } = url;
  return protocol === "https:" || protocol === "http:" ? { href, place: host } : undefined;
}

/** Browsers drop tabs from an address and read `\\` as `/`, so a path is read as they would before it is believed. */
function readPath(link: string): ShownLink | undefined {
  const here = "https://hub.invalid";
  const url = parseUrl(link, here);
  if (!url) return undefined;
  const { origin, pathname, search, hash } = url;
  if (origin !== here || pathname.startsWith("//")) return undefined;
  return { href: `${pathname}${search}${hash}`, place: "this hub" };
}
