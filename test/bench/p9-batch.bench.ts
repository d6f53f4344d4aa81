import { describe, it } from "vitest";
import { report } from "./figures.ts";
import { ingestHub, inTurns, oneEvent, ratio } from "./turns.ts";

describe("P9", () => {
  it("durable ingest of 50 events a request, against only reading and checking them", async () => {
    const body = `[${Array(50).fill(oneEvent).join(",")}]`;
    const load = { body, connections: 8, seconds: 2 };
    const turns = await inTurns(ingestHub("parse_only"), ingestHub("durable"), load);
    report({
      id: "P9",
      what: "batches a second, durable ÷ parse only (baseline: batches a second)",
      unit: "ratio",
      ...ratio(turns),
      gate: 0.45,
      stretch: 0.7,
      better: "higher",
    });
  });
});
