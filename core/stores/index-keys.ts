import type { Scan } from "../ports/store.ts";
import type { KeyPart } from "../ports/stored.ts";

const end = "\u0001";
const afterEnd = "\u0002";
/** Stands before the digit of a sign that the marks could be taken for, itself among them. */
const escapeMark = "\u0003";
const digits = 16;

function encodePart(part: KeyPart): string {
  if (part instanceof Date) return part.toISOString();
  if (typeof part === "number") return String(part).padStart(digits, "0");
  return part.replace(/\p{Cc}/gu, (sign) =>
    sign <= escapeMark ? `${escapeMark}${sign.charCodeAt(0)}` : sign,
  );
}

const encodeParts = (parts: readonly KeyPart[]) =>
  parts.map((part) => encodePart(part) + end).join("");

/**
 * Write an index key as one text whose order is the order of its parts; the record's id makes it unique.
 *
 * Numbers are whole, not negative and below 10^16; times lie in the years 0 to 9999.
 */
export function encodeKey(parts: readonly KeyPart[], id: string): string {
  return encodeParts(parts) + id;
}

/**
 * The half-open range of keys, `from ≤ key < to`, that a scan asks for.
 *
 * A cursor comes back from outside, so it only ever narrows the range: whatever it says, no key is found that lacks the
 * prefix, and with it no other organization's or producer's record.
 */
export function keyRange({ prefix = [], from: least, upTo, after, order = "ascending" }: Scan): {
  readonly from: string;
  readonly to: string;
} {
  const start = encodeParts(prefix);
  const from = least === undefined ? start : start + encodePart(least);
  const to = upTo === undefined ? pastPrefix(start) : start + encodePart(upTo) + afterEnd;
  if (after === undefined) return { from, to };
  const next = `${after}\u0000`;
  return order === "ascending"
    ? { from: next > from ? next : from, to }
    : { from, to: after < to ? after : to };
}

/** The first text that sorts after everything beginning with `start`, which ends in the end mark or is empty. */
function pastPrefix(start: string): string {
  return start === "" ? "\u{10ffff}" : start.slice(0, -end.length) + afterEnd;
}
