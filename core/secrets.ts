import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { HubError } from "./domain/hub-error.ts";
import type { RotatingVault, Sealer, VaultKeys } from "./ports/vault.ts";

const cipher = "aes-256-gcm";
const version = "s1";
/** 96 random bits, as NIST SP 800-38D advises for GCM; good for 2^32 seals under one key. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keep secrets under a key ring.
 *
 * A sealed text reads `s1.<key>.<nonce>.<sealed>`: it names its key by a fingerprint, so adding a newer key in front
 * leaves old texts readable, and it is bound to its place, so a text copied into another row does not open there.
 */
export function createVault({ ring, root }: VaultKeys): RotatingVault {
  let keys = readRing(ring);
  const lasting = readRing([derive(root, "countersign lasting")]);
  const macKeys = new Map<string, Buffer>();

  const macKey = (purpose: string) => {
    const known = macKeys.get(purpose);
    if (known) return known;
    const key = derive(root, `countersign mac ${purpose}`);
    macKeys.set(purpose, key);
    return key;
  };

  return {
    useRing: (next) => {
      keys = readRing(next);
    },
    isNewest: (sealed) => sealed.split(".")[1] === keys.name,
    newestName: () => keys.name,

    ...sealerOf(
      () => keys,
      () => randomBytes(nonceBytes),
    ),
    lasting: sealerOf(() => lasting, nonceFrom(derive(root, "countersign lasting nonce"))),

    mac: (purpose, text) =>
      createHmac("sha256", macKey(purpose)).update(text).digest("hex").slice(0, 32),
  };
}

const derive = (root: Buffer, purpose: string) =>
  Buffer.from(hkdfSync("sha256", root, "", purpose, 32));

/** A nonce that follows from what is sealed, so that it comes again for the same text and the same place alone. */
const nonceFrom = (key: Buffer) => (secret: string, place: string) =>
  createHmac("sha256", key)
    .update(JSON.stringify([place, secret]))
    .digest()
    .subarray(0, nonceBytes);

function sealerOf(keysNow: () => Keys, nonceOf: (secret: string, place: string) => Buffer): Sealer {
  return {
    seal(secret, place) {
      const { newest, name } = keysNow();
      const nonce = nonceOf(secret, place);
      const sealing = createCipheriv(cipher, newest, nonce, { authTagLength: tagBytes });
      sealing.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([
        sealing.update(secret, "utf8"),
        sealing.final(),
        sealing.getAuthTag(),
      ]);
      return [version, name, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
    },

    open(sealed, place) {
      const [seen, name, nonce, text] = sealed.split(".");
      const key = keysNow().byName.get(name ?? "");
      if (seen !== version || !key || nonce === undefined || text === undefined)
        throw unreadable(place);
      return decrypt(key, Buffer.from(nonce, "base64url"), Buffer.from(text, "base64url"), place);
    },
  };
}

type Keys = ReturnType<typeof readRing>;

function readRing(ring: readonly Buffer[]) {
  const [newest] = ring;
  if (!newest) throw new HubError("no_key", "The key ring is empty, so nothing can be sealed.");
  return { newest, name: keyName(newest), byName: new Map(ring.map((key) => [keyName(key), key])) };
}

/** Eight hex signs that tell keys of a ring apart and say nothing about them. */
function keyName(key: Buffer): string {
  return createHash("sha256").update("countersign key name").update(key).digest("hex").slice(0, 8);
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer, place: string): string {
  try {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
    opening.setAAD(Buffer.from(place));
    opening.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([opening.update(sealed.subarray(0, -tagBytes)), opening.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

function unreadable(place: string, cause?: unknown): HubError {
  const message = `The secret kept for ${place} cannot be opened: no key of the ring fits it. Put the key that sealed it back into COUNTERSIGN_KEYS or secrets.json.`;
  return new HubError("secret_unreadable", message, { cause });
}
