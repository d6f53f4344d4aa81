import { deflateRawSync, inflateRawSync } from "node:zlib";
import { bodyDictionary } from "./body-dictionary.ts";

/**
 * How a record's text is kept: as it is while it is short, else a byte that says with which dictionary it was deflated,
 * and that. Window and level are those at which 2 KB took the least time for nearly the least bytes (measured).
 */
const shortest = 512;
const version = 1;
const dictionary = Buffer.from(bodyDictionary);
const settings = { level: 3, windowBits: 13, memLevel: 6, dictionary };
const marked = Buffer.of(version);

/** Write a record's text for the file. */
export function packBody(text: string): string | Uint8Array {
  if (text.length < shortest) return text;
  return Buffer.concat([marked, deflateRawSync(text, settings)]);
}

/** Read it back. */
export function unpackBody(kept: unknown): string {
  if (typeof kept === "string") return kept;
  const bytes = kept instanceof Uint8Array ? kept : new Uint8Array(kept as ArrayBuffer);
  if (bytes[0] !== version) throw new TypeError(`A record is packed in the way ${bytes[0]}.`);
  return inflateRawSync(bytes.subarray(1), settings).toString("utf8");
}
