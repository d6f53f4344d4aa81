import { describe, it } from "vitest";
import { median, report } from "./figures.ts";
import { ingestHub, inTurns, oneEvent, ratio } from "./turns.ts";

const commitMs = 5;

describe("P8", () => {
  it("ingest on a disk that is 5 ms slower, against one commit for each request", async () => {
    const load = { body: oneEvent, connections: 128, seconds: 2 };
    const turns = await inTurns(
      ingestHub("one_by_one", commitMs),
      ingestHub("durable", commitMs),
      load,
    );
    report({
      id: "P8",
      what: "events a second, commits shared ÷ one each (baseline: requests a second)",
      unit: "ratio",
      ...ratio(turns),
      gate: 20,
      stretch: 35,
      better: "higher",
    });
    const p99 = turns.subject.map(({ p99Ms }) => p99Ms);
    report({
      id: "P8.ack",
      what: "99th percentile of the answer, 128 requests under way",
      unit: "ms",
      value: median(p99),
      rounds: p99,
      gate: 100,
      stretch: 40,
    });
  });
});
