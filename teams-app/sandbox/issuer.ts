import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import type { SandboxJournal } from "../../core/ports/sandbox.ts";

/** Who signs in this sandbox: the channel's tokens for the hub, and the hub's tokens for the connector. */
export interface Issuer {
  /** The key set, as the OpenID metadata leads to it. */
  keys(): Promise<JsonObject>;
  sign(claims: JWTPayload, lifeSeconds: number): Promise<string>;
  /** Read a token of ours for one audience. Answers undefined for a token that is not good. */
  verify(token: string, audience: string): Promise<JWTPayload | undefined>;
}

const keyId = "countersign-sandbox-1";
const newKeyPair = promisify(generateKeyPair);

/**
 * Make the issuer. Its RSA key is made once and kept in the journal, so that a token of before a restart is still good.
 *
 * Tokens carry the time of this machine, not of the sandbox's clock: botbuilder checks them against the machine.
 */
export function createIssuer(journal: SandboxJournal, name: string): Issuer {
  const key = readKey(journal) ?? makeKey(journal);
  // Whoever needs the key hears why there is none.
  key.catch(() => undefined);
  return {
    keys: async () => {
      const jwk = createPublicKey(await key).export({ format: "jwk" });
      const { kty = "", n = "", e = "" } = jwk;
      return {
        keys: [{ kty, n, e, kid: keyId, use: "sig", x5t: keyId, endorsements: ["msteams"] }],
      };
    },
    sign: async (claims, lifeSeconds) => {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: keyId, x5t: keyId, typ: "JWT" })
        .setIssuer(name)
        .setNotBefore(now - 60)
        .setIssuedAt(now)
        .setExpirationTime(now + lifeSeconds)
        .sign(await key);
    },
    verify: async (token, audience) => {
      try {
        const wanted = { issuer: name, audience, algorithms: ["RS256"], requiredClaims: ["exp"] };
        return (await jwtVerify(token, createPublicKey(await key), wanted)).payload;
      } catch {
        return undefined;
      }
    },
  };
}

function readKey(journal: SandboxJournal): Promise<KeyObject> | undefined {
  const line = journal.read().find(isKeyLine);
  return line && Promise.resolve(createPrivateKey(line.key));
}

async function makeKey(journal: SandboxJournal): Promise<KeyObject> {
  const { privateKey } = await newKeyPair("rsa", { modulusLength: 2048 });
  journal.append({ kind: "key", key: privateKey.export({ format: "pem", type: "pkcs8" }) });
  return privateKey;
}

/** Tell the journal line that holds the key; it outlives a clearing of messages. */
export function isKeyLine(line: unknown): line is { readonly kind: "key"; readonly key: string } {
  return isJsonObject(line) && line["kind"] === "key" && typeof line["key"] === "string";
}
