import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LaneId } from "../../core/domain/delivery.ts";
import type { LaneLease, Store } from "../../core/ports/store.ts";
import { later, start } from "../core/domain/samples.ts";
import { type HandClock, handClock } from "./hand-clock.ts";

const lane: LaneId = "lane:slack:releases";
const other: LaneId = "lane:teams:general";
const leaseMs = 30_000;
const idle = { sends: [], pausedUntil: 0 };

/** What the lanes of every engine must keep to. */
export function describeLanes(name: string, open: (clock: HandClock) => Promise<Store>): void {
  describe(`lanes of ${name}`, () => {
    let clock: HandClock;
    let store: Store;
    const claim = (owner = "me") => store.lanes.claim(owner, leaseMs);
    const claimed = async (owner = "me"): Promise<LaneLease> => {
      const lease = await claim(owner);
      if (!lease) throw new Error("no lane was due");
      return lease;
    };
    beforeEach(async () => {
      clock = handClock();
      store = await open(clock);
    });
    afterEach(() => store.close());

    it("gives a due lane to one of 32 claimants", async () => {
      await store.lanes.wake(lane, start);
      const leases = await Promise.all(Array.from({ length: 32 }, (_, index) => claim(`${index}`)));
      expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    });

    it("gives no lane before its time, and knows when that is", async () => {
      expect(await store.lanes.nextDueAt()).toBeUndefined();
      await store.lanes.wake(lane, later(10));
      expect(await claim()).toBeUndefined();
      expect(await store.lanes.nextDueAt()).toEqual(later(10));
      clock.pass(10_000);
      expect((await claimed()).lane).toBe(lane);
    });

    it("gives the lane that is due longest first", async () => {
      await store.lanes.wake(other, later(2));
      await store.lanes.wake(lane, later(1));
      clock.pass(5_000);
      expect([(await claimed()).lane, (await claimed()).lane]).toEqual([lane, other]);
    });

    it("takes the earliest of several wishes", async () => {
      await store.lanes.wake(lane, later(10));
      await store.lanes.wake(lane, later(5));
      await store.lanes.wake(lane, later(20));
      expect(await store.lanes.nextDueAt()).toEqual(later(5));
    });

    it("gives a lane again when its lease ran out, under a higher fence", async () => {
      await store.lanes.wake(lane, start);
      const first = await claimed("one");
      expect(await store.lanes.nextDueAt()).toEqual(later(30));
      clock.pass(leaseMs - 1);
      expect(await claim("two")).toBeUndefined();
      clock.pass(1);
      const second = await claimed("two");
      expect(second.fence).toBeGreaterThan(first.fence);
    });

    it("keeps a renewed lane, and refuses to renew a lost one", async () => {
      await store.lanes.wake(lane, start);
      const first = await claimed("one");
      clock.pass(leaseMs - 1);
      expect(await store.lanes.renew(first, leaseMs)).toMatchObject({ fence: first.fence });
      clock.pass(leaseMs - 1);
      expect(await claim("two")).toBeUndefined();
      clock.pass(1);
      const second = await claimed("two");
      expect(await store.lanes.renew(first, leaseMs)).toBeUndefined();
      await store.lanes.release(first, { memory: { sends: [1], pausedUntil: 1 } });
      expect(await claim("three")).toBeUndefined();
      expect(await store.lanes.renew(second, leaseMs)).toMatchObject({ memory: idle });
    });

    it("is idle after a release without a time, and hands its memory on", async () => {
      const memory = { sends: [start.getTime()], pausedUntil: later(7).getTime() };
      await store.lanes.wake(lane, start);
      await store.lanes.release(await claimed(), { memory });
      expect(await store.lanes.nextDueAt()).toBeUndefined();
      await store.lanes.wake(lane, start);
      expect((await claimed()).memory).toEqual(memory);
    });

    it("hands on what its holder remembered at a renewal, though it never gave the lane back", async () => {
      const memory = { sends: [start.getTime()], pausedUntil: later(90).getTime() };
      await store.lanes.wake(lane, start);
      const renewed = await store.lanes.renew(await claimed("one"), leaseMs, memory);
      expect(renewed).toMatchObject({ memory });
      clock.pass(leaseMs);
      expect((await claimed("two")).memory).toEqual(memory);
    });

    it("is due again at the time that its holder names", async () => {
      await store.lanes.wake(lane, start);
      await store.lanes.release(await claimed(), { at: later(9), memory: idle });
      expect(await store.lanes.nextDueAt()).toEqual(later(9));
      expect(await claim()).toBeUndefined();
    });

    it.each([[{ at: later(9) }], [{}]])(
      "is due at once when it was woken while somebody worked it, released with %o",
      async (next) => {
        await store.lanes.wake(lane, start);
        const lease = await claimed();
        await store.lanes.wake(lane, later(5));
        await store.lanes.release(lease, { ...next, memory: idle });
        expect((await claimed()).lane).toBe(lane);
      },
    );

    it("counts what woke it before a renewal as seen", async () => {
      await store.lanes.wake(lane, start);
      const lease = await claimed();
      await store.lanes.wake(lane, start);
      const renewed = await store.lanes.renew(lease, leaseMs);
      if (!renewed) throw new Error("the lease was lost");
      await store.lanes.release(renewed, { memory: idle });
      expect(await store.lanes.nextDueAt()).toBeUndefined();
    });

    it("keeps lanes apart", async () => {
      await store.lanes.wake(lane, start);
      await store.lanes.wake(other, start);
      const [one, two] = [await claimed(), await claimed()];
      await store.lanes.release(one, { memory: { sends: [], pausedUntil: 5 } });
      expect(await store.lanes.renew(two, leaseMs)).toMatchObject({ memory: idle });
      expect(new Set([one.lane, two.lane])).toEqual(new Set([lane, other]));
    });
  });
}
