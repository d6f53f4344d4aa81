import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { Rounds } from "../../../core/deliveries/rounds.ts";
import { createWorker, type WorkerDeps } from "../../../core/deliveries/worker.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { LogEntry } from "../../../core/ports/log.ts";
import type { LaneLease, Lanes } from "../../../core/ports/store.ts";
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
