import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import { levels } from "../../../core/domain/event.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import {
  compileRules,
  eventContent,
  matchingRules,
  takesLevel,
  takesType,
} from "../../../core/routing/compile.ts";
import { RangeIndex } from "../../../core/routing/range-index.ts";
import { organization, event as sample, start } from "../domain/samples.ts";
import { oracleMatches } from "./oracle.ts";
import { event, pattern } from "./random-patterns.ts";

const ruleSetOf = (rules: readonly Rule[]) => ({
  id: "set",
  organization,
  revision: 1,
  version: 1,
  author: "Ann",
  savedAt: start,
  rules,
});

const type = fc.constantFrom(
  "deploy.requested",
  "deploy.finished",
  "alert.triggered",
  "approval.x",
);
const types = fc.constantFrom("*", "deploy.*", "deploy.requested", "alert.*", "approval.*", "a*");

const rule: fc.Arbitrary<Omit<Rule, "name">> = fc.record(
  {
    types: fc.array(types, { minLength: 1, maxLength: 2 }),
    level: fc.constantFrom(...levels),
    pattern: pattern.map((data): JsonObject => ({ data })),
    to: fc.constant(["#a"]),
    continue: fc.boolean(),
  },
  { requiredKeys: ["types", "to", "continue"] },
);

/** Walk every rule, as a reader of RULES.md would. */
function walk(rules: readonly Rule[], one: Event): readonly string[] {
  const taken: string[] = [];
  for (const candidate of rules) {
    const fits =
      takesType(candidate, one.type) &&
      takesLevel(candidate, one.level) &&
      (!candidate.pattern || oracleMatches(candidate.pattern, eventContent(one)));
    if (!fits) continue;
    taken.push(candidate.name);
    if (!candidate.continue) break;
  }
  return taken;
}

describe("many rules", () => {
  it("B4: lead to the same ones as a walk through all of them", () => {
    let taken = 0;
    let walks = 0;
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(type, fc.constantFrom(...levels), event), { maxLength: 8, minLength: 8 }),
        (drafts, events) => {
          const rules = drafts.map((draft, index) => ({ ...draft, name: `rule ${index}` }));
          const compiled = compileRules(ruleSetOf(rules));
          for (const [name, level, data] of events) {
            const one: Event = { ...sample, type: name, level, data };
            const found = matchingRules(compiled, one).map(({ rule: { name: found } }) => found);
            expect(found).toEqual(walk(rules, one));
            taken += found.length;
            walks += 1;
          }
        },
      ),
      { numRuns: 800 },
    );
    expect(walks).toBe(6_400);
    expect(taken).toBeGreaterThan(walks / 4);
  }, 60_000);

  it("are found by ends, stars and ranges too", () => {
    const one: Event = { ...sample, type: "x", data: { file: "a/b.png", size: 7, who: "ANN" } };
    const noise = Array.from({ length: 500 }, (_, index) => ({ file: [`${index}.txt`] }));
    const wanted: readonly JsonObject[] = [
      { file: [{ suffix: ".png" }] },
      { file: [{ wildcard: "a/*.png" }] },
      { file: [{ wildcard: "*b.png" }] },
      { size: [{ numeric: [">", 6, "<=", 7] }] },
      { size: [{ numeric: ["=", 7] }] },
      { size: [{ numeric: ["<", 8] }] },
      { who: [{ "equals-ignore-case": "ann" }] },
      { who: [{ prefix: { "equals-ignore-case": "an" } }] },
      { $or: [{ size: [99] }, { file: [{ prefix: "a/" }] }] },
      { gone: [{ exists: false }] },
      { who: [{ "anything-but": "Ben" }] },
    ];
    const rules = [...noise, ...wanted].map((data, index) => ({
      name: `rule ${index}`,
      types: ["*"],
      pattern: { data },
      to: ["#a"],
      continue: true,
    }));
    const found = matchingRules(compileRules(ruleSetOf(rules)), one);
    expect(found.map(({ position }) => position)).toEqual(wanted.map((_, index) => 500 + index));
  });
});

describe("ranges of numbers", () => {
  it("are found by every number that lies in them, and by no other", () => {
    const end = fc.oneof(
      fc.integer({ min: -20, max: 20 }),
      fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(end, end)),
        fc.integer({ min: -25, max: 25 }),
        (ends, value) => {
          const ranges = ends.map(([one, other], index) => ({
            low: Math.min(one, other),
            high: Math.max(one, other),
            rule: index,
          }));
          const found: number[] = [];
          new RangeIndex(ranges).collect(value, found);
          const expected = ranges.filter(({ low, high }) => low <= value && value <= high);
          expect(found.sort((one, other) => one - other)).toEqual(expected.map(({ rule }) => rule));
        },
      ),
    );
  });
});
