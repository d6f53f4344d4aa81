import { deflateRawSync, inflateRawSync } from "node:zlib";
import { bodyDictionary } from "./body-dictionary.ts";

/** A record's text of fewer bytes is kept as it is: packed, it would save little and cost as much time. */
const shortest = 512;
/** The end of the dictionary is about events alone. Reading all of it takes a third of the time that packing one takes. */
const ofEvents = 700;

const settingsWith = (dictionary: string) => ({
  // With these, 2 KB took the least time for nearly the least bytes (measured).
  ...{ level: 3, windowBits: 13, memLevel: 6, chunkSize: 1_024 },
  dictionary: Buffer.from(dictionary),
});

/** The ways in which records are packed, by the byte that each begins with. One that was used once is never changed. */
const ways = new Map([
  [1, settingsWith(bodyDictionary)],
  [2, settingsWith(bodyDictionary.slice(-ofEvents))],
]);

const startOfEvents = Buffer.from('{"id":"evt_');

/**
 * Write a record's text, or the UTF-8 of it, for the file: as a text while it is short, else the byte of a way, and what
 * that made of it.
 */
export function packBody(body: string | Uint8Array): string | Uint8Array {
  const bytes =
    typeof body === "string"
      ? Buffer.from(body)
      : Buffer.from(body.buffer, body.byteOffset, body.length);
  if (bytes.length < shortest) return bytes.toString();
  const isEvent = startOfEvents.compare(bytes, 0, startOfEvents.length) === 0;
  const way = isEvent ? 2 : 1;
  return Buffer.concat([Buffer.of(way), deflateRawSync(bytes, ways.get(way))]);
}

/** Read it back. */
export function unpackBody(kept: unknown): string {
  if (typeof kept === "string") return kept;
  const bytes = kept instanceof Uint8Array ? kept : new Uint8Array(kept as ArrayBuffer);
  const way = ways.get(bytes[0] ?? 0);
  if (!way) throw new TypeError(`A record is packed in the way ${bytes[0]}.`);
  return inflateRawSync(bytes.subarray(1), way).toString("utf8");
}
