import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { median, report } from "./figures.ts";
import { run } from "./program.ts";
import type { BacktestSpec, BacktestTimes } from "./programs/backtest.ts";

describe("P19", () => {
  it("the backtest of a draft over 100,000 stored events", async () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-p19-"));
    const spec: BacktestSpec = {
      database: join(folder, "bench.db"),
      ...{ events: 100_000, rules: 1_000, rounds: 5 },
    };
    try {
      const { rounds } = await run<BacktestTimes>("backtest", spec);
      const seconds = rounds.map((ms) => ms / 1_000);
      report({
        id: "P19",
        what: "backtest of a draft of 1,000 rules over 100,000 stored events",
        unit: "s",
        value: median(seconds),
        rounds: seconds,
        gate: 10,
        stretch: 3,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
