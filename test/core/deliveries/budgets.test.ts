import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asked, type Budgets, createBudgets } from "../../../core/deliveries/budgets.ts";
import type { Budget } from "../../../core/ports/chat-platform.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { type HandClock, handClock } from "../../contracts/hand-clock.ts";
import { organization, start } from "../domain/samples.ts";

const budget: Budget = {
  name: "chat.update",
  tasks: ["edit"],
  count: 50,
  ms: 60_000,
  retryAfter: "workspace",
};
const edit: Asked = { platform: "slack", workspace: "T1", budget, priority: 0 };

let clock: HandClock;
let store: Store;
let writes: number;
beforeEach(() => {
  clock = handClock();
  store = openSqliteStore({ path: ":memory:", clock });
  writes = 0;
});
afterEach(() => store.close());

/** Make the budgets of one process more, whose clock may go ahead. */
function budgetsOf(fraction = 0, aheadMs = 0): Budgets {
  const random = { fraction: () => fraction };
  const counted = {
    budgets: {
      ...store.budgets,
      insert: (use) => {
        writes += 1;
        return store.budgets.insert(use);
      },
      replace: (use, read) => {
        writes += 1;
        return store.budgets.replace(use, read);
      },
    },
  } satisfies Pick<Store, "budgets">;
  const itsClock = { now: () => new Date(clock.now().getTime() + aheadMs) };
  return createBudgets({ store: counted, organization, clock: itsClock, random });
}
const now = () => clock.now().getTime() - start.getTime();
async function takeMany(budgets: Budgets, count: number, asked = edit): Promise<number> {
  let taken = 0;
  for (let call = 0; call < count; call += 1) {
    if ((await budgets.take(asked)) === 0) taken += 1;
  }
  return taken;
}

describe("a budget of calls", () => {
  it("gives as many calls as the platform takes in its window, and says when there is more", async () => {
    const budgets = budgetsOf();
    expect(await takeMany(budgets, 60)).toBe(50);
    const more = (await budgets.take(edit)) - start.getTime();
    clock.pass(more - 1);
    expect(await budgets.take(edit)).toBeGreaterThan(0);
    clock.pass(1);
    expect(await budgets.take(edit)).toBe(0);
    expect(more).toBeGreaterThan(60_000);
    expect(more).toBeLessThanOrEqual(65_000);
  });

  it("is shared by all processes", async () => {
    const [one, two] = [budgetsOf(), budgetsOf()];
    let taken = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      taken += (await takeMany(one, 1)) + (await takeMany(two, 1));
    }
    expect(taken).toBeLessThanOrEqual(50);
    expect(taken).toBeGreaterThanOrEqual(45);
  });

  it("is shared by processes whose clocks part by a second, and so is a pause", async () => {
    const [ahead, behind] = [budgetsOf(0, 1_000), budgetsOf()];
    let taken = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      taken += (await takeMany(ahead, 1)) + (await takeMany(behind, 1));
    }
    expect(taken).toBeLessThanOrEqual(50);
    clock.pass(120_000);
    await ahead.pause(edit, 30_000);
    expect(await behind.take(edit)).toBe(clock.now().getTime() + 31_000);
  });

  it("is one for each workspace", async () => {
    const budgets = budgetsOf();
    expect(await takeMany(budgets, 60)).toBe(50);
    expect(await takeMany(budgets, 60, { ...edit, workspace: "T2" })).toBe(50);
  });

  it("R7: is never exceeded in any window, by however many processes, in whatever rhythm", async () => {
    const small: Budget = { ...budget, count: 7, ms: 1_000 };
    const turn = fc.record({
      process: fc.integer({ min: 0, max: 2 }),
      gap: fc.integer({ min: 0, max: 400 }),
      calls: fc.integer({ min: 1, max: 12 }),
      priority: fc.constantFrom(0 as const, 1 as const),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 40 }), async (turns) => {
        run += 1;
        const processes = [budgetsOf(), budgetsOf(), budgetsOf()];
        const made: number[] = [];
        for (const { process, gap, calls, priority } of turns) {
          clock.pass(gap);
          const asked = { ...edit, workspace: `T${run}`, budget: small, priority };
          const taken = await takeMany(processes[process] as Budgets, calls, asked);
          made.push(...Array.from({ length: taken }, now));
        }
        for (const at of made) {
          const within = made.filter((other) => other >= at && other < at + small.ms);
          expect(within.length).toBeLessThanOrEqual(small.count);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps its last fifth for requests: information never takes it", async () => {
    const budgets = budgetsOf();
    expect(await takeMany(budgets, 60, { ...edit, priority: 1 })).toBe(40);
    expect(await takeMany(budgets, 60)).toBe(10);
  });

  it("is written once for many calls while a process is busy", async () => {
    await takeMany(budgetsOf(), 50);
    expect(writes).toBeLessThanOrEqual(15);
  });

  it("takes no more than is used while a process is quiet", async () => {
    const budgets = budgetsOf();
    let taken = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      taken += await takeMany(budgets, 1);
      clock.pass(1_600);
    }
    expect(taken).toBe(40);
  });

  it("takes back a call that was not made", async () => {
    const budgets = budgetsOf();
    expect(await takeMany(budgets, 50)).toBe(50);
    budgets.giveBack(edit);
    expect(await takeMany(budgets, 2)).toBe(1);
  });

  it("R7: lets nobody call while the platform wants a pause, in no process", async () => {
    const [one, two] = [budgetsOf(), budgetsOf()];
    await takeMany(two, 3);
    await one.pause(edit, 30_000);
    expect(await two.take(edit)).toBe(start.getTime() + 30_000);
    clock.pass(29_999);
    expect(await takeMany(one, 5)).toBe(0);
    clock.pass(1);
    expect(await takeMany(two, 1)).toBe(1);
  });

  it("keeps the longer of two pauses", async () => {
    const budgets = budgetsOf();
    await budgets.pause(edit, 30_000);
    await budgets.pause(edit, 1_000);
    expect(await budgets.take(edit)).toBe(start.getTime() + 30_000);
  });

  it("forgets what it took and was told by a clock that was ahead", async () => {
    const budgets = budgetsOf();
    clock.pass(3_600_000);
    await takeMany(budgets, 60);
    await budgets.pause(edit, 30_000);
    clock.pass(-3_600_000);
    expect(await takeMany(budgets, 60)).toBe(50);
  });
});
