import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../core/domain/json.ts";
import { sayPattern } from "../../../../core/web/pages/say-pattern.ts";

const said: readonly (readonly [string, JsonObject])[] = [
  ["environment is production", { environment: ["production"] }],
  ["data.n is one of 1, true, x", { data: { n: [1, true, "x"] } }],
  ["source starts with ci-", { source: [{ prefix: "ci-" }] }],
  ["a is not docs", { a: [{ "anything-but": ["docs"] }] }],
  ["a is none of x, y", { a: [{ "anything-but": ["x", "y"] }] }],
  ["amount ≥ 1000 and < 5000", { amount: [{ numeric: [">=", 1000, "<", 5000] }] }],
  ["owner is absent", { owner: [{ exists: false }] }],
  ["a is x or starts with y", { a: ["x", { prefix: "y" }] }],
  ["file ends with .png", { file: [{ suffix: ".png" }] }],
  ["a looks like x/*", { a: [{ wildcard: "x/*" }] }],
  ["a lies in 10.0.0.0/8", { a: [{ cidr: "10.0.0.0/8" }] }],
  ["a is, in large or small letters, x", { a: [{ "equals-ignore-case": "x" }] }],
  [
    "a starts with, in large or small letters, x",
    { a: [{ prefix: { "equals-ignore-case": "x" } }] },
  ],
];

describe("sayPattern", () => {
  it.each(said)("says %s", (words, pattern) => {
    expect(sayPattern(pattern)?.map(({ field, holds }) => `${field} ${holds}`)).toEqual([words]);
  });

  const unsaid: readonly JsonObject[] = [
    { $or: [{ a: ["x"] }] },
    { a: [{ regex: "x" }] },
    { a: [{ "anything-but": { prefix: "x" } }] },
    { a: ["x"], b: [{ cidr: 5 }] },
    { a: [] },
  ];

  it.each(unsaid)("says nothing rather than half of the truth (%#)", (pattern) => {
    expect(sayPattern(pattern)).toBeUndefined();
  });
});
