import { lookup as resolve } from "node:dns";
import { BlockList, isIPv4, isIPv6, type LookupFunction } from "node:net";
import { Agent } from "undici";

/** Why an address is not called. */
export type AddressRefusal =
  | "url_malformed"
  | "url_not_https"
  | "url_port"
  | "address_private"
  | "address_link_local";

const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");
linkLocal.addAddress("fd00:ec2::254", "ipv6");

const inside = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  inside.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  inside.addSubnet(net, prefix, "ipv6");
}

const ipv4InIpv6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Say why this resolved address is not called; undefined when it may be. Link-local and metadata never are. */
function addressRefusal(address: string, listed: boolean): AddressRefusal | undefined {
  const plain = ipv4InIpv6.exec(address)?.[1] ?? address;
  const family = isIPv4(plain) ? "ipv4" : "ipv6";
  if (linkLocal.check(plain, family)) return "address_link_local";
  return !listed && inside.check(plain, family) ? "address_private" : undefined;
}

/** Addresses that people typed are called through this, and in no other way. */
export interface AddressGuard {
  /** Say what is wrong with an address before anything is sent; undefined when nothing is. */
  check(address: string): AddressRefusal | undefined;
  /** A connection pool that refuses at connect time, by the resolved address, so a name that changes its mind is caught. */
  readonly agent: Agent;
}

/** An error code of the guard, as `code` of the error that a refused connection fails with. */
export const guardCode = "COUNTERSIGN_ADDRESS_REFUSED";

/**
 * Make a guard: https on port 443 to public addresses, and what the operator listed as `scheme://host:port`.
 * Connecting may take 8 s (FEATURES G3).
 */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const listed = new Set(allowed.map((origin) => new URL(origin).origin));
  const listedHosts = new Set(allowed.map((origin) => bareHost(new URL(origin))));
  return {
    check: (address) => {
      if (!URL.canParse(address)) return "url_malformed";
      const url = new URL(address);
      const isListed = listed.has(url.origin);
      if (!isListed && url.protocol !== "https:") return "url_not_https";
      if (!isListed && url.port !== "") return "url_port";
      const host = bareHost(url);
      return isIPv4(host) || isIPv6(host) ? addressRefusal(host, isListed) : undefined;
    },
    agent: new Agent({
      connect: { timeout: 8_000, lookup: guardedLookup(listedHosts) },
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      maxResponseSize: 65_536,
    }),
  };
}

const bareHost = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");

function guardedLookup(listedHosts: ReadonlySet<string>): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (cause, addresses) => {
      if (cause) return done(cause, "", 4);
      const refusals = addresses.map(({ address }) =>
        addressRefusal(address, listedHosts.has(host)),
      );
      const refusal = refusals.find((one) => one !== undefined);
      if (refusal) {
        const error: NodeJS.ErrnoException = new Error(refusal);
        error.code = guardCode;
        return done(error, "", 4);
      }
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}
