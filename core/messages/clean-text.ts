/** Signs by which our cards say a state. Event text must not be able to say it in our place. */
const stateSigns = "●○✓✔✕✖⏱⊘↩";
/** Invisible, bidirectional and control characters and halves of pairs, but for line break and tab. */
const hidden = /[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;
const harmless: ReadonlySet<string> = new Set(["\n", "\t", "\u200d", "\ufe0f"]);
const signs = new RegExp(`[${stateSigns}]`, "gu");

const codePoint = (sign: string) =>
  `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/**
 * Make text from outside safe to stand among our own: what cannot be seen is shown as its code point, and our state
 * signs are put in brackets. It is not escaped; every platform does that for its own place.
 */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll("\r\n", "\n")
    .replace(hidden, (sign) => (harmless.has(sign) ? sign : codePoint(sign)))
    .replace(signs, (sign) => `[${sign}]`)
    .trim();
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
