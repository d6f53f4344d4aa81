import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Rounds } from "../../../core/deliveries/rounds.ts";
import { leaseMs } from "../../../core/deliveries/work-lane.ts";
import { createWorker, type Worker, type WorkerDeps } from "../../../core/deliveries/worker.ts";
import type { Delivery } from "../../../core/domain/delivery.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { LogEntry } from "../../../core/ports/log.ts";
import type { LaneLease, Lanes, Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { postOf } from "../domain/samples.ts";

/** Of a lane in which there is always something to send. */
const post = postOf(1);

const leaseOf = (number: number): LaneLease => ({
  lane: `lane:slack:${number}`,
  ...{ fence: 1, wakes: 1, memory: { sends: [], pausedUntil: 0 } },
});

it("a worker asks for one lane, and for four times as many where it gets all", async () => {
  const due = Array.from({ length: 10 }, (_, number) => leaseOf(number));
  /** How many lanes were asked for in each turn. */
  const asked: number[] = [];
  let open = false;
  const claim: Lanes["claim"] = async () => {
    if (!open) asked.push(0);
    open = true;
    asked.push((asked.pop() ?? 0) + 1);
    const lease = due.shift();
    await nextTurn();
    open = false;
    return lease;
  };
  let idle = () => {};
  const slept = new Promise<void>((resolve) => {
    idle = resolve;
  });
  const nextDueAt = async () => {
    if (due.length === 0) idle();
    return undefined;
  };
  const lanes = { claim, nextDueAt, release: async () => {} };
  const deps: Pick<WorkerDeps, "owner" | "rounds" | "clock"> & { readonly store: object } = {
    ...{ owner: "me", rounds: new Rounds(100), clock: handClock() },
    store: { lanes, deliveries: { scan: async () => [] } },
  };
  const worker = createWorker(deps as unknown as WorkerDeps);
  worker.start();
  await slept;
  expect(asked.slice(0, 4)).toEqual([1, 4, 16, 1]);
  await worker.stop();
});

it("a worker asks a store that refuses once a second, and tells each refusal, though a lane is due", async () => {
  const told: LogEntry[] = [];
  const clock = handClock();
  const lanes = {
    claim: () => Promise.reject(new HubError("store_unavailable", "The disk is full.")),
    nextDueAt: async () => clock.now(),
  };
  const deps: Pick<WorkerDeps, "owner" | "clock" | "log"> & { readonly store: object } = {
    ...{ owner: "me", clock, log: { write: (entry) => void told.push(entry) } },
    store: { lanes },
  };
  const worker = createWorker(deps as unknown as WorkerDeps);
  worker.start();
  await pause(300);
  await worker.stop();
  expect(told).toMatchObject([{ kind: "hub.trouble", error: "The disk is full." }]);
});

it("P13: a lane that comes last has its turn, though as many as are worked at once never end", async () => {
  const clock = handClock();
  const due = Array.from({ length: 33 }, (_, number) => leaseOf(number));
  const begun = new Set<string>();
  const lanes: Partial<Lanes> = {
    claim: async () => {
      await nextTurn();
      const lease = due.shift();
      if (lease) begun.add(lease.lane);
      return lease;
    },
    nextDueAt: async () => undefined,
    renew: async (lease) => lease,
    release: async (lease) => void due.push(lease),
  };
  /** Each try takes a while, and another holder's came before. */
  const replace = async () => {
    clock.pass(1);
    await nextTurn();
    return "stale";
  };
  const deps = {
    ...{ owner: "me", rounds: new Rounds(100), clock, limits: async () => undefined },
    store: { lanes, deliveries: { scan: async () => [post], replace } },
  };
  const worker = createWorker(deps as unknown as WorkerDeps);
  worker.start();
  await expect.poll(() => begun.size).toBe(33);
  await worker.stop();
});

it("a worker that works as many lanes as it may asks for no other, though many are due", async () => {
  const clock = handClock();
  let [claimed, asked] = [0, 0];
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const lanes: Partial<Lanes> = {
    claim: async () => {
      claimed += 1;
      return leaseOf(claimed);
    },
    nextDueAt: async () => {
      asked += 1;
      return clock.now();
    },
    release: async () => {},
  };
  const scan = async () => {
    await ended;
    return [];
  };
  const deps = {
    ...{ owner: "me", rounds: new Rounds(100), clock, limits: async () => undefined },
    store: { lanes, deliveries: { scan } },
  };
  const worker = createWorker(deps as unknown as WorkerDeps);
  worker.start();
  await pause(200);
  const counts = [claimed, asked];
  const stopped = worker.stop();
  end();
  await stopped;
  expect(counts).toEqual([32, 0]);
});

describe("a worker that is handed the lane that it works", () => {
  const lane = "lane:slack:1";
  const clock = handClock();
  let store: Store;
  let worker: Worker;
  let claimed: number;
  const sent: string[] = [];
  const slow = { scan: async () => {}, send: async () => {} };

  beforeEach(async () => {
    [claimed, sent.length, slow.scan, slow.send] = [0, 0, async () => {}, async () => {}];
    store = openSqliteStore({ path: ":memory:", clock });
    const claim: Lanes["claim"] = async (...given) => {
      const lease = await store.lanes.claim(...given);
      if (lease) claimed += 1;
      return lease;
    };
    const scan: Store["deliveries"]["scan"] = async (...given) => {
      const found = await store.deliveries.scan(...given);
      await slow.scan();
      return found;
    };
    const deps = {
      ...{ owner: "me", rounds: new Rounds(100), clock, limits: async () => undefined },
      store: {
        ...store,
        lanes: { ...store.lanes, claim },
        deliveries: { ...store.deliveries, scan },
      },
      log: { write: () => {} },
      send: async ({ id }: Delivery) => {
        sent.push(id);
        await slow.send();
        const report = { result: { kind: "sent" }, request: null, response: null };
        return { kind: "tried", report };
      },
      arriving: async () => {},
      delivered: async () => {},
    };
    worker = createWorker(deps as unknown as WorkerDeps);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await worker.stop();
    await store.close();
  });

  /** What ends when it is told to. */
  function until() {
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { end, wait: () => ended };
  }
  const enqueue = async (number: number) => {
    const delivery = { ...postOf(number), lane, createdAt: clock.now(), dueAt: clock.now() };
    await store.deliveries.insert(delivery as Delivery);
    await store.lanes.wake(lane, clock.now());
  };

  it("forgets nothing that came while it looked for the last time under its former lease", async () => {
    const { end, wait } = until();
    slow.scan = wait;
    await store.lanes.wake(lane, clock.now());
    worker.start();
    await expect.poll(() => claimed).toBe(1);
    await enqueue(1);
    clock.pass(leaseMs + 1);
    worker.poke();
    await expect.poll(() => claimed).toBe(2);
    end();
    await expect.poll(() => sent).toHaveLength(1);
  });

  it("keeps the lane during one long send, also under the lease that it was handed meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { end, wait } = until();
    slow.send = wait;
    await enqueue(1);
    worker.start();
    await expect.poll(() => sent).toHaveLength(1);
    clock.pass(leaseMs + 1);
    worker.poke();
    await expect.poll(() => claimed).toBe(2);
    clock.pass(leaseMs - 1);
    await vi.advanceTimersByTimeAsync(leaseMs);
    clock.pass(leaseMs - 1);
    const other = await store.lanes.claim("other", leaseMs);
    end();
    expect(other).toBeUndefined();
  });

  it("keeps what another holder of the lane learned while this process stood still", async () => {
    const { end, wait } = until();
    slow.send = wait;
    await enqueue(1);
    worker.start();
    await expect.poll(() => sent).toHaveLength(1);
    clock.pass(leaseMs + 1);
    const other = await store.lanes.claim("other", leaseMs);
    if (!other) throw new Error("the lane is held");
    const now = clock.now().getTime();
    const learned = { pausedFrom: now, pausedUntil: now + 60_000, holds: true } as const;
    await store.lanes.release(other, { at: clock.now(), memory: { ...other.memory, ...learned } });
    worker.poke();
    await expect.poll(() => claimed).toBe(2);
    await enqueue(2);
    end();
    await expect
      .poll(async () => (await store.deliveries.get(postOf(1).id))?.state)
      .toBe("delivered");
    await worker.stop();
    clock.pass(60_000);
    expect(sent).toHaveLength(1);
    expect(await store.lanes.claim("other", leaseMs)).toMatchObject({ memory: learned });
  });
});
