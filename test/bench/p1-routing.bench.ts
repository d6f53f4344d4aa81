import { beforeAll, describe, it } from "vitest";
import { median, report } from "./figures.ts";
import { run } from "./program.ts";
import type { Routing } from "./programs/route.ts";

/** Routing in one process: each round measures every step once, so that all of them meet the same noise. */
let measured: Routing;
beforeAll(async () => {
  measured = await run<Routing>("route", {});
}, 300_000);

/** How much one step costs for each of the other: the medians, and round by round. */
function costs(subject: readonly number[], baseline: readonly number[]) {
  const before = median(baseline);
  return {
    value: median(subject) / before,
    baseline: before,
    rounds: subject.map((cost, round) => cost / (baseline[round] ?? Number.NaN)),
  };
}

describe("P1 to P5", () => {
  it("routing with 100,000 rules", () => {
    const { parse, few, many, match, linear, ranges, rangesLinear, rebuildMs, bytesPerRule } =
      measured;
    report({
      id: "P1",
      what: "parse and route a 1 KB event, 100,000 rules ÷ 10 rules (baseline: µs with 10)",
      unit: "ratio",
      ...costs(many, few),
      gate: 2,
      stretch: 1.3,
    });
    report({
      id: "P2",
      what: "match at 100,000 rules ÷ JSON.parse of the event (baseline: µs to parse)",
      unit: "ratio",
      ...costs(match, parse),
      gate: 1.5,
      stretch: 0.5,
    });
    report({
      id: "P3",
      what: "a compiled walk through 100,000 rules ÷ the index (baseline: µs with the index)",
      unit: "ratio",
      ...costs(linear, match),
      gate: 500,
      stretch: 2_500,
      better: "higher",
    });
    report({
      id: "P4",
      what: "the same where rules have one type, starts and ranges alone",
      unit: "ratio",
      ...costs(rangesLinear, ranges),
      gate: 20,
      stretch: 100,
      better: "higher",
    });
    report({
      id: "P5",
      what: "index of 100,000 rules made anew",
      unit: "ms",
      value: median(rebuildMs),
      rounds: rebuildMs,
      gate: 2_000,
      stretch: 500,
    });
    report({
      id: "P5",
      what: "memory of the index for each rule",
      unit: "bytes",
      value: bytesPerRule,
      gate: 400,
      stretch: 250,
    });
  });
});
