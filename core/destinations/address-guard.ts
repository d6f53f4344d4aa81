import { lookup as resolve } from "node:dns";
import { BlockList, isIPv4, isIPv6, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";

/** Why an address is not called. */
export type AddressRefusal =
  | "url_malformed"
  | "url_not_https"
  | "url_port"
  | "address_private"
  | "address_link_local";

const listOf = (...nets: readonly string[]) => {
  const list = new BlockList();
  for (const net of nets) {
    const [address = "", prefix = ""] = net.split("/");
    list.addSubnet(address, Number(prefix), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return list;
};

/** Link-local networks, and where clouds answer with the secrets of the machine. Nobody can list these. */
const linkLocal = listOf(
  "169.254.0.0/16",
  "100.100.100.200/32",
  "168.63.129.16/32",
  "fe80::/10",
  "fd00:ec2::254/128",
  "fd20:ce::254/128",
);

/** What IANA keeps for private, local and special use, and IPv6 forms that carry an IPv4 address in themselves. */
const inside = listOf(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "fc00::/7",
  "fec0::/10",
  "ff00::/8",
);

/** Say why this resolved address is not called; undefined when it may be. Link-local and metadata never are. */
function addressRefusal(address: string, listed: boolean): AddressRefusal | undefined {
  // A list of IPv4 networks also finds an address written as ::ffff:a.b.c.d, in whatever form.
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  if (linkLocal.check(address, family)) return "address_link_local";
  return !listed && inside.check(address, family) ? "address_private" : undefined;
}

/** Addresses that people typed are called through this, and in no other way. */
export interface AddressGuard {
  /** Say what is wrong with an address before anything is sent; undefined when nothing is. */
  check(address: string): AddressRefusal | undefined;
  /** A connection pool that checks again at connect time: the address, and what its name resolves to at that moment. */
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
  const check: AddressGuard["check"] = (address) => {
    if (!URL.canParse(address)) return "url_malformed";
    const url = new URL(address);
    const isListed = listed.has(url.origin);
    if (!isListed && url.protocol !== "https:") return "url_not_https";
    if (!isListed && url.port !== "") return "url_port";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    return isIPv4(host) || isIPv6(host) ? addressRefusal(host, isListed) : undefined;
  };
  const listedOnly = buildConnector({ timeout: connectMs, lookup: guardedLookup(true) });
  const publicOnly = buildConnector({ timeout: connectMs, lookup: guardedLookup(false) });
  return {
    check,
    agent: new Agent({
      connect: (options, done) => {
        const { protocol, hostname, port } = options;
        const name = isIPv6(hostname) ? `[${hostname}]` : hostname;
        const origin = `${protocol}//${name}${port ? `:${port}` : ""}`;
        const refusal = check(origin);
        if (refusal) return done(refused(refusal), null);
        return (listed.has(new URL(origin).origin) ? listedOnly : publicOnly)(options, done);
      },
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      maxResponseSize: 65_536,
    }),
  };
}

const connectMs = 8_000;

function refused(refusal: AddressRefusal): Error {
  const error: NodeJS.ErrnoException = new Error(refusal);
  error.code = guardCode;
  return error;
}

/** Look a name up, and refuse it when one of its addresses is not called; so a name cannot change its mind later. */
function guardedLookup(listed: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (cause, addresses) => {
      if (cause) return done(cause, "", 4);
      const refusals = addresses.map(({ address }) => addressRefusal(address, listed));
      const refusal = refusals.find((one) => one !== undefined);
      if (refusal) return done(refused(refusal), "", 4);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}
