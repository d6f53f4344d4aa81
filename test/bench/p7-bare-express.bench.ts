import { describe, it } from "vitest";
import { report } from "./figures.ts";
import { bareExpress, ingestHub, inTurns, oneEvent, ratio } from "./turns.ts";

describe("P7", () => {
  it("durable ingest against a bare Express app that stores nothing", async () => {
    const load = { body: oneEvent, connections: 128, seconds: 2 };
    const turns = await inTurns(bareExpress, ingestHub("durable"), load);
    report({
      id: "P7",
      what: "events a second, durable ÷ bare Express (baseline: requests a second)",
      unit: "ratio",
      ...ratio(turns),
      gate: 1,
      stretch: 2,
      better: "higher",
    });
  });
});
