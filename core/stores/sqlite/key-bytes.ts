import { HubError } from "../../domain/hub-error.ts";
import { deriveId } from "../../domain/ids.ts";
import type { Scan } from "../../ports/store.ts";
import type { KeyPart } from "../../ports/stored.ts";

/** Bytes as a text of which every sign is one byte: it sorts as they do, and crosses to another thread as it is. */
export type ByteText = string;

const end = "\u0000";
/** Stands before the second sign of those two that the marks could be taken for, itself among them. */
const escapeMark = "\u0001";
/** Above every first byte of a part: texts begin below F5, ids below 91, numbers below 8, times until the year 9999 below E7. */
const aboveAll = "\u00ff";

/**
 * The first byte of each kind of id: none that UTF-8 begins a sign with. They stand in every file, so none ever changes,
 * and an id of a kind that is not here is written as a text. To add one is to write a new schema.
 */
const idMarks: ReadonlyMap<string, number> = new Map([
  ["apr", 0x80],
  ["att", 0x81],
  ["dec", 0x82],
  ["dlv", 0x83],
  ["dst", 0x84],
  ["evt", 0x85],
  ["grp", 0x86],
  ["ins", 0x87],
  ["key", 0x88],
  ["org", 0x89],
  ["per", 0x8a],
  ["pol", 0x8b],
  ["prd", 0x8c],
]);

/** The one organization that a hub has. Most keys begin with it, so it takes the one byte of its mark. */
const usualOrganization = deriveId("organization", "default");
const usualMark = "\u0090";

const noDigit = 32;
/** The value of each sign, by its code. */
const digits = new Uint8Array(128).fill(noDigit);
for (const [value, sign] of [..."0123456789abcdefghjkmnpqrstvwxyz"].entries())
  digits[sign.charCodeAt(0)] = value;
const idLength = 30;
/** Where its 26 signs begin. */
const idStart = 4;

/** Kinds of which there are few, so that their ids are written over and over. */
const lasting: ReadonlySet<number | undefined> = new Set(
  ["dst", "grp", "ins", "key", "per", "pol", "prd"].map((kind) => idMarks.get(kind)),
);
const written = new Map<string, ByteText>();
const mostWritten = 2_000;

/** Write a record's id: 17 bytes where it is one of ours, else its UTF-8. */
export const idBytes = (id: string): ByteText =>
  id === usualOrganization ? usualMark : (markedBytes(id) ?? utf8(id));

/** The 17 bytes of an id; undefined where the text is no id of ours. */
function markedBytes(text: string): ByteText | undefined {
  if (text.length !== idLength || text[idStart - 1] !== "_") return undefined;
  const mark = idMarks.get(text.slice(0, idStart - 1));
  if (mark === undefined) return undefined;
  if (!lasting.has(mark)) return unfold(mark, text);
  const known = written.get(text);
  if (known !== undefined) return known;
  const bytes = unfold(mark, text);
  if (bytes === undefined) return undefined;
  if (written.size >= mostWritten) written.clear();
  written.set(text, bytes);
  return bytes;
}

const unfolded = Buffer.alloc(17);

/** The mark of an id's kind, and the 16 bytes behind its 26 signs; undefined where they stand for none. */
function unfold(mark: number, id: string): ByteText | undefined {
  let length = unfolded.writeUInt8(mark);
  let waiting = 0;
  // 26 signs hold 130 bits, so two zeros stand before the 128.
  let bits = -2;
  for (let index = idStart; index < idLength; index += 1) {
    const digit = digits[id.charCodeAt(index)] ?? noDigit;
    if (digit >= (index === idStart ? 8 : noDigit)) return undefined;
    waiting = (waiting << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    unfolded[length++] = (waiting >> bits) & 255;
    waiting &= (1 << bits) - 1;
  }
  return unfolded.toString("latin1", 0, length);
}

const plain = /^[ -~]*$/;
const utf8 = (text: string): ByteText =>
  plain.test(text) ? text : Buffer.from(text).toString("latin1");

function textBytes(text: string): ByteText {
  if (plain.test(text)) return text + end;
  const escaped = utf8(text).replace(/\p{Cc}/gu, (sign) =>
    sign <= escapeMark ? escapeMark + String.fromCharCode(sign.charCodeAt(0) + 1) : sign,
  );
  return escaped + end;
}

/** So many bytes, the highest first. */
function wholeBytes(value: number, size: number): ByteText {
  let text = "";
  for (let rest = value, left = size; left > 0; left -= 1) {
    text = String.fromCharCode(rest % 256) + text;
    rest = Math.floor(rest / 256);
  }
  return text;
}

const timeSize = 6;
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The keys of a record, and of what is stored with it, mostly hold one time. */
let timeBefore = { ms: 0, bytes: wholeBytes(0, timeSize) };

function timeBytes(time: Date): ByteText {
  const ms = Math.min(Math.max(time.getTime(), 0), lastTime);
  if (Number.isNaN(ms)) throw new HubError("store_binding", "A key holds a time that is none.");
  if (ms !== timeBefore.ms) timeBefore = { ms, bytes: wholeBytes(ms, timeSize) };
  return timeBefore.bytes;
}

function partBytes(part: KeyPart): ByteText {
  if (part instanceof Date) return timeBytes(part);
  if (typeof part === "number") {
    const size = part === 0 ? 0 : Math.ceil(part.toString(16).length / 2);
    return wholeBytes(size, 1) + wholeBytes(part, size);
  }
  if (part === usualOrganization) return usualMark;
  return markedBytes(part) ?? textBytes(part);
}

/**
 * Write an index key as bytes whose order is the order of its parts. An id takes 17 bytes, the hub's organization 1, a
 * time 6, a small number 2, a text its UTF-8 and one more. Records of one key stand in the order of their ids.
 *
 * Numbers are whole and not negative. Times lie in the years 1970 to 9999; what lies outside counts as the nearest of
 * them. Ids sort between ASCII and what lies above it.
 */
export const keyBytes = (parts: readonly KeyPart[]): ByteText =>
  parts.reduce((bytes: ByteText, part) => bytes + partBytes(part), "");

/** A record's place in an index. */
export interface KeyPlace {
  readonly key: ByteText;
  readonly id: ByteText;
}

const encoded = (bytes: ByteText) => Buffer.from(bytes, "latin1").toString("base64url");
const decoded = (text: string): ByteText => Buffer.from(text, "base64url").toString("latin1");

/** The form in which a place leaves the store, and comes back as `after`. */
export const cursorOfPlace = ({ key, id }: KeyPlace) => `${encoded(key)}.${encoded(id)}`;

/** What a scan asks for: keys with `from ≤ key < to`, and of them those after a place, in the order of the scan. */
export interface KeyRange {
  readonly from: ByteText;
  readonly to: ByteText;
  readonly after?: KeyPlace;
}

/**
 * The keys that a scan asks for.
 *
 * A cursor comes back from outside, so it only ever narrows the range: whatever it says, no key is found that lacks the
 * prefix, and with it no other organization's or producer's record.
 */
export function keyRange({
  prefix = [],
  from: least,
  upTo,
  after,
  order = "ascending",
}: Scan): KeyRange {
  const start = keyBytes(prefix);
  const from = least === undefined ? start : start + partBytes(least);
  const to = pastPrefix(upTo === undefined ? start : start + partBytes(upTo));
  if (after === undefined) return { from, to };
  const [key = "", id = ""] = after.split(".").map(decoded);
  const place = { key, id };
  // What the cursor says anyway, so that the index is entered at its place and not at the end of the range.
  return order === "ascending"
    ? { from: key > from ? key : from, to, after: place }
    : { from, to: key + end < to ? key + end : to, after: place };
}

/** The first key after all that begin with `start`. */
function pastPrefix(start: ByteText): ByteText {
  let length = start.length;
  while (length > 0 && start.charCodeAt(length - 1) === 255) length -= 1;
  if (length === 0) return aboveAll;
  return start.slice(0, length - 1) + String.fromCharCode(start.charCodeAt(length - 1) + 1);
}
