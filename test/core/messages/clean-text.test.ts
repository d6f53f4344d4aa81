import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateSigns } from "../../../core/messages/card.ts";
import { cleanLine, cleanText, cutText } from "../../../core/messages/clean-text.ts";
import { eventSigns } from "../../../core/messages/event-sign.ts";

describe("cleanText", () => {
  it.each([
    ["plain text, ümlauts, 日本語, emoji 👩‍👩‍👧 ❤️", "plain text, ümlauts, 日本語, emoji 👩‍👩‍👧 ❤️"],
    ["a\u202eb\u2066c\u200f", "a[U+202E]b[U+2066]c[U+200F]"],
    ["a\u200bb\u2060c\ufeffd\u00ade", "a[U+200B]b[U+2060]c[U+FEFF]d[U+00AD]e"],
    ["a\u0000b\u0007c\u001b[31m\u007f", "a[U+0000]b[U+0007]c[U+001B][31m[U+007F]"],
    ["a\u2028b\u2029c", "a[U+2028]b[U+2029]c"],
    ["a\u{e0041}b", "a[U+E0041]b"],
    ["a\ud800b\udc00", "a[U+D800]b[U+DC00]"],
    ["a\r\nb\nc\td", "a\nb\nc\td"],
    ["a\rb", "a[U+000D]b"],
    ["✓ Approved ✔️ ● ⏱ ✕ ⊘", "[✓] Approved [✔️] [●] [⏱] [✕] [⊘]"],
    ["✅ Approved 🔴 ⛔", "[✅] Approved [🔴] [⛔]"],
    ["p\u0430ypal \u0440ost", "p[U+0430]ypal [U+0440]ost"],
    ["почта mail Ομάδα naïve 日本go", "почта mail Ομάδα naïve 日本go"],
    ["a\u200db क्\u200dष", "a[U+200D]b क्\u200dष"],
    ["می\u200cخواهم क्\u200cष", "می\u200cخواهم क्\u200cष"],
    ["a\u200cb می\u200c\u200cخ ی\u200c", "a[U+200C]b می[U+200C][U+200C]خ ی[U+200C]"],
    ["a\u3164b\u2800c", "a[U+3164]b[U+2800]c"],
    ["z\u0334\u0334\u0334\u0334\u0334!", "z\u0334\u0334\u0334!"],
    ["e\u0301", "é"],
    ["  a  ", "a"],
  ])("%j becomes %j", (from, to) => {
    expect(cleanText(from)).toBe(to);
  });

  it("lets no sign through that stands for a state on our cards", () => {
    for (const sign of [...Object.values(stateSigns), ...eventSigns]) {
      expect(cleanText(`${sign} Approved`)).toBe(`[${sign}] Approved`);
    }
  });

  it("leaves nothing that is hidden", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
        const clean = cleanText(text);
        const hidden = clean.replace(/[\n\t\u200c\u200d]/g, "");
        expect(hidden).not.toMatch(/[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("on one line has no other space than single ones", () => {
    expect(cleanLine("a \n\n b\t\u00a0\u3000c")).toBe("a b c");
  });
});

describe("cutText", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["ab cd", 4, "ab…"],
    ["👍👍", 4, "👍👍"],
    ["👍👍👍", 4, "👍…"],
    ["👩‍👩‍👧x", 8, "…"],
    ["e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…"],
    ["🇩🇪🇫🇷", 7, "🇩🇪…"],
    ["", 3, ""],
    ["abc", 1, "…"],
  ])("%j to %d becomes %j", (text, most, cut) => {
    expect(cutText(text, most)).toBe(cut);
  });

  it("never passes its room, never parts a grapheme, and begins as the text does", () => {
    const unit = "grapheme";
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (text, most) => {
          const cut = cutText(text, most);
          expect(cut.length).toBeLessThanOrEqual(most);
          const kept = cut.endsWith("…") && cut !== text ? cut.slice(0, -1) : cut;
          expect(text.startsWith(kept)).toBe(true);
          const parts = [...new Intl.Segmenter("en").segment(text)].map(({ index }) => index);
          expect([...parts, text.length]).toContain(kept.length);
        },
      ),
    );
  });
});
