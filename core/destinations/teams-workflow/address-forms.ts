import { parseUrl } from "../../domain/parse-url.ts";

/**
 * What an address is: a Workflows address of today, one of the form that Microsoft stopped on 2025-11-30, an Office 365
 * connector, which is retired, or something else.
 */
export type AddressForm = "new" | "old" | "connector" | "other";

const hosts: readonly (readonly [AddressForm, RegExp])[] = [
  ["new", /(?:^|\.)environment\.api(?:\.gov|\.high)?\.powerplatform\.(?:com|microsoft\.us|cn)$/i],
  ["new", /(?:^|\.)api\.powerplatform\.com$/i],
  ["old", /(?:^|\.)logic\.azure\.(?:com|us|cn)$/i],
  ["connector", /(?:^|\.)webhook\.office\.com$/i],
  ["connector", /^outlook\.office(?:365)?\.com$/i],
];

/** Tell the form of an address by its host. */
export function formOf(address: string): AddressForm {
  const hostname = parseUrl(address)?.hostname;
  if (hostname === undefined) return "other";
  return hosts.find(([, host]) => host.test(hostname))?.[0] ?? "other";
}
