import type { SingleSignOnSettings } from "../ports/platform-settings.ts";
import { parseWebAddress, webAddress } from "./parsers.ts";
import { readTogether } from "./platforms.ts";
import type { Reading } from "./reading.ts";

const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

/** Read the issuer that people sign in with. Undefined when none is set; half a set is a mistake. */
export function readSingleSignOn(reading: Reading): SingleSignOnSettings | undefined {
  const together = readTogether(reading, names, names);
  const oneTenant = "of one tenant: never common, organizations or consumers";
  const issuer = reading.read("OIDC_ISSUER", parseIssuer, `${webAddress}, ${oneTenant}`);
  if (!together || issuer === undefined) return undefined;
  return {
    issuer,
    clientId: together.OIDC_CLIENT_ID,
    clientSecret: together.OIDC_CLIENT_SECRET,
  };
}

/** At Microsoft's shared issuers anybody's tenant says whose address is whose. */
function parseIssuer(text: string): string | undefined {
  const url = parseWebAddress(text);
  const shared = /^\/(?:common|organizations|consumers)(?:\/|$)/i.test(url?.pathname ?? "");
  return url?.hostname === "login.microsoftonline.com" && shared ? undefined : url?.href;
}
