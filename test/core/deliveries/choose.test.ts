import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patienceMs, pauseMs } from "../../../core/deliveries/backoff.ts";
import { chooseNext } from "../../../core/deliveries/choose.ts";
import { nextPostAt, rememberPost } from "../../../core/deliveries/pacing.ts";
import type { OpenDelivery } from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { later, postOf } from "../domain/samples.ts";

const now = later(100).getTime();
const request = (name: string) => deriveId("approval", name);
const post = (name: string, dueAt = later(0)): OpenDelivery =>
  postOf(1, { approval: request(name), dueAt });
const edit = (name: string, dueAt = later(0)): OpenDelivery => ({
  ...post(name, dueAt),
  id: deriveId("delivery", "edit", name),
  task: { kind: "edit", destination: "dst_1", copy: "dlv_1" },
});
const alone = (number: number, dueAt = later(0)): OpenDelivery => postOf(number, { dueAt });
const sent = (open: readonly OpenDelivery[], postsFrom = 0) => {
  const choice = chooseNext(open, now, postsFrom);
  return choice.kind === "send" ? choice.delivery : choice;
};

describe("chooseNext", () => {
  it("takes the first that is due", () => {
    const open = [alone(1, later(200)), alone(2), alone(3)];
    expect(sent(open)).toBe(open[1]);
    expect(sent([alone(1, later(100))])).toMatchObject({ dueAt: later(100) });
  });

  it("waits until the first of those that are not due, and for nothing in an empty lane", () => {
    const open = [alone(1, later(300)), alone(2, later(200))];
    expect(sent(open)).toEqual({ kind: "wait", until: later(200).getTime() });
    expect(sent([])).toEqual({ kind: "wait", until: undefined });
  });

  it("keeps the order within a request: what is behind a waiting delivery waits too", () => {
    const late = post("a", later(200));
    expect(sent([late, edit("a")])).toEqual({ kind: "wait", until: later(200).getTime() });
  });

  it("lets other requests, and events that ask nothing, pass", () => {
    const other = edit("b");
    expect(sent([post("a", later(200)), edit("a"), other])).toBe(other);
    const told = alone(7);
    expect(sent([post("a", later(200)), told])).toBe(told);
  });

  it("holds posts to the pace, and lets edits pass", () => {
    const quick = edit("b");
    expect(sent([post("a"), quick], now + 500)).toBe(quick);
    expect(sent([post("a"), alone(1)], now + 500)).toEqual({ kind: "wait", until: now + 500 });
    expect(sent([post("a"), edit("a")], now + 500)).toEqual({ kind: "wait", until: now + 500 });
    expect(sent([post("a")], now)).toMatchObject({ approval: request("a") });
  });

  it("takes what a crash left half done at once, and at the pace", () => {
    const { dueAt: _, state: __, ...record } = postOf(1);
    const cut: OpenDelivery = { ...record, state: "sending", fence: 1, startedAt: later(99) };
    expect(sent([cut])).toBe(cut);
    expect(sent([cut], now + 500)).toEqual({ kind: "wait", until: now + 500 });
  });
});

describe("the pace of a lane", () => {
  const paces = [
    { count: 2, ms: 1_000 },
    { count: 3, ms: 10_000 },
  ];
  it.each<[readonly number[], number]>([
    [[], 0],
    [[100], 0],
    [[100, 200], 1_100],
    [[100, 200, 300], 10_100],
    [[100, 9_800, 9_900], 10_800],
  ])("after posts at %j lets the next one leave at %d", (posts, at) => {
    expect(nextPostAt(paces, posts)).toBe(at);
  });

  it("without windows lets all leave, and remembers none", () => {
    expect(nextPostAt([], [100, 200])).toBe(0);
    expect(rememberPost([], [100], 200)).toEqual([]);
  });

  it("remembers as many posts as its widest count", () => {
    expect(rememberPost(paces, [1, 2, 3], 4)).toEqual([2, 3, 4]);
  });

  it("lets no window have more posts than it counts, however they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }), (gaps) => {
        let clock = 0;
        let memory: readonly number[] = [];
        const all: number[] = [];
        for (const gap of gaps) {
          clock = Math.max(clock + gap, nextPostAt(paces, memory));
          memory = rememberPost(paces, memory, clock);
          all.push(clock);
        }
        for (const { count, ms } of paces) {
          for (const at of all) {
            const within = all.filter((other) => other >= at && other < at + ms);
            expect(within.length).toBeLessThanOrEqual(count);
          }
        }
      }),
    );
  });
});

describe("the pause after a failed try", () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [10, 512_000],
    [11, 900_000],
    [1_000, 900_000],
  ])("number %d is %d ms, give or take 20 %%", (attempts, ms) => {
    expect(pauseMs(attempts, 0)).toBe(Math.round(ms * 0.8));
    expect(pauseMs(attempts, 0.5)).toBe(ms);
    expect(pauseMs(attempts, 1)).toBe(Math.round(ms * 1.2));
  });

  it("E1: ends after 24 hours", () => {
    expect(patienceMs).toBe(86_400_000);
  });
});
