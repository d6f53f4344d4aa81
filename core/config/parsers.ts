import { BlockList, isIP } from "node:net";
import { parseUrl } from "../domain/parse-url.ts";
import type { Parser } from "./reading.ts";

/** What `https, or http on loopback` is called in a mistake. */
export const webAddress = "an https address, or plain http on a loopback host";

/** Read a whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number): Parser<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

/** Read one of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Parser<Word> {
  return (text) => words.find((word) => word === text.toLowerCase());
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const neverReached = new BlockList();
neverReached.addSubnet("169.254.0.0", 16, "ipv4");
neverReached.addAddress("100.100.100.200", "ipv4");
neverReached.addAddress("168.63.129.16", "ipv4");
neverReached.addSubnet("fe80::", 10, "ipv6");
neverReached.addAddress("fd00:ec2::254", "ipv6");
const metadataNames: ReadonlySet<string> = new Set([
  "metadata.google.internal",
  "metadata.goog",
  "metadata",
]);

const bare = (host: string) => host.replace(/^\[|\]$/g, "");

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(bare(host));
  return family !== 0 && list.check(bare(host), family === 6 ? "ipv6" : "ipv4");
}

/** Tell whether a host, as an address or as `localhost`, is this machine alone. Other names are never looked up. */
export function isLoopbackHost(host: string): boolean {
  return host.toLowerCase() === "localhost" || isListed(loopback, host);
}

/** Read an https address, or an http one on a loopback host. Without credentials, query and fragment. */
export function parseWebAddress(text: string): URL | undefined {
  const url = parseUrl(text);
  if (!url || url.username || url.password || url.search || url.hash) return undefined;
  if (url.protocol === "https:") return url;
  return url.protocol === "http:" && isLoopbackHost(url.hostname) ? url : undefined;
}

/** Read a web address that is nothing but scheme, host and port. Answers it without a slash at its end. */
export function parseOrigin(text: string): string | undefined {
  const url = parseWebAddress(text);
  return url && url.pathname === "/" ? url.origin : undefined;
}

/** Read a host to listen on: an IP address or a name. */
export function parseHost(text: string): string | undefined {
  if (isIP(bare(text))) return bare(text);
  return /^(?!\d+(\.\d+)*$)[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

/** Read how far forwarding headers are believed: a number of hops from 1 to 9, or CIDRs and addresses. */
export function parseTrust(text: string): number | readonly string[] | undefined {
  if (/^[1-9]$/.test(text)) return Number(text);
  const parts = listed(text);
  return parts.length > 0 && parts.every(isCidr) ? parts : undefined;
}

function isCidr(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || wholeNumber(1, family === 6 ? 128 : 32)(bits) !== undefined;
}

/** Read hosts for serviceUrls: `host`, `host:port`, or `*.host` for the hosts below it. */
export function parseServiceHosts(text: string): readonly string[] | undefined {
  const hosts = listed(text.toLowerCase());
  const pattern =
    /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;
  return hosts.length > 0 && hosts.every((host) => pattern.test(host)) ? hosts : undefined;
}

/** Read inside hosts as `scheme://host:port`, the port always written. Metadata and link-local hosts are never allowed. */
export function parseOutboundAllow(text: string): readonly string[] | undefined {
  const hosts = listed(text).map(parseInsideHost);
  return hosts.length > 0 && hosts.every((host) => host !== undefined) ? hosts : undefined;
}

function parseInsideHost(text: string): string | undefined {
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) return undefined;
  const named = url.hostname.replace(/\.$/, "");
  if (metadataNames.has(named) || isListed(neverReached, named)) return undefined;
  return `${url.protocol}//${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/** Read the address of a MongoDB. Its driver reads the options; a mistake there is told when it connects. */
export function parseMongoUrl(text: string): string | undefined {
  return /^mongodb(\+srv)?:\/\/[^\s/?#]+(\/[^\s/?#]*)?(\?[^\s#]*)?$/.test(text) ? text : undefined;
}

/** Read a key ring: keys of 32 bytes in base64, base64url or hex, newest first. */
export function parseKeyRing(text: string): readonly Buffer[] | undefined {
  const keys = listed(text).map((key) => {
    if (/^[0-9a-f]{64}$/i.test(key)) return Buffer.from(key, "hex");
    return /^[\w+/-]{43}=?$/.test(key) ? Buffer.from(key, "base64") : undefined;
  });
  return keys.length > 0 && keys.every((key) => key !== undefined) ? keys : undefined;
}

/** Split at commas, without blanks and empty parts. */
function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
