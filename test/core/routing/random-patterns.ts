import fc from "fast-check";
import type { Json, JsonObject } from "../../../core/domain/json.ts";

/** Few names and few values, so that patterns and events meet often. */
const name = fc.constantFrom("a", "b", "c");
const word = fc.constantFrom("", "x", "xy", "y", "1", "Xy", "10.0.0.7", "10.1.0.7");
const number = fc.constantFrom(-1, 0, 1, 2, 2.5);
const leaf = fc.oneof(word, number, fc.boolean(), fc.constant(null));

export const { event } = fc.letrec<{ event: JsonObject; value: Json }>((tie) => ({
  event: fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    tie("event"),
  ),
}));

const stars = ["*", "x*", "*y", "x*y", "*0*7", "1*"];
const low = fc.tuple(fc.constantFrom(">", ">="), number);
const high = fc.tuple(fc.constantFrom("<", "<="), number);
const range = fc
  .tuple(low, high)
  .filter(([[, from], [, to]]) => from < to)
  .map((pair) => pair.flat());
const test = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: word.map((prefix) => ({ prefix })) },
  { weight: 1, arbitrary: word.map((suffix) => ({ suffix })) },
  { weight: 1, arbitrary: word.map((text) => ({ suffix: { "equals-ignore-case": text } })) },
  { weight: 1, arbitrary: word.map((text) => ({ "equals-ignore-case": text })) },
  { weight: 1, arbitrary: fc.constantFrom(...stars).map((wildcard) => ({ wildcard })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("10.0.0.0/8", "10.0.0.0/24", "10.1.2.3/16")
      .map((cidr) => ({ cidr })),
  },
  { weight: 2, arbitrary: fc.boolean().map((exists) => ({ exists })) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(
        word,
        number,
        fc.array(word, { minLength: 1, maxLength: 2 }),
        fc.array(number, { minLength: 1, maxLength: 2 }),
        fc.constantFrom<Json>(
          { prefix: "x" },
          { prefix: ["x", "y"] },
          { suffix: ["y", "7"] },
          { "equals-ignore-case": "XY" },
          { wildcard: "*1*" },
        ),
      )
      .map((operand) => ({ "anything-but": operand })),
  },
  {
    weight: 2,
    arbitrary: fc
      .oneof(low, high, fc.tuple(fc.constant("="), number), range)
      .map((numeric) => ({ numeric })),
  },
);
const { plain } = fc.letrec<{ plain: JsonObject; below: Json }>((tie) => ({
  plain: fc.dictionary(name, tie("below"), { minKeys: 1, maxKeys: 3 }),
  below: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.array(test, { minLength: 1, maxLength: 4 }) as fc.Arbitrary<Json>,
    tie("plain"),
  ),
}));

/** Alternatives beside other fields, some of which they name too. */
const withOr = fc
  .tuple(plain, fc.array(plain, { minLength: 2, maxLength: 3 }))
  .map(([fields, $or]): JsonObject => ({ ...fields, $or }));

/** Patterns over the names and values of `event`, with `$or` at the top, below a field and inside another `$or`. */
export const pattern: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 2, arbitrary: withOr },
  { weight: 1, arbitrary: fc.tuple(name, withOr).map(([field, below]) => ({ [field]: below })) },
  { weight: 1, arbitrary: fc.tuple(withOr, withOr).map(($or) => ({ $or })) },
);
