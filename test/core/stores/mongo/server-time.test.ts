import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LaneId } from "../../../../core/domain/delivery.ts";
import type { Store } from "../../../../core/ports/store.ts";
import { openMongoStore } from "../../../../core/stores/mongo/store.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";

const mongo = await startMongo();
const lane = "lane:slack:releases";
const hourMs = 3_600_000;
const past = new Date(0);
const future = new Date("2999-01-01T00:00:00Z");

describe.skipIf(mongo.kind === "none")(`lanes by the clock of ${mongo.label}`, () => {
  let stores: readonly Store[] = [];
  const [one, two] = [() => stores[0] as Store, () => stores[1] as Store];
  beforeEach(async () => {
    if (mongo.kind === "none") return;
    const url = mongo.fresh();
    stores = await Promise.all([openMongoStore({ url }), openMongoStore({ url })]);
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

  it("are due when their time has come, and not before", async () => {
    await one().lanes.wake(lane, future);
    expect(await one().lanes.claim("one", hourMs)).toBeUndefined();
    await two().lanes.wake(lane, past);
    expect(await one().lanes.claim("one", hourMs)).toMatchObject({ lane, fence: 1 });
  });

  it("go to one of 64 claimants of two processes", async () => {
    await one().lanes.wake(lane, past);
    const claims = Array.from({ length: 64 }, (_, number) =>
      (number % 2 === 0 ? one() : two()).lanes.claim(`${number}`, hourMs),
    );
    const leases = await Promise.all(claims);
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it("go to another process when a lease ran out, and the first can keep and give back nothing", async () => {
    await one().lanes.wake(lane, past);
    const lost = await one().lanes.claim("one", 0);
    const held = await two().lanes.claim("two", hourMs);
    if (!lost || !held) throw new Error("no lane was due");
    expect(held.fence).toBeGreaterThan(lost.fence);
    expect(await one().lanes.renew(lost, hourMs)).toBeUndefined();
    await one().lanes.release(lost, { memory: { sends: [1], pausedUntil: 1 } });
    expect(await one().lanes.claim("one", hourMs)).toBeUndefined();
    expect(await two().lanes.renew(held, hourMs)).toMatchObject({ memory: { sends: [] } });
  });

  it("are made once when two processes wake a new one at the same time, and count every waking", async () => {
    const wakings = Array.from({ length: 32 }, (_, number) =>
      (number % 2 === 0 ? one() : two()).lanes.wake(lane, past),
    );
    await Promise.all(wakings);
    expect(await one().lanes.claim("one", hourMs)).toMatchObject({ wakes: 32 });
    expect(await two().lanes.claim("two", hourMs)).toBeUndefined();
  });

  it("go to those who claim several at once, the longest due first", async () => {
    const names = [4, 2, 1, 3].map((day) => [`lane:slack:${day}`, new Date(day)] as const);
    for (const [name, at] of names) await one().lanes.wake(name as LaneId, at);
    const claim = () => one().lanes.claim("one", hourMs);
    const some = await Promise.all([claim(), claim(), claim()]);
    expect(some.map((lease) => lease?.lane)).toEqual([1, 2, 3].map((day) => `lane:slack:${day}`));
    const rest = await Promise.all([claim(), claim()]);
    expect(rest).toEqual([expect.objectContaining({ lane: "lane:slack:4", fence: 1 }), undefined]);
    // What they were told is what they hold.
    const kept = await Promise.all(some.map((lease) => lease && one().lanes.renew(lease, hourMs)));
    expect(kept.map((lease) => lease?.lane)).toEqual(some.map((lease) => lease?.lane));
  });

  it("go to one each, where two processes claim many at once", async () => {
    const names = Array.from({ length: 20 }, (_, number) => `lane:slack:${number}` as const);
    await Promise.all(names.map((name) => one().lanes.wake(name, past)));
    const claims = [one(), two(), one(), two()].flatMap((store, index) =>
      Array.from({ length: 12 }, () => store.lanes.claim(`${index}`, hourMs)),
    );
    const taken = (await Promise.all(claims)).flatMap((lease) => (lease ? [lease.lane] : []));
    expect(new Set(taken).size).toBe(taken.length);
    for (;;) {
      const lease = await one().lanes.claim("one", hourMs);
      if (!lease) break;
      taken.push(lease.lane);
    }
    expect(taken.toSorted()).toEqual([...names].toSorted());
  });

  it("are worked once each by two processes that race for many", async () => {
    const names = Array.from({ length: 40 }, (_, number) => `lane:slack:${number}` as const);
    await Promise.all(names.map((name) => one().lanes.wake(name, past)));
    const taken: string[] = [];
    const work = async (store: Store, owner: string) => {
      for (;;) {
        const lease = await store.lanes.claim(owner, hourMs);
        if (!lease) return;
        taken.push(lease.lane);
        await store.lanes.release(lease, { memory: lease.memory });
      }
    };
    await Promise.all([work(one(), "one"), work(two(), "two"), work(two(), "three")]);
    expect(taken.toSorted()).toEqual([...names].toSorted());
    expect(await one().lanes.nextDueAt()).toBeUndefined();
  });

  it.each([10_000, -10_000])(
    "are due by the time of a process whose own clock is %i ms away",
    async (aheadMs) => {
      if (mongo.kind === "none") return;
      const now = () => new Date(Date.now() + aheadMs);
      const soon = () => new Date(now().getTime() + 5_000);
      const store = await openMongoStore({ url: mongo.fresh(), clock: { now } });
      await store.lanes.wake(lane, now());
      const held = await store.lanes.claim("one", hourMs);
      if (!held) throw new Error("the lane is not due");
      const at = soon();
      await store.lanes.release(held, { at, memory: held.memory });
      expect(await store.lanes.claim("one", hourMs)).toBeUndefined();
      const due = await store.lanes.nextDueAt();
      expect(Math.abs((due?.getTime() ?? 0) - at.getTime())).toBeLessThan(1_000);
      await store.lanes.wake("lane:slack:other", soon());
      expect(await store.lanes.claim("one", hourMs)).toBeUndefined();
      await store.close();
    },
  );
});
