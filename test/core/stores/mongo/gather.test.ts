import { describe, expect, it } from "vitest";
import { gather } from "../../../../core/stores/mongo/gather.ts";

describe("calls that are gathered", () => {
  const asking = () => {
    const turns: (readonly number[])[] = [];
    const double = gather(async (asked: readonly number[]) => {
      turns.push(asked);
      if (asked.includes(13)) throw new Error("no answer");
      return asked.map((one) => one * 2);
    });
    return { turns, double };
  };

  it("share one question in a turn, and each gets its own answer", async () => {
    const { turns, double } = asking();
    expect(await Promise.all([3, 1, 3, 2].map(double))).toEqual([6, 2, 6, 4]);
    expect(turns).toEqual([[3, 1, 3, 2]]);
    expect(await double(5)).toBe(10);
    expect(turns).toHaveLength(2);
  });

  it("share the next question, when they come while one is on its way", async () => {
    const turns: (readonly number[])[] = [];
    let answer = () => {};
    const slow = gather(async (asked: readonly number[]) => {
      turns.push(asked);
      await new Promise<void>((resolve) => (answer = resolve));
      return asked;
    });
    const first = slow(1);
    while (turns.length < 1) await new Promise(setImmediate);
    const later = [slow(2)];
    await new Promise(setImmediate);
    later.push(slow(3));
    answer();
    expect(await first).toBe(1);
    while (turns.length < 2) await new Promise(setImmediate);
    answer();
    expect(await Promise.all(later)).toEqual([2, 3]);
    expect(turns).toEqual([[1], [2, 3]]);
  });

  it("wait for no question that hangs: after a moment they are asked by themselves", async () => {
    const answers: (() => void)[] = [];
    const slow = gather(async (asked: readonly number[]) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return asked;
    });
    const first = slow(1);
    while (answers.length < 1) await new Promise(setImmediate);
    const second = slow(2);
    while (answers.length < 2) await new Promise(setImmediate);
    answers[1]?.();
    expect(await second).toBe(2);
    answers[0]?.();
    expect(await first).toBe(1);
  });

  it("all fail with the question that they share, and no other does", async () => {
    const { double } = asking();
    const settled = await Promise.allSettled([double(1), double(13)]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await double(1)).toBe(2);
  });
});
