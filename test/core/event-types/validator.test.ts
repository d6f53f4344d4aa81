import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/domain/json.ts";
import { compileSchema } from "../../../core/event-types/validator.ts";

const nested = (depth: number): JsonObject =>
  depth === 0 ? {} : { properties: { a: nested(depth - 1) } };
/** Each part asks for the next one twice, so that it doubles at every step. */
const doubling: JsonObject = {
  $ref: "#/$defs/p0",
  $defs: Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `p${index}`,
      index === 29
        ? { type: "string" }
        : { allOf: [{ $ref: `#/$defs/p${index + 1}` }, { $ref: `#/$defs/p${index + 1}` }] },
    ]),
  ),
};
const wide = {
  properties: Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`p${n}`, {}])),
};

const validatorOf = (schema: JsonObject) => {
  const compiled = compileSchema(schema);
  if (compiled.kind === "unfit") throw new Error(JSON.stringify(compiled.errors));
  return compiled.validate;
};

describe("a schema", () => {
  it.each<[string, JsonObject, string, RegExp]>([
    ["a reference elsewhere", { $ref: "https://example.com/s" }, "/$ref", /part of this schema/],
    ["a reference to a file", { $ref: "file:///etc/passwd" }, "/$ref", /part of this schema/],
    ["a reference to itself", { $ref: "#" }, "/$ref", /part of this schema/],
    [
      "a part that refers to itself",
      { $ref: "#/$defs/a", $defs: { a: { items: { $ref: "#/$defs/a" } } } },
      "/$defs/a",
      /refer to itself/,
    ],
    [
      "a name in another spelling, which would be followed without an end",
      { $ref: "#/$defs/a%20b", $defs: { "a b": { items: { $ref: "#/$defs/a%20b" } } } },
      "/$ref",
      /part of this schema/,
    ],
    ["a missing part", { $ref: "#/$defs/nope" }, "", /nope/],
    ["parts that double 30 times", doubling, "", /over 5000 schemas/],
    ["a depth of 40", nested(40), "/properties/a".repeat(33), /32 deep/],
    ["3,000 members", wide, "/properties/p1999", /2000 schemas/],
    ["an address of its own", { $id: "https://example.com/s" }, "/$id", /no address/],
    [
      "an older dialect",
      { $schema: "http://json-schema.org/draft-07/schema#" },
      "/$schema",
      /2020/,
    ],
    ["a misspelt keyword", { propertis: {} }, "", /unknown keyword: "propertis"/],
    ["an unknown type", { properties: { a: { type: "strin" } } }, "/properties/a/type", /allowed/],
    ["an unknown format", { type: "string", format: "nope" }, "", /unknown format "nope"/],
    ["look-around in a pattern", { pattern: "a(?=b)" }, "/pattern", /RE2 syntax/],
    [
      "a pattern of many steps",
      { pattern: "(?:[a-z]{1,99}){9}(?:[a-z]{1,99}){9}" },
      "/pattern",
      /repeats too much/,
    ],
    ["comparing any number of items", { uniqueItems: true }, "/uniqueItems", /maxItems/],
  ])("is refused for %s, with its place", (_, schema, pointer, message) => {
    const compiled = compileSchema(schema);
    expect(compiled.kind === "unfit" && compiled.errors[0]).toEqual({
      pointer,
      message: expect.stringMatching(message),
    });
  });

  it("cannot be made slow by what is sent: a hostile pattern takes linear time", () => {
    const validate = validatorOf({ properties: { a: { pattern: "^(x+x+)+y$" } } });
    // In the engine of JavaScript, each sign more doubles the time: 30 of them already take seconds.
    expect(validate({ a: "x".repeat(100_000) })).toHaveLength(1);
    expect(validate({ a: `${"x".repeat(1_000)}y` })).toEqual([]);
  });

  it("keeps its patterns apart, and each counts", () => {
    const validate = validatorOf({ properties: { a: { pattern: "^a$" }, b: { pattern: "^b$" } } });
    expect(validate({ a: "a", b: "b" })).toEqual([]);
    expect(validate({ a: "b", b: "a" }).map(({ message }) => message)).toEqual([
      'expected a text that fits ^a$, got "b"',
      'expected a text that fits ^b$, got "a"',
    ]);
  });

  it("is read with members that nobody sent left out", () => {
    const validate = validatorOf({ required: ["constructor"], properties: {} });
    expect(validate({})).toHaveLength(1);
  });
});

describe("data that does not fit", () => {
  const validate = validatorOf({
    type: "object",
    properties: {
      quantity: { type: "integer", minimum: 1 },
      due: { type: "string", format: "date-time" },
      tags: { type: "array", items: { type: "string" }, maxItems: 2 },
      size: { enum: ["S", "M"] },
      "a/b": { type: ["string", "null"] },
    },
    required: ["quantity"],
  });

  it.each<[JsonObject, string, string]>([
    [{ quantity: "two" }, "/quantity", 'expected a whole number, got "two"'],
    [{ quantity: 0 }, "/quantity", "expected at least 1, got 0"],
    [
      { quantity: 1, due: "tomorrow" },
      "/due",
      'expected a time as RFC 3339, such as 2026-01-31T14:02:00Z, got "tomorrow"',
    ],
    [{ quantity: 1, tags: ["a", 2] }, "/tags/1", "expected a text, got 2"],
    [{ quantity: 1, tags: ["a", "b", "c"] }, "/tags", "expected at most 2 items, got a list of 3"],
    [{ quantity: 1, size: "XL" }, "/size", 'expected "S" or "M", got "XL"'],
    [{ quantity: 1, "a/b": {} }, "/a~1b", "expected a text or null, got a JSON object"],
    [{}, "/quantity", "expected a whole number, got nothing"],
    [
      { quantitty: 2 },
      "/quantity",
      'expected a whole number, got nothing; did you mean it by "quantitty"?',
    ],
  ])("%j is told with the place, what was expected and what came", (data, pointer, message) => {
    expect(validate(data)).toEqual([{ pointer, message }]);
  });

  it("is told in full, up to 20 mistakes", () => {
    const many = validatorOf({ additionalProperties: { type: "number" } });
    const data = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`m${n}`, "x"]));
    expect(many(data)).toHaveLength(20);
  });

  it("is told by its first mistake when it is large", () => {
    const many = validatorOf({ additionalProperties: { type: "number" } });
    const data = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`m${n}`, "x"]));
    expect(many(data)).toHaveLength(1);
  });
});
