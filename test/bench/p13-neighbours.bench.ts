import { describe, it } from "vitest";
import { median, percentile, report } from "./figures.ts";
import { makeFolder, removeFolder } from "./folders.ts";
import { run, start } from "./program.ts";
import type { LaneReport } from "./programs/lane-hub.ts";
import type { LoadResult } from "./programs/load.ts";

const rounds = 5;
const healthy = 198;
/** As many events a second as give each healthy channel one in two seconds: half of what Slack's pace lets through. */
const rate = 99;
const seconds = 4;
/** A delivery is on time within the one second that a channel's pace may ask for. */
const onTimeMs = 1_000;
/** Deliveries that wait for the flooding channel. */
const flood = Number(process.env["FLOOD"] ?? 50_000);

const body = JSON.stringify({ type: "to.@@@", data: { text: "Nightly report" } });

describe("P13", () => {
  it("one dead and one flooding channel of 200, and what the healthy ones notice", async () => {
    const folders = [makeFolder(), makeFolder()];
    const hubs = [{}, { flood }].map((trouble, index) =>
      start<{ url: string; key: string } | LaneReport>("laneHub", {
        folder: folders[index],
        healthy,
        ...trouble,
      }),
    );
    const told: LaneReport[][] = [[], []];
    try {
      const doors = await Promise.all(hubs.map((hub) => hub.next()));
      // The first turn warms up.
      for (let round = -1; round < rounds; round += 1) {
        for (const [index, hub] of hubs.entries()) {
          const load = { body, connections: 32, seconds, rate, turns: healthy };
          await run<LoadResult>("load", { ...load, ...doors[index] });
          hub.tell("report");
          const one = (await hub.next()) as LaneReport;
          if (round >= 0) told[index]?.push(one);
        }
      }
    } finally {
      await Promise.all(hubs.map((hub) => hub.end()));
      folders.forEach(removeFolder);
    }
    const [unloaded = [], troubled = []] = told;
    const accepted = troubled.reduce((sum, one) => sum + one.accepted, 0);
    const onTime = troubled.flatMap(({ tookMs }) => tookMs).filter((ms) => ms <= onTimeMs).length;
    report({
      id: "P13.on_time",
      what: `healthy deliveries within 1 s, of ${accepted}, beside ${flood} waiting and one dead channel`,
      unit: "%",
      value: (onTime / accepted) * 100,
      gate: 99.9,
      stretch: 100,
      better: "higher",
    });
    const p99 = (all: readonly LaneReport[]) => all.map(({ tookMs }) => percentile(tookMs, 0.99));
    const baseline = median(p99(unloaded));
    report({
      id: "P13.p99",
      what: "99th percentile of the healthy ones ÷ without the two (baseline: ms)",
      unit: "ratio",
      value: median(p99(troubled)) / baseline,
      rounds: p99(troubled).map((ms, round) => ms / (p99(unloaded)[round] ?? 0)),
      baseline,
      gate: 2,
      stretch: 1.2,
    });
  });
});
