import { describe, expect, it } from "vitest";
import { carryTime } from "../../../../core/stores/mongo/server-time.ts";

/** A server whose clock is read over a way of some length, by a process whose steady clock goes by hand. */
function world(wayMs = 0) {
  let passed = 0;
  let asked = 0;
  const startMs = Date.parse("2026-03-01T00:00:00Z");
  const pass = (ms: number) => {
    passed += ms;
  };
  const now = carryTime(
    async () => {
      asked += 1;
      const read = new Date(startMs + passed);
      pass(wayMs);
      return read;
    },
    () => passed,
  );
  return { now, pass, server: () => startMs + passed, asked: () => asked };
}

describe("the server's time, carried", () => {
  it("is asked once a second, however often it is wanted", async () => {
    const { now, pass, asked } = world();
    for (let step = 0; step < 30; step += 1) {
      await now();
      pass(100);
    }
    expect(asked()).toBe(3);
  });

  it("is never ahead of the server's, and hardly behind the way of an answer", async () => {
    const { now, pass, server } = world(40);
    for (let step = 0; step < 300; step += 1) {
      const behind = server() - (await now()).getTime();
      expect(behind).toBeGreaterThanOrEqual(0);
      expect(behind).toBeLessThanOrEqual(41);
      pass(7);
    }
  });

  it("is one question for all who ask at once, and is asked anew after one that failed", async () => {
    let asked = 0;
    const now = carryTime(async () => {
      asked += 1;
      if (asked === 1) throw new Error("no answer");
      return new Date(0);
    });
    const settled = await Promise.allSettled([now(), now(), now()]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect([(await now()).getTime(), asked]).toEqual([0, 2]);
  });
});
