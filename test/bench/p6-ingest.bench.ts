import { describe, it } from "vitest";
import { report } from "./figures.ts";
import { ingestHub, inTurns, oneEvent, ratio } from "./turns.ts";

describe("P6", () => {
  it("durable ingest, one event a request, against the same server only reading and checking", async () => {
    const load = { body: oneEvent, connections: 128, seconds: 2 };
    const turns = await inTurns(ingestHub("parse_only"), ingestHub("durable"), load);
    report({
      id: "P6",
      what: "events a second, durable ÷ parse only (baseline: requests a second)",
      unit: "ratio",
      ...ratio(turns),
      gate: 0.6,
      stretch: 0.8,
      better: "higher",
    });
  });
});
