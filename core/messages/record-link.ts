import { namesHost } from "../domain/names-host.ts";
import { parseUrl } from "../domain/parse-url.ts";
import type { RecordLinks } from "../domain/producer.ts";

/** A card has room for this; signs of other scripts take up to nine characters in an address. */
const mostCharacters = 2_000;

/**
 * Resolve the link of an event: a path goes behind the address of its producer's records, an address must be https on a
 * host that the producer's settings name. Undefined for any other, so that Open leads to the hub's own page.
 */
export function recordLink(
  target: string | undefined,
  { address, hosts = [] }: RecordLinks = {},
): string | undefined {
  if (target === undefined || target.length > mostCharacters) return undefined;
  const own = readUrl(address);
  if (!/^[a-z][a-z0-9+.-]*:/iu.test(target)) return own && below(own, target);
  const url = readUrl(target);
  const allowed = own ? [own.host, ...hosts] : hosts;
  return url && namesHost(allowed, url) ? withoutBraces(url) : undefined;
}

/** Read an address that people may be sent to: https, without a name or a password in it. */
function readUrl(address: string | undefined): URL | undefined {
  const url = address === undefined ? undefined : parseUrl(address);
  if (!url) return undefined;
  const isPlain = url.username === "" && url.password === "";
  return url.protocol === "https:" && isPlain ? url : undefined;
}

/** Put a path behind an address. One that climbs out of it is none. */
function below({ href }: URL, target: string): string | undefined {
  // Signs at the beginning by which a path would become a host are part of no path.
  const path = target.replace(/^[/\\\s]+/u, "");
  const base = href.endsWith("/") ? href : `${href}/`;
  const url = parseUrl(path, base);
  return url?.href.startsWith(base) ? withoutBraces(url) : undefined;
}

/** Braces mean something to cards and templates, and an address may say them otherwise. Too long a one is none. */
function withoutBraces({ href }: URL): string | undefined {
  const plain = href.replaceAll("{", "%7B").replaceAll("}", "%7D");
  return plain.length > mostCharacters ? undefined : plain;
}
