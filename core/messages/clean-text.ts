import { stateSigns } from "./card.ts";
import { eventSigns } from "./event-sign.ts";

/** Signs that look like those by which our cards say a state, as text or as emoji. */
const lookAlikes = "✔✅☑✖❌❎✗✘⊗⛔🚫⏰⏲⌛⏳↪⮌🔒🔐⚫🔴🔵🟢🟡🟠⬤◉◯⚪★☆▶►⚑🚩";
const ours = [...new Set([...Object.values(stateSigns), ...eventSigns, ...lookAlikes])];
const signs = new RegExp(`(?:${ours.join("|")})\\ufe0f?`, "gu");

/** Invisible, bidirectional and control characters and halves of pairs, but for line break and tab. */
const hidden = /[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu;
const harmless: ReadonlySet<string> = new Set(["\n", "\t", "\u200c", "\u200d"]);
/**
 * Joiners belong between parts of one emoji, and in scripts whose letters change their shape; there words of Persian or
 * Hindi also have what keeps two letters apart.
 */
const shaped = String.raw`\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Taml}\p{scx=Sinh}\p{scx=Mlym}`;
const joiner = new RegExp(
  String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}${shaped}])\u200d|(?<![${shaped}])\u200c|\u200c(?![${shaped}])`,
  "gu",
);

/** More marks over one letter than any language writes: they would cover other lines. */
const heaped = /(\p{M}{3})\p{M}+/gu;

/** Letters of other scripts that pass for Latin ones. */
const stranger =
  /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχϲϳ]/gu;
const word = /[\p{L}\p{M}]+/gu;
const latin = /\p{Script=Latin}/u;

const codePoint = (sign: string) =>
  `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** In a word of Latin letters, show those of other scripts by their code points: `p[U+0430]ypal`. */
const showStrangers = (text: string) =>
  text.replace(word, (letters) =>
    latin.test(letters) ? letters.replace(stranger, codePoint) : letters,
  );

/**
 * Make text from outside safe to stand among our own: what cannot be seen is shown as its code point, so are letters
 * that pass for Latin ones within a Latin word, and our state signs are put in brackets. It is not escaped; every
 * platform does that for its own place.
 */
export function cleanText(text: string): string {
  const shown = text
    .normalize("NFC")
    .replaceAll("\r\n", "\n")
    .replace(joiner, codePoint)
    .replace(hidden, (sign) => (harmless.has(sign) ? sign : codePoint(sign)))
    .replace(heaped, "$1")
    .replace(signs, (sign) => `[${sign}]`);
  return showStrangers(shown).trim();
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, " ");
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Cut between graphemes to at most so many UTF-16 units, with an ellipsis for what is missing. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The name of a person, a producer or a place, cleaned and cut to what a line has room for. */
export const cleanName = (name: string) => cutText(cleanLine(name), 80);
