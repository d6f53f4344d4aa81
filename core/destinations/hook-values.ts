import type { Hook } from "../domain/destination.ts";
import { isJsonObject } from "../domain/json.ts";
import { parseUrl } from "../domain/parse-url.ts";
import type { ConfigField, HookValues } from "../ports/destination-hook.ts";
import type { Vault } from "../ports/vault.ts";

/** A value of a secret that is a key: nobody types it, and it is shown once. */
export const signingKey = "signing_secret";

/** The key before it, which signs too until `formerSecretEndsAt`. */
export const formerSigningKey = "former_signing_secret";

/** Split values into what may be read and what is sealed, and say how the sealed ones are shown. */
export function sealValues(
  vault: Pick<Vault, "seal">,
  id: Hook["id"],
  fields: readonly ConfigField[],
  values: HookValues,
): Pick<Hook, "settings" | "sealed" | "shown"> {
  const inputs = new Map(fields.filter(({ secret }) => secret).map((one) => [one.key, one.input]));
  for (const key of [signingKey, formerSigningKey]) inputs.set(key, "address");
  const entries = Object.entries(values);
  const secret = entries.filter(([key]) => inputs.has(key));
  return {
    settings: Object.fromEntries(entries.filter(([key]) => !inputs.has(key))),
    sealed: vault.seal(JSON.stringify(Object.fromEntries(secret)), id),
    shown: Object.fromEntries(
      secret
        .filter(([key]) => key !== formerSigningKey)
        .map(([key, value]) => [
          key,
          inputs.get(key) === "headers" ? shownHeaders(value) : shownAddress(value),
        ]),
    ),
  };
}

/** Open all values of a hook. Throws `HubError("secret_unreadable")` when no key of the ring fits. */
export function openValues(vault: Pick<Vault, "open">, { id, settings, sealed }: Hook): HookValues {
  const secret: unknown = JSON.parse(vault.open(sealed, id));
  return { ...settings, ...(isJsonObject(secret) ? (secret as Record<string, string>) : {}) };
}

const lastFour = (text: string) => (text.length >= 12 ? `…${text.slice(-4)}` : "…");

/** An address as people may see it: its path may be a secret, so there are its host and its last four characters. */
export function shownAddress(value: string): string {
  const url = parseUrl(value);
  if (!url) return lastFour(value);
  const { host, href } = url;
  const path = href.slice(href.indexOf(host) + host.length);
  return path.length > 1 ? `${host} ${lastFour(path)}` : host;
}

const shownHeaders = (text: string) =>
  readHeaders(text)
    .map(([name, value]) => `${name}: ${lastFour(value)}`)
    .join("\n");

/** Read lines of `Name: value`. A line without a colon is a name without a value. */
export function readHeaders(text: string): readonly (readonly [name: string, value: string])[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const colon = line.indexOf(":");
      return colon < 0
        ? ([line, ""] as const)
        : ([line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const);
    });
}

/** A step of a path that is so long may be the secret in it; shorter ones are words. */
const longStep = 16;

/** An address and everything in it that may be its secret: a receiver quotes the whole, or the one part that it knows. */
export function secretParts(address: string): readonly string[] {
  const url = parseUrl(address);
  if (!url) return [address];
  const { pathname, search, searchParams, username, password } = url;
  const steps = pathname.split("/").filter((step) => step.length >= longStep);
  const asWritten = search
    .slice(1)
    .split("&")
    .map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)] as const);
  const values = [...searchParams, ...asWritten]
    .filter(([name, value]) => !isWord(name, value))
    .map(([, value]) => value);
  return [address, pathname, search, username, password, ...steps, ...values];
}

/** What the value of a query may be called that is a secret even where it reads as words. */
const secretName = /auth|code|key|pass|pin|pw|secret|sig|token/i;

/** `?env=production` is no secret, and its value stands in many a text. A query without a name may be one. */
const isWord = (name: string, value: string) =>
  name !== value &&
  value.length < longStep &&
  /^\p{L}+(?:[ _-]\p{L}+)*$/u.test(value) &&
  !secretName.test(name);

/**
 * Take the secret values out of a text: receivers quote what they were sent. Short ones say nothing by themselves. Of two
 * that lie in each other the longer goes first.
 */
export function withoutValues(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 6)
    .toSorted((one, other) => other.length - one.length)
    .reduce((clean, secret) => clean.replaceAll(secret, "[hidden]"), text);
}

/** The keys that sign a webhook's calls now, newest first: two while one follows the other. */
export function signingSecrets(
  values: HookValues,
  { formerSecretEndsAt }: Pick<Hook, "formerSecretEndsAt">,
  now: Date,
): readonly string[] {
  const { [signingKey]: key, [formerSigningKey]: former } = values;
  const overlaps = formerSecretEndsAt !== undefined && formerSecretEndsAt > now;
  return [key, overlaps ? former : undefined].filter((one) => one !== undefined);
}
