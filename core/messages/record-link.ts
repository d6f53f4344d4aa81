import type { RecordLinks } from "../domain/producer.ts";

/**
 * Resolve the link of an event: a path goes behind the address of its producer's records, an address must be https on a
 * host that the producer's settings name. Undefined for any other, so that Open leads to the hub's own page.
 */
export function recordLink(
  target: string | undefined,
  { address, hosts = [] }: RecordLinks = {},
): string | undefined {
  if (target === undefined || target.length > 2_000) return undefined;
  const own = readUrl(address);
  if (!/^[a-z][a-z0-9+.-]*:/iu.test(target)) return own && below(own, target);
  const url = readUrl(target);
  const allowed = own ? [own.host, ...hosts] : hosts;
  return url && allowed.includes(url.host) ? url.href : undefined;
}

/** Read an address that people may be sent to: https, without a name or a password in it. */
function readUrl(address: string | undefined): URL | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isPlain = url.username === "" && url.password === "";
  return url.protocol === "https:" && isPlain ? url : undefined;
}

/** Put a path behind an address. One that climbs out of it is none. */
function below({ href }: URL, target: string): string | undefined {
  // Signs at the beginning by which a path would become a host are part of no path.
  const path = target.replace(/^[/\\\s]+/u, "");
  const base = href.endsWith("/") ? href : `${href}/`;
  if (!URL.canParse(path, base)) return undefined;
  const url = new URL(path, base);
  return url.href.startsWith(base) ? url.href : undefined;
}
