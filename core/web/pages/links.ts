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
  if (/^\/(?![/\\])/.test(link)) return { href: link, place: "this hub" };
  if (!URL.canParse(link)) return undefined;
  const { protocol, href, host } = new URL(link);
  return protocol === "https:" || protocol === "http:" ? { href, place: host } : undefined;
}
