import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announce } from "../../../core/approvals/announce.ts";
import { channelLane } from "../../../core/deliveries/keys.ts";
import type { SendingDelivery } from "../../../core/domain/delivery.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import { ben, organization, policy, slackChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const slack = "post #releases";
const teams = "post Ops › General";
const retry = (afterMs?: number): SendResult => ({
  kind: "retry",
  because: "rate_limited",
  ...(afterMs === undefined ? {} : { afterMs }),
});
/** A result that comes when it is told to. */
function promised() {
  let give: (result: SendResult) => void = () => {};
  const result = new Promise<SendResult>((done) => {
    give = done;
  });
  return { result, give: (given: SendResult) => give(given) };
}
const sentTo = (message: string): SendResult => ({
  kind: "sent",
  ref: { platform: "slack", workspace: "T1", channel: "C1", message },
});
async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
async function stateOf(label: string, kind: "post" | "edit" | "callback" = "post") {
  const found = (await lanes.deliveries(kind)).filter((one) => one.label === label);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} are found`);
  return found[0];
}
const attemptsOf = async (id: string) => {
  const found = await lanes.world.store.attempts.scan("byDelivery", { prefix: [id], limit: 99 });
  return found.map(({ number, outcome, because }) => [number, outcome, because]);
};

describe("a delivery", () => {
  it("leaves once, and keeps what the platform answered", async () => {
    lanes.work();
    await lanes.request("web/1");
    await run();
    expect(lanes.calls.sort()).toEqual(
      [`0 ${slack}: waiting web/1`, `0 ${teams}: waiting web/1`].sort(),
    );
    const posted = await stateOf("#releases");
    expect(posted).toMatchObject({
      state: "delivered",
      attempts: 1,
      shownRevision: 1,
      status: 200,
      ref: { platform: "slack", channel: "C1" },
    });
    expect(await attemptsOf(posted.id)).toEqual([[1, "sent", undefined]]);
    await run(3_600_000);
    expect(lanes.calls).toHaveLength(2);
  });

  it("is told in one log line, after it is stored", async () => {
    lanes.work();
    await lanes.tell("build 7");
    await run();
    const told = lanes.world.entries.filter(({ kind }) => kind === "delivery.attempted");
    expect(told).toMatchObject([
      { task: "post", label: "#releases", attempt: 1, outcome: "sent", status: 200 },
    ]);
  });

  it("is tried again after a growing pause", async () => {
    lanes.answer(teams, retry(), retry(), retry());
    lanes.work();
    await lanes.request("web/1");
    await run();
    for (const [ms, tries] of [
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
      [3_999, 3],
      [1, 4],
    ] as const) {
      await run(ms);
      expect(lanes.calls.filter((call) => call.includes(teams))).toHaveLength(tries);
    }
    const posted = await stateOf("Ops › General");
    expect(posted).toMatchObject({ state: "delivered", attempts: 4 });
    expect(await attemptsOf(posted.id)).toEqual([
      [1, "retry", "rate_limited"],
      [2, "retry", "rate_limited"],
      [3, "retry", "rate_limited"],
      [4, "sent", undefined],
    ]);
  });

  it("is tried again when nobody knows whether it arrived, and is recorded as such", async () => {
    lanes.answer(teams, { kind: "unknown", because: "timed_out" });
    lanes.work();
    await lanes.request("web/1");
    await run();
    expect(await stateOf("Ops › General")).toMatchObject({
      state: "pending",
      waitingFor: "timed_out",
    });
    await run(1_000);
    const posted = await stateOf("Ops › General");
    expect(await attemptsOf(posted.id)).toEqual([
      [1, "unknown", "timed_out"],
      [2, "sent", undefined],
    ]);
  });

  it("dies when the platform refuses it for good, and holds up nobody", async () => {
    lanes.answer(slack, { kind: "rejected", because: "channel_not_found" });
    lanes.work();
    await lanes.tell("build 7");
    await lanes.tell("build 8");
    await run();
    await run(1_000);
    const states = (await lanes.deliveries()).map((one) => [
      one.state,
      "cause" in one && one.cause,
    ]);
    expect(states).toEqual([
      ["dead", "channel_not_found"],
      ["delivered", false],
    ]);
  });

  it("E1: dies after 24 hours of trying, and not before", async () => {
    lanes.work();
    await lanes.tell("build 7");
    lanes.answer(slack, ...Array.from({ length: 200 }, () => retry()));
    await run();
    await run(86_400_000 - 1_000);
    expect(await stateOf("#releases")).toMatchObject({ state: "pending" });
    await run(900_000 * 1.2);
    expect(await stateOf("#releases")).toMatchObject({
      state: "dead",
      cause: "gave up after 24 h: rate_limited",
    });
  });

  it("E1: has its 24 hours from its first try on, however long it waited for that", async () => {
    await lanes.tell("build 7");
    lanes.answer(slack, ...Array.from({ length: 200 }, () => retry()));
    lanes.world.clock.pass(2 * 86_400_000);
    lanes.work();
    await run();
    await run(86_400_000 - 1_000);
    expect(await stateOf("#releases")).toMatchObject({ state: "pending", attempts: 2 });
    await run(900_000 * 1.2);
    expect(await stateOf("#releases")).toMatchObject({ state: "dead" });
  });

  it("counts as unknown when our own code fails on it, and does not stop its lane", async () => {
    lanes.answer(slack, new Error("a fault of ours"));
    lanes.work();
    await lanes.tell("build 7");
    await lanes.tell("build 8");
    await run();
    await run(1_000);
    await run(1_000);
    expect((await lanes.deliveries()).map(({ state }) => state)).toEqual([
      "delivered",
      "delivered",
    ]);
    const [first] = await lanes.deliveries();
    expect(await attemptsOf(first?.id ?? "")).toEqual([
      [1, "unknown", "hub_trouble"],
      [2, "sent", undefined],
    ]);
    const told = lanes.world.entries.filter(({ kind }) => kind === "hub.trouble");
    expect(told).toMatchObject([{ error: "Error: a fault of ours" }]);
  });
});

describe("a lane", () => {
  it("F2 U10: brings posts out in order, at the pace of its platform", async () => {
    for (const build of [1, 2, 3]) {
      await lanes.tell(`build ${build}`);
      lanes.world.clock.pass(1);
    }
    lanes.work();
    await run();
    for (const ms of [997, 3, 1_000, 1_000]) await run(ms);
    expect(lanes.calls.map((call) => call.replace("information ", ""))).toEqual([
      `0.003 ${slack}: build 1`,
      `1.003 ${slack}: build 2`,
      `2.003 ${slack}: build 3`,
    ]);
  });

  it("brings requests and their edits before information, though that came first", async () => {
    await lanes.tell("build 1");
    lanes.world.clock.pass(1);
    await lanes.request("web/1");
    lanes.work();
    await run();
    await run(1_000);
    const order = lanes.calls.filter((call) => call.includes("#releases"));
    expect(order.map((call) => call.split(": ")[1])).toEqual([
      "waiting web/1",
      "information build 1",
    ]);
  });

  it("lets edits pass while posts wait for their pace", async () => {
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.tell("build 1");
    lanes.world.clock.pass(100);
    await lanes.decide(request);
    await run();
    const order = lanes.calls.filter((call) => call.includes("#releases"));
    expect(order).toEqual([`0 ${slack}: waiting web/1`, "0.1 edit #releases: approved web/1"]);
    await run(900);
    expect(lanes.calls.at(-1)).toBe(`1 ${slack}: information build 1`);
  });

  it("U10: waits as long as the platform says, and no other lane waits with it", async () => {
    lanes.answer(slack, retry(30_000));
    lanes.work();
    await lanes.request("web/1");
    lanes.world.clock.pass(1);
    await lanes.tell("build 1");
    await run();
    await lanes.request("web/2");
    await run(29_998);
    const early = lanes.calls.filter((call) => call.includes("#releases"));
    expect(early).toHaveLength(1);
    expect(lanes.calls.filter((call) => call.includes(teams))).toHaveLength(2);
    await run(10);
    await run(1_000);
    await run(1_000);
    const all = lanes.calls.filter((call) => call.includes("#releases"));
    expect(all.map((call) => call.split(": ")[1])).toEqual([
      "waiting web/1",
      "waiting web/1",
      "waiting web/2",
      "information build 1",
    ]);
  });

  it("keeps its pace and its pause over a change of the process", async () => {
    lanes.answer(slack, retry(30_000));
    const first = lanes.work();
    await lanes.tell("build 1");
    await run();
    await first.stop();
    lanes.work();
    await run(29_999);
    expect(lanes.calls).toHaveLength(1);
    await run(1);
    expect(lanes.calls).toHaveLength(2);
  });

  it("is worked by one of two workers at a time", async () => {
    lanes.work();
    lanes.work();
    for (const build of [1, 2, 3, 4]) await lanes.tell(`build ${build}`);
    for (let second = 0; second < 4; second += 1) await run(1_000);
    expect(lanes.calls).toHaveLength(4);
    expect(new Set(lanes.calls.map((call) => call.split(" ")[0])).size).toBe(4);
  });
});

describe("the edits of a request", () => {
  it("show the decision on every copy, once, and the producer is told once", async () => {
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(lanes.calls.slice(2).sort()).toEqual([
      "0 callback ci.example: approved web/1",
      "0 edit #releases: approved web/1",
      "0 edit Ops › General: approved web/1",
    ]);
    await run(3_600_000);
    expect(lanes.calls).toHaveLength(5);
  });

  it("are superseded: the newest state is shown once, what is behind it is needless", async () => {
    const twice = { ...policy, votes: 2 };
    const kept = { id: policy.id, organization, revision: 2, policy: twice };
    await lanes.world.store.policies.replace(kept, 1);
    await lanes.world.route([{ to: ["#releases"], policy: "production" }]);
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    lanes.answer("edit #releases", retry(60_000));
    await lanes.decide(request);
    await run();
    const current = await lanes.world.store.approvals.get(request.id);
    if (!current) throw new Error("the request is gone");
    await lanes.decide(current, "approve", ben);
    await run(60_000);
    const edits = lanes.calls.filter((call) => call.includes("edit"));
    expect(edits).toEqual(["0 edit #releases: waiting web/1", "60 edit #releases: approved web/1"]);
    expect((await lanes.deliveries("edit")).map(({ state }) => state).sort()).toEqual([
      "delivered",
      "suppressed",
    ]);
  });

  it("wait for their own post, which may itself be waiting", async () => {
    lanes.answer(teams, retry());
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(lanes.calls.filter((call) => call.includes("Ops"))).toHaveLength(1);
    await run(1_000);
    expect(lanes.calls.filter((call) => call.includes("Ops"))).toEqual([
      `0 ${teams}: waiting web/1`,
      `1 ${teams}: approved web/1`,
    ]);
  });

  it("follow a post that was on its way while its request closed", async () => {
    const { result, give } = promised();
    lanes.answer(slack, result);
    lanes.work();
    const request = await lanes.request("web/1");
    await lanes.called(2);
    await lanes.decide(request);
    give(sentTo("m9"));
    await run();
    expect(lanes.calls).toContain("0 edit #releases: approved web/1");
    expect(await stateOf("#releases")).toMatchObject({ state: "delivered", shownRevision: 2 });
  });

  it("follow it though the process ended between the message and its ref", async () => {
    const { result, give } = promised();
    lanes.answer(slack, result);
    lanes.work();
    const request = await lanes.request("web/1");
    await lanes.called(2);
    await lanes.decide(request);
    const edits = (await lanes.deliveries("edit")).filter(({ label }) => label === "#releases");
    expect(edits).toMatchObject([{ state: "pending", approvalRevision: 2 }]);
    give(sentTo("m9"));
    await run();
    const approved = lanes.calls.filter((call) => call.includes("edit #releases"));
    expect(approved).toHaveLength(1);
  });

  it("are needless for a copy that was never posted, and for one that shows it already", async () => {
    lanes.answer(slack, { kind: "rejected", because: "channel_not_found" });
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(lanes.calls.filter((call) => call.includes("edit"))).toEqual([
      "0 edit Ops › General: approved web/1",
    ]);
    const current = await lanes.world.store.approvals.get(request.id);
    if (!current) throw new Error("the request is gone");
    await announce(lanes.world, current);
    await run();
    expect(lanes.calls.filter((call) => call.includes("edit"))).toHaveLength(1);
  });
});

describe("what a crash leaves", () => {
  it("is sent again when it was being sent, and the cut-off try is kept as unknown", async () => {
    const { store, clock } = lanes.world;
    await lanes.tell("build 7");
    const [posted] = await lanes.deliveries();
    if (posted?.state !== "pending") throw new Error("it is not pending");
    const { dueAt: _, ...record } = posted;
    const cut: SendingDelivery = {
      ...record,
      state: "sending",
      fence: 1,
      startedAt: clock.now(),
      attempts: 1,
      revision: 2,
    };
    await store.deliveries.replace(cut, 1);
    clock.pass(5_000);
    lanes.work();
    await run();
    expect(lanes.calls).toEqual([`5 ${slack}: information build 7`]);
    expect(await stateOf("#releases")).toMatchObject({ state: "delivered", attempts: 2 });
    expect(await attemptsOf(posted.id)).toEqual([
      [1, "unknown", "cut_off"],
      [2, "sent", undefined],
    ]);
  });

  it("does not let a holder whose lease ran out write over the next one", async () => {
    const { result, give } = promised();
    lanes.answer(slack, result);
    const slow = lanes.work();
    await lanes.tell("build 7");
    await lanes.called(1);
    const { store, clock } = lanes.world;
    clock.pass(30_000);
    const lease = await store.lanes.claim("another process", 30_000);
    expect(lease?.lane).toBe(channelLane(slackChannel));
    const held = await stateOf("#releases");
    if (held.state !== "sending") throw new Error("it is not being sent");
    const taken = { ...held, fence: lease?.fence ?? 0, revision: held.revision + 1, attempts: 2 };
    await store.deliveries.replace(taken, held.revision);
    give(sentTo("too late"));
    await slow.stop();
    expect(await stateOf("#releases")).toEqual(taken);
    expect(await attemptsOf(held.id)).toEqual([[1, "sent", undefined]]);
  });

  it("sends nothing twice because the clock jumped while it was on its way", async () => {
    const { result, give } = promised();
    lanes.answer(slack, result);
    const claim = vi.spyOn(lanes.world.store.lanes, "claim");
    const worker = lanes.work();
    await lanes.tell("build 7");
    await lanes.called(1);
    lanes.world.clock.pass(3_600_000);
    await lanes.tell("build 8");
    const claimed = () => claim.mock.settledResults.filter(({ value }) => value !== undefined);
    await expect.poll(() => claimed().length).toBe(2);
    give(sentTo("m1"));
    const states = async () => (await lanes.deliveries()).map(({ state }) => state);
    await expect.poll(states).toEqual(["delivered", "pending"]);
    // The pace is kept, too, and the lane was given back.
    lanes.world.clock.pass(1_000);
    worker.poke();
    await expect.poll(states).toEqual(["delivered", "delivered"]);
    await worker.stop();
    expect(lanes.calls).toHaveLength(2);
  });

  it("is finished after a stop: what is under way is stored, the rest waits", async () => {
    const { result, give } = promised();
    lanes.answer(slack, result);
    const worker = lanes.work();
    await lanes.tell("build 7");
    await lanes.tell("build 8");
    await lanes.called(1);
    const stopped = worker.stop();
    give(sentTo("m1"));
    await stopped;
    expect((await lanes.deliveries()).map(({ state }) => state).sort()).toEqual([
      "delivered",
      "pending",
    ]);
    expect(await lanes.world.store.lanes.nextDueAt()).toBeDefined();
  });
});

describe("a result that the store does not take at once", () => {
  /** The store refuses the next result, instead of taking it or after it. */
  function refuse(refusal: "instead" | "after"): void {
    const { deliveries } = lanes.world.store;
    const { replace } = deliveries;
    let left = 1;
    const refusing: typeof replace = async (next, read) => {
      const isRefused = next.state !== "sending" && left-- > 0;
      const answer = isRefused && refusal === "instead" ? "stale" : await replace(next, read);
      if (isRefused) throw new HubError("store_unavailable", "It is away for a moment.");
      return answer;
    };
    Object.assign(deliveries, { replace: refusing });
  }

  it.each(["instead", "after"] as const)(
    "is stored a little later, and nothing is sent again (refused %s)",
    async (refusal) => {
      await lanes.request("web/1");
      refuse(refusal);
      lanes.work();
      await run();
      await run(20_000);
      expect(lanes.calls).toHaveLength(2);
      const posts = await lanes.deliveries("post");
      expect(posts).toHaveLength(2);
      for (const post of posts) {
        expect(post).toMatchObject({ state: "delivered", attempts: 1 });
        expect(await attemptsOf(post.id)).toEqual([[1, "sent", undefined]]);
      }
      const told = lanes.world.entries.filter(({ kind }) => kind === "hub.trouble");
      expect(told).toMatchObject([{ error: "It is away for a moment." }]);
    },
  );
});
