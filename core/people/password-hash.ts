import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** How much work a guess takes: the logarithm of scrypt's N, its r and its p. */
export interface HashCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about a fifth of a second: one of the equal choices of OWASP's Password Storage Cheat Sheet for scrypt. */
export const usualCost: HashCost = { logN: 15, r: 8, p: 3 };

const keyBytes = 32;

/** Hash a password under a salt of its own. The text names its cost, so that older ones open after a change of it. */
export async function hashPassword(password: string, cost: HashCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await stretch(password, salt, cost);
  const { logN, r, p } = cost;
  return ["scrypt", logN, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** A hash that no password has, so that a name which nobody has takes as much work as any other. */
export const nobodysHash = ({ logN, r, p }: HashCost) =>
  ["scrypt", logN, r, p, "A".repeat(22), "A".repeat(43)].join("$");

/** Tell whether a password is the one of a hash. Takes the same time whichever it is. */
export async function fitsHash(password: string, hash: string): Promise<boolean> {
  const [, logN, r, p, salt = "", key = ""] = hash.split("$");
  const wanted = Buffer.from(key, "base64url");
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const found = await stretch(password, Buffer.from(salt, "base64url"), cost);
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function stretch(password: string, salt: Buffer, { logN, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** logN;
  // Node's own limit is just below what N = 2^15 takes.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, keyBytes, options, (cause, key) =>
      cause ? reject(cause) : resolve(key),
    );
  });
}
