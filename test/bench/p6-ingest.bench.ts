import { describe, it } from "vitest";
import { report } from "./figures.ts";
import { ingestHub, inTurns, oneEvent, ratio } from "./turns.ts";

const load = { body: oneEvent, connections: 128, seconds: 2 };

describe("P6", () => {
  it("durable ingest, one event a request, against the same server only reading and checking", async () => {
    const turns = await inTurns(ingestHub("check_only"), ingestHub("durable"), load);
    report({
      id: "P6",
      what: "events a second, durable ÷ only read and checked as the hub does (baseline: requests a second)",
      unit: "ratio",
      ...ratio(turns),
      gate: 0.6,
      stretch: 0.8,
      better: "higher",
    });
  });

  it("durable ingest, one event a request, against the same server only reading", async () => {
    const turns = await inTurns(ingestHub("parse_only"), ingestHub("durable"), load);
    report({
      id: "P6.read",
      what: "the same ÷ only read: no type, no policy and no address of a callback is looked at",
      unit: "ratio",
      ...ratio(turns),
      gate: 0.6,
      stretch: 0.8,
      better: "higher",
    });
  });
});
