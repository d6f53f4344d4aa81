import { hash } from "node:crypto";

/** What each kind of id begins with. A prefix is a promise: it never changes and is never used twice. */
export const idPrefixes = {
  approval: "apr",
  attempt: "att",
  decision: "dec",
  delivery: "dlv",
  destination: "dst",
  event: "evt",
  group: "grp",
  installation: "ins",
  key: "key",
  organization: "org",
  person: "per",
  policy: "pol",
  producer: "prd",
} as const;

export type IdKind = keyof typeof idPrefixes;
export type Id<Kind extends IdKind> = `${(typeof idPrefixes)[Kind]}_${string}`;

export type ApprovalId = Id<"approval">;
export type AttemptId = Id<"attempt">;
export type DecisionId = Id<"decision">;
export type DeliveryId = Id<"delivery">;
export type DestinationId = Id<"destination">;
export type EventId = Id<"event">;
export type GroupId = Id<"group">;
export type InstallationId = Id<"installation">;
export type KeyId = Id<"key">;
export type OrganizationId = Id<"organization">;
export type PersonId = Id<"person">;
export type PolicyId = Id<"policy">;
export type ProducerId = Id<"producer">;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
/** Every two signs, by the ten bits that they stand for. */
const pairs = [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));
const idSigns = 26;
const idPattern = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/;

const idBytes = 16;

/** Write 16 bytes as the 26 signs that follow a prefix: Crockford's base32 in lower case, so it sorts as the bytes do. */
export const formatId = <Kind extends IdKind>(kind: Kind, bytes: Uint8Array): Id<Kind> =>
  spellId(kind, String.fromCharCode(...bytes.subarray(0, idBytes)));

/** The same of bytes that are the signs of a text. */
function spellId<Kind extends IdKind>(kind: Kind, bytes: string): Id<Kind> {
  // 26 signs hold 130 bits, so two zeros stand before the 128.
  let text = "";
  let waiting = 0;
  let bits = 2;
  for (let index = 0; index < idBytes; index += 1) {
    waiting = (waiting << 8) | bytes.charCodeAt(index);
    bits += 8;
    if (bits < 10) continue;
    bits -= 10;
    text += pairs[waiting >> bits];
    waiting &= (1 << bits) - 1;
  }
  return `${idPrefixes[kind]}_${text}` as Id<Kind>;
}

/**
 * Make the id that always belongs to these parts.
 *
 * Whoever repeats a step after a crash makes the same id again, so an insert-if-absent settles who was first.
 * 128 bits of SHA-256: two different lists of parts do not meet.
 */
export function deriveId<Kind extends IdKind>(
  kind: Kind,
  ...parts: readonly (string | number)[]
): Id<Kind> {
  // As a text, a hash costs a third of what it costs as a buffer (measured).
  return spellId(kind, hash("sha256", JSON.stringify([kind, ...parts]), "binary"));
}

/** How many signs of an id that is made for a moment say the moment, as UUID v7 does. The other 16 are 80 bits of hash. */
const timeSigns = 10;

/**
 * Make the id that always belongs to these parts and to a moment, or to the moment that another id begins with.
 *
 * What is made together sorts together, so a store finds its place near the last one instead of anywhere.
 */
export function deriveIdAt<Kind extends IdKind>(
  kind: Kind,
  moment: Date | Id<IdKind>,
  ...parts: readonly (string | number)[]
): Id<Kind> {
  const named = deriveId(kind, ...parts);
  const start = named.length - idSigns;
  const time =
    typeof moment === "string" ? moment.slice(-idSigns, timeSigns - idSigns) : signsOfTime(moment);
  return `${named.slice(0, start)}${time}${named.slice(start + timeSigns)}` as Id<Kind>;
}

/** Tell whether an id was made for this moment. Of the others, one in 10^15 looks as if. */
export const isMadeAt = (id: Id<IdKind>, moment: Date): boolean =>
  id.startsWith(signsOfTime(moment), id.length - idSigns);

function signsOfTime(moment: Date): string {
  let text = "";
  for (
    let rest = Math.max(moment.getTime(), 0);
    text.length < timeSigns;
    rest = Math.floor(rest / 32)
  ) {
    text = alphabet.charAt(rest % 32) + text;
  }
  return text;
}

/** The only door from outside text to an id. Answers undefined when it is none of this kind. */
export function parseId<Kind extends IdKind>(kind: Kind, text: unknown): Id<Kind> | undefined {
  if (typeof text !== "string" || !idPattern.test(text)) return undefined;
  return text.startsWith(`${idPrefixes[kind]}_`) ? (text as Id<Kind>) : undefined;
}

/** Show an id in little room: its prefix and its last four signs, `apr_…k7d2`. */
export function shortId(id: string): string {
  return `${id.slice(0, 4)}…${id.slice(-4)}`;
}
