import type { IssuerClaims } from "../people/single-sign-on.ts";

type Claims = Readonly<Record<string, unknown>>;

/**
 * Microsoft's issuers, of its public cloud and of the national ones. They send no `email_verified`; what they send, if
 * the app registration asks for it, is `xms_edov`: the domain of the address belongs to the account's own tenant.
 */
const microsoftHosts: ReadonlySet<string> = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
]);

/** Read what a checked ID token says, together with what the userinfo endpoint adds. Of a claim of both, the token's. */
export function readIssuerClaims(
  token: Claims & { readonly iss: string; readonly sub: string },
  more: Claims = {},
): IssuerClaims {
  const { name, email } = { ...more, ...token };
  // From the token alone: its signature was checked.
  const { auth_time: signedInAt } = token;
  return {
    ...{ issuer: token.iss, subject: token.sub, emailVerified: isVerified(token, more) },
    ...(typeof signedInAt === "number" ? { signedInAt: new Date(signedInAt * 1_000) } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof email === "string" && email.length <= 254 ? { email } : {}),
  };
}

/** Tell whether an ID token leaves open whether its address is verified, so that the userinfo endpoint is asked. */
export const leavesAddressOpen = (token: Claims & { readonly iss: string }) =>
  token["email_verified"] === undefined && !isMicrosofts(token.iss);

function isVerified(token: Claims & { readonly iss: string }, more: Claims): boolean {
  // An address and the word that it is verified come from one place, or it is another address that was verified.
  if (isMicrosofts(token.iss)) return token["email"] !== undefined && isYes(token["xms_edov"]);
  const from = token["email_verified"] === undefined ? more : token;
  const address = token["email"] ?? more["email"];
  return from["email_verified"] === true && from["email"] === address;
}

/** Microsoft writes this one claim in several ways. */
const isYes = (claim: unknown) => claim === true || claim === 1 || claim === "1";

const isMicrosofts = (issuer: string) => microsoftHosts.has(new URL(issuer).hostname);
