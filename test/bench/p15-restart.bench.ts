import { describe, it } from "vitest";
import { median, report } from "./figures.ts";
import { removeFolder } from "./folders.ts";
import { makePendingFolder, manyPending, startOnce } from "./pending-hub.ts";

const rounds = 7;
const fewPending = 100;

describe("P15", () => {
  it("kill -9 while many deliveries wait: process start to the first delivery", async () => {
    const few = await makePendingFolder(fewPending);
    const many = await makePendingFolder(manyPending);
    const took = { few: [] as number[], many: [] as number[] };
    try {
      for (let round = 0; round < rounds; round += 1) {
        took.few.push((await startOnce(few.folder)).seconds);
        took.many.push((await startOnce(many.folder)).seconds);
      }
    } finally {
      removeFolder(few.folder);
      removeFolder(many.folder);
    }
    report({
      id: "P15",
      what: `kill -9 with ${manyPending} waiting, to the first delivery (baseline: ${fewPending})`,
      unit: "s",
      value: median(took.many),
      rounds: took.many,
      baseline: median(took.few),
      gate: 2,
      stretch: 0.7,
    });
  });
});
