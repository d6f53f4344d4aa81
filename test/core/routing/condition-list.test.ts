import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/domain/json.ts";
import {
  type ConditionOperator,
  conditionOperators,
  type FieldCondition,
  writeConditions,
} from "../../../core/routing/condition-list.ts";
import { parsePattern } from "../../../core/routing/pattern.ts";
import { readConditions } from "../../../core/routing/read-conditions.ts";
import { readValues, writeValues } from "../../../core/routing/typed-values.ts";

const line = (
  field: string,
  operator: ConditionOperator,
  ...values: FieldCondition["values"]
): FieldCondition => ({ field, operator, values });
const all = (...conditions: FieldCondition[]) => writeConditions({ joined: "all", conditions });
const any = (...conditions: FieldCondition[]) => writeConditions({ joined: "any", conditions });
const whyOnlyJson = (pattern: JsonObject) => {
  const read = readConditions(pattern);
  return read.kind === "only_json" ? read.why : "lines";
};

describe("the builder's lines", () => {
  it("B4: are written as an event pattern: all, any, not", () => {
    expect(
      all(
        line("data.environment", "is", "production", "staging"),
        line("data.service", "is_not", "docs"),
        line("subject", "starts_with", "web/", "api/"),
        line("data.amount", "at_least", 10),
        line("data.amount", "below", 100),
        line("data.hotfix", "is_absent"),
      ).pattern,
    ).toEqual({
      data: {
        environment: ["production", "staging"],
        service: [{ "anything-but": ["docs"] }],
        amount: [{ numeric: [">=", 10, "<", 100] }],
        hotfix: [{ exists: false }],
      },
      subject: [{ prefix: "web/" }, { prefix: "api/" }],
    });
    expect(any(line("data.a", "is", 1), line("data.b", "is_there")).pattern).toEqual({
      $or: [{ data: { a: [1] } }, { data: { b: [{ exists: true }] } }],
    });
    expect(all().pattern).toBeUndefined();
  });

  it("say at the line what is wrong with it", () => {
    const mistakes = (...conditions: FieldCondition[]) => all(...conditions).mistakes;
    expect(mistakes(line("data.a", "is", "x"), line("", "is", "x"))).toEqual([
      { at: 1, message: "Name a field, such as data.environment, subject or source." },
    ]);
    expect(mistakes(line("data.a", "is"))[0]?.message).toBe("Give a value.");
    expect(mistakes(line("data.a", "above", "much"))[0]?.message).toBe("Give one number.");
    expect(mistakes(line("data.a", "starts_with", 5))[0]?.message).toContain('"5"');
    expect(mistakes(line("data.a", "is", 1), line("data.a", "is", 2))[0]).toEqual({
      at: 1,
      message:
        "Another line asks for this field already, and a pattern asks once. Write the second as an expression.",
    });
    expect(mistakes(line("data.a", "is", 1), line("data.a.b", "is", 2))).toHaveLength(1);
  });

  it("come back from every pattern that they make, and no pattern of theirs is a mistake", () => {
    const text = fc.constantFrom("web", "a, b", "5", "true", ' "q" ', "é›", "10.0.0.0/8", "");
    const condition = fc
      .record({
        field: fc.constantFrom("subject", "data.a", "data.b.c", "data.d", "source"),
        operator: fc.constantFrom(...conditionOperators),
        texts: fc.uniqueArray(text.filter(Boolean), { minLength: 1, maxLength: 3 }),
        number: fc.integer({ min: -5, max: 5 }),
      })
      .map(({ field, operator, texts, number }): FieldCondition => {
        if (operator === "is_there" || operator === "is_absent") return line(field, operator);
        if (operator === "in_network") return line(field, operator, "10.0.0.0/8");
        const numeric = ["above", "at_least", "below", "at_most", "number"].includes(operator);
        return line(field, operator, ...(numeric ? [number] : texts));
      });
    const list = fc.record({
      joined: fc.constantFrom("all" as const, "any" as const),
      conditions: fc.uniqueArray(condition, {
        minLength: 1,
        maxLength: 4,
        selector: ({ field }) => field,
      }),
    });
    fc.assert(
      fc.property(list, (given) => {
        const { pattern, mistakes } = writeConditions(given);
        expect(mistakes).toEqual([]);
        expect(parsePattern(pattern as JsonObject).mistakes).toEqual([]);
        const read = readConditions(pattern as JsonObject);
        expect(read.kind).toBe("lines");
        if (read.kind !== "lines") return;
        expect(writeConditions(read.list).pattern).toEqual(pattern);
        for (const { values } of read.list.conditions) {
          expect(readValues(writeValues(values))).toEqual(values);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("are no way to say some patterns, and then it says why", () => {
    expect(whyOnlyJson({ data: { a: ["x", { prefix: "y" }] } })).toBe(
      "data.a is tested in more than one way, or in a way that has no line",
    );
    expect(whyOnlyJson({ $or: [{ a: ["x"], b: ["y"] }, { c: ["z"] }] })).toBe(
      "an alternative in $or asks for more than one thing",
    );
    expect(whyOnlyJson({ $or: [{ a: ["x"] }, { c: ["z"] }], d: ["e"] })).toBe(
      "it joins alternatives ($or) with further conditions",
    );
    expect(whyOnlyJson({ data: { "a.b": ["x"] } })).toBe('the field "a.b" has a dot in its name');
    expect(whyOnlyJson({ data: { a: [{ prefix: { "equals-ignore-case": "x" } }] } })).toContain(
      "no line",
    );
    expect(whyOnlyJson({ data: { a: [{ "anything-but": "x" }] } })).toBe("lines");
  });
});

describe("values as people type them", () => {
  it("are texts, unless they are numbers or words of JSON", () => {
    expect(readValues('production, 5, "5", true, -1.5, , "a, b",  web 2 ,01')).toEqual([
      "production",
      5,
      "5",
      true,
      -1.5,
      "a, b",
      "web 2",
      "01",
    ]);
    expect(readValues("  ")).toEqual([]);
    expect(writeValues(["production", "5", 5, "a, b", null])).toBe(
      'production, "5", 5, "a, b", null',
    );
  });
});
