import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { compileRules, matchingRules } from "../../../core/routing/compile.ts";
import { readCondition } from "../../../core/routing/condition.ts";
import { explainRules } from "../../../core/routing/explain.ts";
import { organization, event as sample, start } from "../domain/samples.ts";
import { event, pattern } from "./random-patterns.ts";

const compiled = (...rules: readonly Partial<Rule>[]) =>
  compileRules({
    id: "set",
    organization,
    revision: 1,
    version: 1,
    author: "Ann",
    savedAt: start,
    rules: rules.map((rule, index) => ({
      name: `rule ${index}`,
      types: ["*"],
      to: ["#a"],
      continue: false,
      ...rule,
    })),
  });
const one = (over: Partial<Event> = {}): Event => ({
  ...sample,
  type: "deploy.requested",
  ...over,
});
const explain = (rules: readonly Partial<Rule>[], over: Partial<Event> = {}) =>
  explainRules(compiled(...rules), one(over));

describe("a condition in CEL", () => {
  const takes = (when: string, data: Event["data"] = { amount: 1_500, tags: ["a", "b"] }) =>
    matchingRules(compiled({ when }), one({ data })).length === 1;

  it.each([
    ["event.data.amount > 1000.0", true],
    ["event.data.amount > 1000", true],
    ["event.data.amount > 2000", false],
    ['event.type.startsWith("deploy.") && size(event.data.tags) == 2', true],
    ['event.data.tags.exists(tag, tag == "b")', true],
    ["has(event.data.missing)", false],
    ["event.data.missing > 5", false],
    ["event.data.amount", false],
    ['event.time > "2000"', true],
  ])("%s: %s", (when, taken) => {
    expect(takes(when)).toBe(taken);
  });

  it.each([
    ["event.data.amount >", "Unexpected token: EOF, at place 20."],
    ["amount > 5", "Unknown variable: amount, at place 1."],
    ['"yes"', "A condition is true or false, not string."],
    [
      'event.source.matches("(a+)+$")',
      "matches is not allowed: a regular expression can stall the hub. Use startsWith, endsWith or contains.",
    ],
    [
      "event.data.a.all(x, event.data.b.all(y, x == y))",
      "A walk through a list (all) does not stand inside another.",
    ],
  ])("%s is refused", (when, message) => {
    expect(readCondition(when)).toEqual({ kind: "mistake", message });
  });

  it.each([
    ["longer than", Array(160).fill("1 == 1").join(" && ")],
    ["of more parts than", Array(140).fill("1==1").join("&&")],
    ["nested deeper than", `${"[".repeat(60)}1${"]".repeat(60)} == 1`],
  ])("is refused where it is %s what a person reads", (_, when) => {
    expect(readCondition(when)).toMatchObject({ kind: "mistake" });
  });
});

describe("an explanation", () => {
  it("B6: says of every rule, clause by clause, why it takes the event or leaves it", () => {
    const traces = explain(
      [
        { types: ["alert.*"] },
        { level: "critical", pattern: { data: { environment: ["staging"], gone: ["x"] } } },
        { pattern: { data: { environment: ["production"] } }, when: "event.data.amount > 9" },
        {},
      ],
      { level: "notice", data: { environment: "production", amount: 10 } },
    );
    expect(traces.map(({ outcome }) => outcome)).toEqual(["left", "left", "taken", "not_reached"]);
    expect(traces[0]?.clauses).toEqual([
      { field: "type", wanted: ["alert.*"], found: "deploy.requested", holds: false },
    ]);
    expect(traces[1]?.clauses).toEqual([
      { field: "type", wanted: ["*"], found: "deploy.requested", holds: true },
      { field: "level", wanted: "critical", found: "notice", holds: false },
      { field: "data.environment", wanted: ["staging"], found: "production", holds: false },
      { field: "data.gone", wanted: ["x"], holds: false },
    ]);
    expect(traces[2]?.clauses.at(-1)).toEqual({
      field: "when",
      wanted: "event.data.amount > 9",
      holds: true,
    });
  });

  it("says where fields hold, but not in one item of a list", () => {
    const steps = { environment: ["production"], result: ["failed"] };
    const [trace] = explain([{ pattern: { data: { steps } } }], {
      data: {
        steps: [
          { environment: "production", result: "passed" },
          { environment: "staging", result: "failed" },
        ],
      },
    });
    expect(trace?.outcome).toBe("left");
    expect(trace?.clauses.slice(1)).toEqual([
      {
        field: "data.steps.environment",
        wanted: ["production"],
        found: ["production", "staging"],
        holds: true,
      },
      {
        field: "data.steps.result",
        wanted: ["failed"],
        found: ["passed", "failed"],
        holds: true,
      },
      { field: "same item", wanted: { data: { steps } }, holds: false },
    ]);
  });

  it("says why a condition could not be asked", () => {
    const [trace] = explain([{ when: "event.data.amount > 9" }], { data: {} });
    expect(trace?.clauses.at(-1)).toMatchObject({ holds: false, error: "No such key: amount" });
  });

  it("M10: agrees with the routing of random events", () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 6 }), event, (patterns, data) => {
        const rules = compiled(
          ...patterns.map((wanted, index) => ({
            pattern: { data: wanted },
            continue: index % 2 === 0,
          })),
        );
        const taken = matchingRules(rules, one({ data })).map(({ position }) => position);
        const traced = explainRules(rules, one({ data }));
        const said = traced.filter(({ outcome }) => outcome === "taken");
        expect(said.map(({ position }) => position)).toEqual(taken);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});
