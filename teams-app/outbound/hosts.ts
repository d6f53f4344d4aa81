import { parseUrl } from "../../core/domain/parse-url.ts";

const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Tell whether a serviceUrl lies on a host that the operator allows.
 *
 * The bot's token goes to this address, so a foreign one is never called. https, or http on loopback. An entry is
 * `host` or `host:port`; `*.example.com` covers the hosts below it.
 */
export function isServiceHost(serviceUrl: string, hosts: readonly string[]): boolean {
  const url = parseUrl(serviceUrl);
  if (!url) return false;
  const { protocol, host, hostname, username, password } = url;
  if (username !== "" || password !== "") return false;
  if (protocol !== "https:" && !(protocol === "http:" && loopback.has(hostname))) return false;
  return hosts.some((entry) => covers(entry.toLowerCase(), host));
}

function covers(entry: string, host: string): boolean {
  return entry.startsWith("*.") ? host.endsWith(entry.slice(1)) : host === entry;
}
