import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Ahead } from "../../../core/deliveries/ahead.ts";
import { patienceMs, pauseMs } from "../../../core/deliveries/backoff.ts";
import { chooseNext } from "../../../core/deliveries/choose.ts";
import { mayLeaveFrom, rememberSend } from "../../../core/deliveries/pacing.ts";
import type { HeldDelivery, OpenDelivery, PendingDelivery } from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { later, postOf } from "../domain/samples.ts";

const now = later(100).getTime();
const request = (name: string) => deriveId("approval", name);
/** What was tried before and is to be tried again at a time. */
const again = (dueAt: Date) => ({ attempts: 1, waitingFor: "ratelimited", dueAt });
const post = (name: string, fields: Partial<PendingDelivery> = {}): PendingDelivery =>
  postOf(1, { id: deriveId("delivery", "post", name), approval: request(name), ...fields });
const edit = (name: string, fields: Partial<PendingDelivery> = {}): PendingDelivery => ({
  ...post(name),
  id: deriveId("delivery", "edit", name),
  task: { kind: "edit", destination: "dst_1", copy: "dlv_1" },
  priority: 0,
  createdAt: later(2),
  ...fields,
});
const alone = (number: number, fields: Partial<PendingDelivery> = {}) => postOf(number, fields);

let store: Store;
beforeEach(() => {
  store = openSqliteStore({ path: ":memory:", clock: handClock() });
});
afterEach(() => store.close());

/** Put deliveries into the lane, and choose; posts may leave from a time on, edits always. */
async function chosen(open: readonly (OpenDelivery | HeldDelivery)[], postsFrom = 0) {
  await Promise.all(open.map((one) => store.deliveries.insert(one)));
  return chooseNext({
    store,
    lane: "lane:slack:releases",
    now,
    mayLeaveAt: async ({ task }) => (task.kind === "post" ? postsFrom : 0),
  });
}

describe("chooseNext", () => {
  it("takes the first that is due", async () => {
    const open = [alone(1, again(later(200))), alone(3), alone(2)];
    expect(await chosen(open)).toEqual({ kind: "send", delivery: open[2] });
  });

  it("takes what was tried before what was not, from its very time on", async () => {
    const tried = alone(9, again(later(100)));
    expect(await chosen([alone(1), tried])).toEqual({ kind: "send", delivery: tried });
  });

  it("waits until the first of those that are not due", async () => {
    const open = [alone(1, again(later(300))), edit("a", again(later(200)))];
    expect(await chosen(open)).toEqual({ kind: "wait", until: later(200).getTime() });
  });

  it("waits for nothing in an empty lane", async () => {
    expect(await chosen([alone(1, { lane: "lane:slack:other" })])).toEqual({
      kind: "wait",
      until: undefined,
    });
  });

  it("takes edits before cards, and cards before information, whichever came first", async () => {
    const card = post("a", { priority: 0, createdAt: later(50) });
    const order = [edit("b", { createdAt: later(60) }), card, alone(1)];
    await chosen(order.toReversed());
    for (const delivery of order) {
      expect(await chosen([])).toEqual({ kind: "send", delivery });
      await store.deliveries.remove(delivery.id);
    }
  });

  it("puts an edit off as long as its own post waits", async () => {
    const behind = edit("a");
    const waiting = post("a", { priority: 0, ...again(later(200)) });
    expect(await chosen([waiting, behind])).toEqual({
      kind: "put_off",
      delivery: behind,
      until: later(200).getTime(),
    });
  });

  it("takes the post first that an edit waits for, once it is due", async () => {
    const waiting = post("a", { priority: 0, ...again(later(99)) });
    expect(await chosen([waiting, edit("a")])).toEqual({ kind: "send", delivery: waiting });
  });

  it("holds what is behind a held one of its request", async () => {
    const { dueAt: _, state: __, ...record } = post("a", { priority: 0 });
    const awaits = { kind: "workspace", workspace: "T1" } as const;
    const held: HeldDelivery = {
      ...record,
      ...{ state: "held", awaits, cause: "token_revoked", heldAt: later(5) },
    };
    const behind = edit("a");
    expect(await chosen([held, behind])).toEqual({ kind: "hold", delivery: behind, behind: held });
  });

  it("lets other requests, and events that ask nothing, pass", async () => {
    const waiting = post("a", { priority: 0, ...again(later(200)) });
    const told = alone(7);
    expect(await chosen([waiting, told])).toEqual({ kind: "send", delivery: told });
    const other = edit("b");
    expect(await chosen([other])).toEqual({ kind: "send", delivery: other });
  });

  it("holds posts to the pace, and lets edits pass", async () => {
    expect(await chosen([post("a"), alone(1)], now + 500)).toEqual({
      kind: "wait",
      until: now + 500,
    });
    const quick = edit("b");
    expect(await chosen([quick], now + 500)).toEqual({ kind: "send", delivery: quick });
  });

  it("takes what a crash left half done at once, and at the pace", async () => {
    const { dueAt: _, state: __, ...record } = postOf(1);
    const cut: OpenDelivery = { ...record, state: "sending", fence: 1, startedAt: later(99) };
    expect(await chosen([cut, alone(0)])).toEqual({ kind: "send", delivery: cut });
    expect(await chosen([], now + 500)).toEqual({ kind: "wait", until: now + 500 });
  });

  it("takes what was never tried, though it was made by a clock that was ahead", async () => {
    const ahead = alone(1, { createdAt: later(3_600), dueAt: later(3_600) });
    expect(await chosen([ahead])).toEqual({ kind: "send", delivery: ahead });
  });

  it("finds what is due behind any number that wait, by a handful of looks", async () => {
    const waiting = Array.from({ length: 1_000 }, (_, index) =>
      alone(index, again(later(200 + index))),
    );
    const due = alone(2_000);
    await Promise.all([...waiting, due].map((one) => store.deliveries.insert(one)));
    let looks = 0;
    const counted: Pick<Store, "deliveries"> = {
      deliveries: {
        ...store.deliveries,
        scan: (index, scan) => {
          looks += 1;
          return store.deliveries.scan(index, scan);
        },
      },
    };
    const choice = await chooseNext({
      ...{ store: counted, lane: due.lane, now },
      mayLeaveAt: async () => 0,
    });
    expect(choice).toEqual({ kind: "send", delivery: due });
    expect(looks).toBeLessThanOrEqual(6);
  });
});

describe("a lane from which much leaves at once", () => {
  const lane = "lane:slack:releases";
  const posts = Array.from({ length: 40 }, (_, index) => alone(index + 1));
  /** Let all leave that may, each at its own time; answers what left and how often the lane was asked. */
  async function leaveAll(timeOf: (left: number) => number, meanwhile?: () => Promise<unknown>) {
    let looks = 0;
    const scan: Store["deliveries"]["scan"] = (index, asked) => {
      looks += 1;
      return store.deliveries.scan(index, asked);
    };
    const counted = { deliveries: { ...store.deliveries, scan } };
    const ahead = new Ahead();
    const left: string[] = [];
    for (;;) {
      const at = timeOf(left.length);
      const asked = { store: counted, lane, now: at, ahead, mayLeaveAt: async () => 0 } as const;
      const choice = await chooseNext(asked);
      if (choice.kind !== "send") return { left, looks };
      left.push(choice.delivery.id);
      await store.deliveries.remove(choice.delivery.id);
      if (left.length === 10) await meanwhile?.();
    }
  }
  const ids = posts.map(({ id }) => id);
  beforeEach(async () => {
    await Promise.all(posts.map((one) => store.deliveries.insert(one)));
  });

  it("is asked much less often than once for each, and keeps its order", async () => {
    const { left, looks } = await leaveAll(() => now);
    expect(left).toEqual(ids);
    expect(looks).toBeLessThanOrEqual(10);
  });

  it("is asked again after a moment, so that a card that came meanwhile goes first", async () => {
    const card = post("a", { priority: 0, createdAt: later(90) });
    const { left } = await leaveAll(
      (count) => now + (count < 10 ? 0 : 250),
      () => store.deliveries.insert(card),
    );
    expect(left).toEqual([...ids.slice(0, 10), card.id, ...ids.slice(10)]);
  });

  it("is asked again when the clock was set back", async () => {
    const card = post("a", { priority: 0, createdAt: later(90) });
    const { left } = await leaveAll(
      (count) => now - (count < 10 ? 0 : 3_600_000),
      () => store.deliveries.insert(card),
    );
    expect(left[10]).toBe(card.id);
  });

  it("gives up what was read as soon as one of it may not leave", async () => {
    const ahead = new Ahead();
    const choose = (from: number) =>
      chooseNext({ store, lane, now, ahead, mayLeaveAt: async () => from });
    for (let count = 0; count < 3; count += 1) {
      const choice = await choose(0);
      if (choice.kind === "send") await store.deliveries.remove(choice.delivery.id);
    }
    expect(await choose(now + 50)).toEqual({ kind: "wait", until: now + 50 });
    const card = post("a", { priority: 0, createdAt: later(90) });
    await store.deliveries.insert(card);
    expect(await choose(0)).toEqual({ kind: "send", delivery: card });
  });
});

describe("the pace of a lane", () => {
  const tasks = ["post", "note"] as const;
  const paces = [
    { tasks, count: 2, ms: 1_000 },
    { tasks, count: 3, ms: 10_000 },
  ];
  const card = post("a", { priority: 0 });
  it.each<[readonly number[], number]>([
    [[], 0],
    [[100], 0],
    [[100, 200], 1_100],
    [[100, 200, 300], 10_100],
    [[100, 9_800, 9_900], 10_800],
  ])("after posts at %j lets the next one leave at %d", (sends, at) => {
    expect(mayLeaveFrom(paces, sends, card)).toBe(at);
  });

  it("counts no edit where the platform counts edits apart", () => {
    expect(mayLeaveFrom(paces, [100, 200, 300], edit("a"))).toBe(0);
    expect(rememberSend(paces, [100], edit("a"), 200)).toEqual([100]);
  });

  it.each([
    ["information", post("a", { priority: 1 }), 8],
    ["a card", card, 9],
    ["an edit", edit("a"), 10],
  ])("of ten sends that count alike, takes %s as one of the first %#", (_, delivery, most) => {
    const ten = [{ tasks: ["post", "edit"] as const, count: 10, ms: 1_000 }];
    const times = Array.from({ length: most }, (__, index) => index);
    expect(mayLeaveFrom(ten, times.slice(1), delivery)).toBe(0);
    expect(mayLeaveFrom(ten, times, delivery)).toBe(1_000);
    expect(rememberSend(ten, times, delivery, 99).at(-1)).toBe(99);
  });

  it("without windows lets all leave, and remembers none", () => {
    expect(mayLeaveFrom([], [100, 200], card)).toBe(0);
    expect(rememberSend([], [], card, 200)).toEqual([]);
  });

  it("remembers as many posts as its widest count", () => {
    expect(rememberSend(paces, [1, 2, 3], card, 4)).toEqual([2, 3, 4]);
  });

  it("lets no window have more posts than it counts, however they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }), (gaps) => {
        let clock = 0;
        let memory: readonly number[] = [];
        const all: number[] = [];
        for (const gap of gaps) {
          clock = Math.max(clock + gap, mayLeaveFrom(paces, memory, card));
          memory = rememberSend(paces, memory, card, clock);
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
