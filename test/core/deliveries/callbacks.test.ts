import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announce } from "../../../core/approvals/announce.ts";
import { sealOwnAddress } from "../../../core/deliveries/callback-address.ts";
import { redeliver } from "../../../core/deliveries/redeliver.ts";
import { reportOutcome, revoke } from "../../../core/domain/after-approval.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import type { SendingDelivery } from "../../../core/domain/delivery.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import { createHousekeeping } from "../../../core/hub/housekeeping.ts";
import { producer } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const retry: SendResult = { kind: "retry", because: "rate_limited" };
async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
async function theCallback() {
  const [found, ...others] = await lanes.deliveries("callback");
  if (!found || others.length > 0) throw new Error(`${others.length} others are found`);
  return found;
}

describe("a callback", () => {
  it("E1: is retried, and its failure is raised once at first and once at the end", async () => {
    lanes.answer("callback ci.example", retry, retry);
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    await run(1_000);
    await run(2_000);
    const callback = await theCallback();
    expect(callback).toMatchObject({ state: "delivered", attempts: 3 });
    expect(lanes.raised).toMatchObject([{ type: "callback.failed", data: { attempts: 1 } }]);
  });

  it("E5: that a crash cut off at its first try is told of when it fails at the next one", async () => {
    lanes.answer("callback ci.example", retry);
    await lanes.decide(await lanes.request("web/1"));
    const { state: _, dueAt: __, ...record } = { dueAt: null, ...(await theCallback()) };
    const startedAt = lanes.world.clock.now();
    const cut = { ...record, state: "sending", fence: 1, startedAt, attempts: 1, revision: 2 };
    await lanes.world.store.deliveries.replace(cut as SendingDelivery, 1);
    lanes.work();
    await run();
    expect(await theCallback()).toMatchObject({
      state: "pending",
      attempts: 2,
    });
    expect(lanes.raised).toMatchObject([{ type: "callback.failed", data: { attempts: 2 } }]);
  });

  it("E1: ends at 410, and holds up no other producer's", async () => {
    lanes.answer("callback ci.example", { kind: "rejected", because: "http_410" });
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(await theCallback()).toMatchObject({
      state: "dead",
      cause: "http_410",
    });
    await run(86_400_000);
    expect(lanes.calls.filter((call) => call.includes("callback"))).toHaveLength(1);
  });

  it("E1: that is asked for again goes to its producer's address as it was corrected", async () => {
    const { world, urls } = lanes;
    lanes.answer("callback ci.example", { kind: "rejected", because: "http_410" });
    lanes.work();
    const [first, later] = [await lanes.request("web/1"), await lanes.request("web/2")];
    await lanes.decide(first);
    await run();
    const corrected = "https://new.ci.example/hooks";
    const callback = sealOwnAddress(world.vault, producer.id, corrected);
    await world.store.producers.replace({ ...producer, callback, revision: 2 }, 1);
    await redeliver(world, (await theCallback()).id);
    await run();
    await lanes.decide(later);
    await run();
    expect(urls).toEqual([producer.callback, corrected, corrected]);
    expect((await lanes.deliveries("callback")).map(({ label }) => label).sort()).toEqual([
      ...["ci.example", "new.ci.example"],
    ]);
  });

  it("E1: goes where its event said, whatever its producer's own address is", async () => {
    const { world, urls } = lanes;
    const named = "https://ci.example/of/this/build";
    lanes.work();
    const data = { title: "web/1", approval: { callback: named } };
    const taken = await world.post({ type: "deploy.requested", subject: "web/1", data });
    const opened = taken.kind === "accepted" && taken.receipts[0]?.opening?.approval;
    if (!opened) throw new Error("no request was opened");
    await lanes.decide(opened);
    await run();
    expect(urls).toEqual([named]);
  });

  it("E1: is not sent again because its failure could not be told", async () => {
    lanes.answer("callback ci.example", { kind: "rejected", because: "http_410" });
    lanes.raised.push = () => {
      throw new Error("Nothing can be told.");
    };
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(await theCallback()).toMatchObject({ state: "dead" });
  });

  it("tells an ending that was taken back as taken back alone", async () => {
    lanes.answer("callback ci.example", { ...retry, afterMs: 60_000 });
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    const approved = await lanes.world.store.approvals.get(request.id);
    const revoked = approved && revoke(approved, { name: "Ann" }, lanes.world.clock.now());
    if (!revoked) throw new Error("it was not revoked");
    await lanes.world.store.approvals.replace(revoked, revoked.revision - 1);
    await announce(lanes.world, revoked);
    await run(60_000);
    expect(lanes.calls.filter((call) => call.includes("callback"))).toEqual([
      "0 callback ci.example: approved web/1",
      "60 callback ci.example: revoked web/1",
    ]);
    expect((await lanes.deliveries("callback")).map(({ state }) => state).sort()).toEqual([
      "delivered",
      "suppressed",
    ]);
  });

  it("E2: is one for each ending, also where its producer reports when it is long removed", async () => {
    const { store, clock } = lanes.world;
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    await run(1_000);
    clock.pass(31 * 86_400_000);
    await createHousekeeping({ ...lanes.world, wallClock: clock, retentionDays: 30 })();
    expect(await lanes.deliveries()).toEqual([]);
    const change = async (step: (now: Approval) => Approval | undefined) => {
      const now = await store.approvals.get(request.id);
      const next = now && step(now);
      if (!next) throw new Error("it was not changed");
      await store.approvals.replace(next, next.revision - 1);
      await announce(lanes.world, next);
      await run();
    };
    await change((now) => reportOutcome(now, { kind: "executed", at: clock.now() }));
    await change((now) => revoke(now, { name: "Ann" }, clock.now()));
    expect(lanes.calls.filter((call) => call.includes("callback"))).toEqual([
      "0 callback ci.example: approved web/1",
      "2678401 callback ci.example: revoked web/1",
    ]);
  });
});
