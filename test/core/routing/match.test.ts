import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matches } from "../../../core/routing/match.ts";
import { parsePattern } from "../../../core/routing/pattern.ts";
import { oracleMatches } from "./oracle.ts";
import { event, pattern } from "./random-patterns.ts";

/** 10,000 for `npm test`, as FEATURES B4 counts them. */
const numRuns = 10_000;

describe("matches", () => {
  it("B4: says what a second opinion says, for random patterns and events", () => {
    let taken = 0;
    fc.assert(
      fc.property(pattern, event, (wanted, content) => {
        const read = parsePattern(wanted);
        expect(read.mistakes).toEqual([]);
        const result = matches(read.pattern, content);
        taken += Number(result);
        expect(result).toBe(oracleMatches(wanted, content));
      }),
      { numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 50);
    expect(taken).toBeLessThan(numRuns - numRuns / 50);
  }, 60_000);

  it("takes a time that grows with the event alone, not with ways to combine its lists", () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({ x: index }));
    const lists = { a: items, b: items, c: items, d: items };
    const any = { x: [{ exists: true }] };
    const read = parsePattern({ a: any, b: any, c: any, d: { x: ["none"] } });
    expect(matches(read.pattern, lists)).toBe(false);
  });
});
