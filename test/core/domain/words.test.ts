import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationNamePattern } from "../../../core/domain/destination.ts";
import { parseDuration, saySpan } from "../../../core/domain/duration.ts";
import { deriveId, deriveIdAt, formatId, parseId, shortId } from "../../../core/domain/ids.ts";
import { canonicalJson, isJsonObject, type Json } from "../../../core/domain/json.ts";
import { nearestName } from "../../../core/domain/nearest-name.ts";

describe("an id", () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

  it("sorts as the bytes that it is made of", () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const [first, second] = [formatId("event", one), formatId("event", other)];
        const byText = first < second ? -1 : Number(first > second);
        expect(byText).toBe(Buffer.compare(one, other));
      }),
    );
  });

  it("is read back as its own kind and no other", () => {
    fc.assert(
      fc.property(bytes, (made) => {
        const id = formatId("approval", made);
        expect(parseId("approval", id)).toBe(id);
        expect(parseId("event", id)).toBeUndefined();
      }),
    );
  });

  it("follows from its parts and their order, and from where one part ends", () => {
    const id = deriveId("delivery", "a", "bc", 1);
    expect(deriveId("delivery", "a", "bc", 1)).toBe(id);
    const others = [
      deriveId("delivery", "ab", "c", 1),
      deriveId("delivery", "bc", "a", 1),
      deriveId("delivery", "a", "bc", "1"),
      deriveId("delivery", "a", "bc"),
    ];
    expect(others).not.toContain(id);
    expect(deriveId("event", "a", "bc", 1).slice(4)).not.toBe(id.slice(4));
  });

  it("that is made for a moment begins with it, and follows from its parts all the same", () => {
    const at = (ms: number, part = "a") => deriveIdAt("delivery", new Date(ms), part);
    const now = Date.UTC(2026, 10, 21);
    expect(at(now)).toBe(at(now));
    expect(new Set([at(now), at(now, "b"), at(now + 1), at(0)]).size).toBe(4);
    expect(at(now, "b").slice(0, 14)).toBe(at(now).slice(0, 14));
    for (const later of [now + 1, now + 1_000, now * 2, Date.UTC(9999, 11, 31)]) {
      expect(at(now) < at(later)).toBe(true);
      expect(parseId("delivery", at(later))).toBe(at(later));
    }
    const beside = deriveIdAt("attempt", at(now), 1);
    expect(beside.slice(4, 14)).toBe(at(now).slice(4, 14));
    expect(deriveIdAt("attempt", at(now), 2)).not.toBe(beside);
    expect(at(-5)).toBe(at(0));
  });

  it("stays what it was in earlier versions", () => {
    expect(deriveId("event", "prd_1", "ci", "812", 0)).toBe("evt_2kbe6tsq5fh9g52qqemy0t6btt");
  });

  it.each([
    undefined,
    7,
    "",
    "apr_",
    "apr_0123",
    `apr_${"0".repeat(27)}`,
    `apr_${"i".repeat(26)}`,
    `APR_${"0".repeat(26)}`,
    ` apr_${"0".repeat(26)}`,
    `apr_${"0".repeat(26)}\n`,
  ])("is not %j", (text) => {
    expect(parseId("approval", text)).toBeUndefined();
  });

  it("is short where there is little room", () => {
    expect(shortId(`apr_${"0".repeat(22)}k7d2`)).toBe("apr_…k7d2");
  });
});

describe("canonicalJson", () => {
  const shuffled = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (!isJsonObject(value)) return value;
    const members = Object.entries(value).reverse();
    return Object.fromEntries(members.map(([name, member]) => [name, shuffled(member)]));
  };

  it("writes equal content alike, whatever the order of its names", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(shuffled(value as Json))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("keeps the order of lists, and tells a missing member from null", () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
  });
});

describe("a span", () => {
  it.each([
    ["30s", 30_000],
    ["15m", 900_000],
    ["24h", 86_400_000],
    ["7d", 604_800_000],
    ["1s", 1_000],
    ["999999d", 86_399_913_600_000],
  ])("is read from %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "0s", "05m", "1.5h", "-1h", "5", "h", "5 m", "5M", "1h30m", "1000000s", "5m\n"])(
    "is not read from %j",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [-5_000, "just now"],
    [9_499, "just now"],
    [9_500, "10 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [120_000, "2 min"],
    [3_570_000, "1 h"],
    [47.4 * 3_600_000, "47 h"],
    [48 * 3_600_000, "2 days"],
    [7 * 86_400_000, "7 days"],
  ])("of %d ms is said as %s", (ms, said) => {
    expect(saySpan(ms)).toBe(said);
  });
});

describe("nearestName", () => {
  const known = ["type", "subject", "source", "id", "expires_in", "expires_at"];
  it.each([
    ["typ", "type"],
    ["Type", "type"],
    ["subjcet", "subject"],
    ["sauce", "source"],
    ["expiresin", "expires_in"],
    ["ids", "id"],
    ["payload", undefined],
    ["xx", undefined],
    ["", undefined],
  ])("takes %j to mean %j", (name, meant) => {
    expect(nearestName(name, known)).toBe(meant);
  });

  it("takes the nearest of several, and the first of equals", () => {
    expect(nearestName("expires_im", known)).toBe("expires_in");
    expect(nearestName("ab", ["ac", "ad"])).toBe("ac");
    expect(nearestName("ab", [])).toBeUndefined();
  });
});

describe("the name of a destination", () => {
  it.each(["#releases", "Ops › General", "Café 2_b.c/d-e", "運用", "क्षेत्र"])("may be %s", (name) => {
    expect(name).toMatch(destinationNamePattern);
  });
  it.each(["", "a".repeat(101), "a\nb", "<b>", "a@b", "a:b", "\u202eabc"])(
    "may not be %j",
    (name) => {
      expect(name).not.toMatch(destinationNamePattern);
    },
  );
});
