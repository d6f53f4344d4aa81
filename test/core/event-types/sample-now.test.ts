import { expect, it } from "vitest";
import { sampleNow } from "../../../core/event-types/sample-now.ts";

it("times of a sample move along, and the end of the calendar stays: it stands for never", () => {
  const sample = {
    time: "2026-01-01T00:00:00Z",
    data: { until: "2026-01-31", never: "9999-12-31", end: "9999-12-31T23:59:59Z" },
  };
  expect(sampleNow(sample, new Date("2026-01-02T00:00:00Z"))).toEqual({
    time: "2026-01-02T00:00:00Z",
    data: { until: "2026-02-01", never: "9999-12-31", end: "9999-12-31T23:59:59Z" },
  });
});
