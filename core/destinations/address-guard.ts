import { lookup as resolve } from "node:dns";
import { isIPv4, isIPv6, type LookupFunction } from "node:net";
import type { Agent, buildConnector } from "undici";
import { parseUrl } from "../domain/parse-url.ts";
import { type InsideCode, insideTrouble } from "./inside-networks.ts";
import { loadCalls } from "./load-calls.ts";

/** Why an address is not called. */
export type AddressRefusal = "url_malformed" | "url_not_https" | "url_port" | InsideCode;

/** Why an address is not called, with the words that fill its sentence: a port, a range, the wrong place. */
export interface AddressTrouble {
  readonly code: AddressRefusal;
  readonly detail: string;
}

/** Addresses that people typed are called through this, and in no other way. */
export interface AddressGuard {
  /** Say what is wrong with an address before anything is sent; undefined when nothing is. */
  check(address: string): AddressTrouble | undefined;
  /** A connection pool that checks again at connect time: the address, and what its name resolves to at that moment. */
  readonly agent: Agent;
}

/** An error code of the guard, as `code` of the error that a refused connection fails with. */
export const guardCode = "COUNTERSIGN_ADDRESS_REFUSED";

/** Read why the guard refused a connection, from its error. */
export function refusalOf(cause: unknown): AddressTrouble | undefined {
  return cause instanceof RefusedAddress ? cause.trouble : undefined;
}

class RefusedAddress extends Error {
  readonly code = guardCode;
  readonly trouble: AddressTrouble;
  constructor(trouble: AddressTrouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
}

/** How a name is looked up; tests bring names that change their minds. */
export type Resolve = typeof resolve;

/** Connecting may take so long (FEATURES G3). */
const connectMs = 8_000;

/**
 * Make a guard: https on port 443 to public addresses, and what the operator listed as `scheme://host:port`.
 */
export function createAddressGuard(
  allowed: readonly string[],
  lookUp: Resolve = resolve,
): AddressGuard {
  const listed = new Set(allowed.map((origin) => new URL(origin).origin));
  const check: AddressGuard["check"] = (address) => {
    const url = parseUrl(address);
    if (!url) return { code: "url_malformed", detail: malformed(address) };
    const isListed = listed.has(url.origin);
    if (!isListed && url.protocol !== "https:") {
      return { code: "url_not_https", detail: url.protocol.slice(0, -1) };
    }
    if (!isListed && url.port !== "") return { code: "url_port", detail: url.port };
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (isIPv4(host) || isIPv6(host)) return insideTrouble(host, isListed);
    return !isListed && /^(?:.+\.)?localhost\.?$/i.test(host)
      ? { code: "address_loopback", detail: "localhost" }
      : undefined;
  };
  let agent: Agent | undefined;
  return {
    check,
    get agent() {
      agent ??= guardedAgent(check, listed, lookUp);
      return agent;
    },
  };
}

function guardedAgent(
  check: AddressGuard["check"],
  listed: ReadonlySet<string>,
  lookUp: Resolve,
): Agent {
  const calls = loadCalls();
  const connectorFor = (isListed: boolean): buildConnector.connector =>
    calls.buildConnector({ timeout: connectMs, lookup: guardedLookup(lookUp, isListed) });
  const listedOnly = connectorFor(true);
  const publicOnly = connectorFor(false);
  return new calls.Agent({
    connect: (options, done) => {
      const { protocol, hostname, port } = options;
      const name = isIPv6(hostname) ? `[${hostname}]` : hostname;
      const origin = `${protocol}//${name}${port ? `:${port}` : ""}`;
      const trouble = check(origin);
      if (trouble) return done(new RefusedAddress(trouble), null);
      return (listed.has(new URL(origin).origin) ? listedOnly : publicOnly)(options, done);
    },
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
    maxResponseSize: 65_536,
  });
}

/** Mark the place that keeps a text from being a web address. */
function malformed(address: string): string {
  if (address.trim() === "") return "it is empty";
  if (/\s/.test(address)) return "there is a space in it";
  if (/^https?\/\/:?/i.test(address)) return "the colon belongs before the slashes";
  if (/^https?:\/{0,1}[^/]/i.test(address)) return "two slashes belong after the colon";
  if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) return "it does not begin with https://";
  return "its host cannot be read";
}

/** Look a name up, and refuse it when one of its addresses is not called; so a name cannot change its mind later. */
function guardedLookup(lookUp: Resolve, listed: boolean): LookupFunction {
  return (host, options, done) => {
    lookUp(host, { ...options, all: true }, (cause, addresses) => {
      if (cause) return done(cause, "", 4);
      const troubles = addresses.map(({ address }) => insideTrouble(address, listed));
      const trouble = troubles.find((one) => one !== undefined);
      if (trouble) return done(new RefusedAddress(trouble), "", 4);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}
