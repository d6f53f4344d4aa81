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
  if (!URL.canParse(link)) return undefined;
  const { protocol, href, host } = new URL(link);
  return protocol === "https:" || protocol === "http:" ? { href, place: host } : undefined;
}

/** Browsers drop tabs from an address and read `\\` as `/`, so a path is read as they would before it is believed. */
function readPath(link: string): ShownLink | undefined {
  const here = "https://hub.invalid";
  if (!URL.canParse(link, here)) return undefined;
  const { origin, pathname, search, hash } = new URL(link, here);
  if (origin !== here || pathname.startsWith("//")) return undefined;
  return { href: `${pathname}${search}${hash}`, place: "this hub" };
}
