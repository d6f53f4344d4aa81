import { createHash } from "node:crypto";

/** Signs that tell whether a cursor came whole. Nobody gains by making one; addresses are cut off and mistyped. */
const checkLength = 4;

const checkOf = (cursor: string) =>
  createHash("sha256").update(cursor).digest("base64url").slice(0, checkLength);

/** The opaque form of a cursor. */
export const opaque = (cursor: string): string =>
  Buffer.from(`${checkOf(cursor)}${cursor}`).toString("base64url");

/** Read the opaque form of a cursor. Of what is none, or not whole, there is no cursor. */
export function readOpaque(text: string): string | undefined {
  const whole = Buffer.from(text, "base64url").toString();
  const cursor = whole.slice(checkLength);
  return cursor !== "" && checkOf(cursor) === whole.slice(0, checkLength) ? cursor : undefined;
}
