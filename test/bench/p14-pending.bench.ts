import { describe, it } from "vitest";
import { median, report } from "./figures.ts";
import { removeFolder } from "./folders.ts";
import { makePendingFolder, manyPending, startOnce } from "./pending-hub.ts";

const rounds = 5;
const fewPending = 10_000;

describe("P14", () => {
  it("memory and disk of a hub in which many deliveries wait", async () => {
    const few = await makePendingFolder(fewPending);
    const many = await makePendingFolder(manyPending);
    const memory = { few: [] as number[], many: [] as number[] };
    try {
      for (let round = 0; round < rounds; round += 1) {
        memory.few.push((await startOnce(few.folder)).megabytes);
        memory.many.push((await startOnce(many.folder)).megabytes);
      }
    } finally {
      removeFolder(few.folder);
      removeFolder(many.folder);
    }
    const value = median(memory.many);
    const baseline = median(memory.few);
    report({
      id: "P14.memory",
      what: `resident memory, sandbox on, ${manyPending} waiting (baseline: ${fewPending})`,
      unit: "MB",
      value,
      rounds: memory.many,
      baseline,
      gate: 300,
      stretch: 200,
    });
    report({
      id: "P14.growth",
      what: `memory with ${manyPending} waiting against ${fewPending}`,
      unit: "%",
      value: (value / baseline - 1) * 100,
      gate: 15,
      stretch: 5,
    });
    report({
      id: "P14.disk",
      what: "bytes of the database ÷ bytes of the posted events, each with one waiting delivery",
      unit: "ratio",
      value: many.stored / many.posted,
      baseline: few.stored / few.posted,
      gate: 1.6,
      stretch: 1.3,
    });
  });
});
