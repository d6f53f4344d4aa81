import { BlockList, isIPv4 } from "node:net";

/** Where an address leads that is not called. */
export type InsideCode = "address_private" | "address_loopback" | "address_link_local";

/** Link-local networks, and where clouds answer with the secrets of the machine. Nobody can list these. */
const neverCalled = {
  ipv4: ["169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"],
  ipv6: ["fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128"],
};

/** How forms of IPv6 begin that end in an IPv4 address: compatible, translated, and by NAT64. */
const carriers = ["::", "::ffff:0:", "64:ff9b::"];

const carried = (network: string): readonly string[] => {
  const [address, prefix] = network.split("/");
  return carriers.map((beginning) => `${beginning}${address}/${96 + Number(prefix)}`);
};

/** Networks with the reason why they are not called; the first that fits is told. */
const networks: readonly (readonly [InsideCode, readonly string[]])[] = [
  [
    "address_link_local",
    [...neverCalled.ipv4, ...neverCalled.ipv6, ...neverCalled.ipv4.flatMap(carried)],
  ],
  ["address_loopback", ["127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128", "::7f00:0/104"]],
  // What IANA keeps for private and special use, and IPv6 forms that carry an IPv4 address in themselves.
  [
    "address_private",
    [
      "10.0.0.0/8",
      "100.64.0.0/10",
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
      "::ffff:0:0:0/96",
      "64:ff9b::/96",
      "64:ff9b:1::/48",
      "100::/64",
      "2001::/23",
      "2001:db8::/32",
      "2002::/16",
      "3fff::/20",
      "5f00::/16",
      "fc00::/7",
      "fec0::/10",
      "ff00::/8",
    ],
  ],
];

interface Network {
  readonly code: InsideCode;
  readonly name: string;
  readonly list: BlockList;
}

const known: readonly Network[] = networks.flatMap(([code, names]) =>
  names.map((name) => {
    const [address = "", prefix = ""] = name.split("/");
    const list = new BlockList();
    list.addSubnet(address, Number(prefix), isIPv4(address) ? "ipv4" : "ipv6");
    return { code, name, list };
  }),
);

/**
 * Say why this resolved address is not called, with its network; undefined when it may be. What the operator listed may
 * be inside, but link-local and metadata addresses are never called.
 *
 * A list of IPv4 networks also finds an address written as ::ffff:a.b.c.d, in whatever form.
 */
export function insideTrouble(
  address: string,
  listed: boolean,
): { readonly code: InsideCode; readonly detail: string } | undefined {
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  const found = known.find(({ list }) => list.check(address, family));
  if (!found || (listed && found.code !== "address_link_local")) return undefined;
  return { code: found.code, detail: found.name };
}
