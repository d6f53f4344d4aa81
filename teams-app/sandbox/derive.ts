import { createHmac } from "node:crypto";

/** Make ids and secrets of the sandbox that stay the same as long as its secret does. */
export interface Derive {
  /** A GUID, as tenants, apps and people have. */
  guid(name: string): string;
  /** So many hex signs, at most 64. */
  hex(name: string, signs: number): string;
  /** A secret of 43 URL-safe signs. */
  secret(name: string): string;
}

/** Derive everything from one secret by HMAC-SHA256, so that nothing of it can be guessed from another. */
export function createDerive(secret: string): Derive {
  const mac = (name: string) =>
    createHmac("sha256", secret).update(`teams sandbox: ${name}`).digest();
  const hex = (name: string, signs: number) => mac(name).toString("hex").slice(0, signs);
  return {
    hex,
    secret: (name) => mac(name).toString("base64url"),
    guid: (name) => {
      const h = hex(name, 32);
      // Version 4, variant 1, as Microsoft's are.
      return [
        h.slice(0, 8),
        h.slice(8, 12),
        `4${h.slice(13, 16)}`,
        `8${h.slice(17, 20)}`,
        h.slice(20),
      ].join("-");
    },
  };
}
