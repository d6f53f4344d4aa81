import { afterEach, describe, expect, it } from "vitest";
import type { SendResult } from "../../../core/domain/send-result.ts";
import type { Budget } from "../../../core/ports/chat-platform.ts";
import { type LanesRig, type Limits, openLanes } from "./lanes-rig.ts";

const slackEdits: Budget = {
  name: "chat.update",
  ...{ tasks: ["edit"], count: 5, ms: 60_000, retryAfter: "workspace" },
};
const teamsCalls: Budget = {
  name: "calls",
  ...{ tasks: ["post", "edit"], count: 5, ms: 60_000, retryAfter: "lane" },
};
const busy = (afterMs: number): SendResult => ({ kind: "retry", because: "ratelimited", afterMs });

let lanes: LanesRig;
afterEach(() => lanes.close());
async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
async function runFor(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await run(1_000);
}
const timesOf = (word: string) =>
  lanes.calls.filter((call) => call.includes(word)).map((call) => Number(call.split(" ")[0]));

/** Open so many requests, and bring their cards out. */
async function openRequests(count: number) {
  const requests = [];
  for (let number = 1; number <= count; number += 1) {
    requests.push(await lanes.request(`web/${number}`));
    await run(1_000);
  }
  await runFor(count);
  return requests;
}

/** Bring the card of a request out to a channel of Teams, and then as much information as its limits let pass. */
async function floodTeams(limits: Partial<Limits>) {
  lanes = await openLanes({ teams: limits });
  await lanes.world.route([
    { types: ["deploy.*"], to: ["Ops › General"], policy: "production" },
    { to: ["Ops › General"] },
  ]);
  lanes.work();
  const request = await lanes.request("web/1");
  await run();
  for (let build = 1; build <= 20; build += 1) await lanes.tell(`build ${build}`);
  await run();
  return request;
}

describe("a budget that all lanes of a workspace share", () => {
  it("F2: spreads the edits of a workspace over the time that its platform wants", async () => {
    lanes = await openLanes({ slack: { budgets: [slackEdits] } });
    lanes.work();
    const requests = await openRequests(8);
    for (const request of requests) await lanes.decide(request);
    await run();
    expect(timesOf("edit #releases")).toHaveLength(5);
    await runFor(55);
    expect(timesOf("edit #releases")).toHaveLength(5);
    await runFor(80);
    const times = timesOf("edit #releases");
    expect(times).toHaveLength(8);
    for (const at of times) {
      expect(times.filter((other) => other >= at && other < at + 60).length).toBeLessThanOrEqual(5);
    }
  });

  it("F2: goes to decisions before information while it is scarce", async () => {
    const request = await floodTeams({ budgets: [teamsCalls] });
    expect(timesOf("information")).toHaveLength(3);
    await lanes.decide(request);
    await run();
    expect(timesOf("edit Ops › General: approved")).toHaveLength(1);
    expect(timesOf("information")).toHaveLength(3);
  });
});

describe("a Retry-After", () => {
  it("R7: on an edit holds every edit of that workspace, and no post", async () => {
    lanes = await openLanes({ slack: { budgets: [slackEdits] } });
    lanes.work();
    const [one, two] = await openRequests(2);
    if (!one || !two) throw new Error("two requests are needed");
    lanes.answer("edit #releases", busy(30_000));
    const begun = lanes.calls.length;
    await lanes.decide(one);
    await run();
    const met = timesOf("edit #releases")[0] ?? 0;
    await lanes.decide(two);
    await lanes.tell("build 1");
    await run();
    expect(lanes.calls.slice(begun).some((call) => call.includes("build 1"))).toBe(true);
    await runFor(29);
    expect(timesOf("edit #releases")).toEqual([met]);
    await runFor(6);
    const later = timesOf("edit #releases").slice(1);
    expect(later).toHaveLength(2);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(met + 30);
  });

  it("R7: on a post holds its lane and no other", async () => {
    lanes = await openLanes({ teams: { budgets: [teamsCalls] } });
    lanes.answer("post Ops › General", busy(20_000));
    lanes.work();
    await lanes.request("web/1");
    await lanes.request("web/2");
    await runFor(19);
    expect(timesOf("post Ops › General")).toEqual([0 + 1]);
    expect(timesOf("post #releases")).toHaveLength(2);
    await runFor(3);
    expect(Math.min(...timesOf("post Ops › General").slice(1))).toBeGreaterThanOrEqual(21);
  });
});

describe("a pace that counts edits as posts", () => {
  it("U10: leaves a part of itself to cards of requests, and the last of it to edits", async () => {
    const tasks = ["post", "edit", "note"] as const;
    const request = await floodTeams({ paces: [{ tasks, count: 10, ms: 30_000 }] });
    expect(timesOf("information")).toHaveLength(7);
    await lanes.request("web/2");
    await lanes.request("web/3");
    await run();
    expect(timesOf("waiting")).toHaveLength(2);
    await lanes.decide(request);
    await run();
    expect(timesOf("edit Ops › General: approved")).toHaveLength(1);
    expect(timesOf("waiting")).toHaveLength(2);
  });
});

describe("a holder of a lane that dies", () => {
  it("R7: leaves the pause and the pace of its lane to the next one", async () => {
    lanes = await openLanes();
    await lanes.world.route([{ to: ["#releases"] }]);
    for (const build of [1, 2, 3]) await lanes.tell(`build ${build}`);
    lanes.answer("post #releases", busy(60_000));
    const store = lanes.world.store.lanes;
    const { release } = store;
    Object.assign(store, { release: () => Promise.reject(new Error("The process is gone.")) });
    const worker = lanes.work();
    await lanes.called(1);
    await worker.stop();
    Object.assign(store, { release });
    lanes.world.clock.pass(40_000);
    const lease = await store.claim("another process", 1_000);
    expect(lease?.memory.pausedUntil).toBe(lanes.world.clock.now().getTime() + 20_000);
    expect(lease?.memory.sends).toHaveLength(1);
  });

  it("R7: holds, too, where another process met it whose clock goes a second ahead", async () => {
    lanes = await openLanes();
    await lanes.tell("build 1");
    const { store, clock } = lanes.world;
    const lease = await store.lanes.claim("another process", 1_000);
    if (!lease) throw new Error("nothing is due");
    const pausedFrom = clock.now().getTime() + 1_000;
    const memory = { sends: [], pausedFrom, pausedUntil: pausedFrom + 30_000 };
    await store.lanes.release(lease, { at: clock.now(), memory });
    lanes.work();
    await lanes.drain();
    expect(lanes.calls).toEqual([]);
  });
});

describe("the pace of a channel and the schedule of retries", () => {
  it("R7: are kept through a storm with failures: no post and no retry comes too early", async () => {
    lanes = await openLanes();
    await lanes.world.route([{ to: ["#releases"] }]);
    const trouble: SendResult = { kind: "retry", because: "internal_error" };
    lanes.answer(
      "post #releases",
      ...Array.from({ length: 40 }, (_, index) =>
        index % 3 === 0 ? trouble : index % 7 === 0 ? busy(5_000) : sent(index),
      ),
    );
    for (let build = 1; build <= 40; build += 1) await lanes.tell(`build ${build}`);
    lanes.work();
    await runFor(240);
    const times = timesOf("post #releases");
    expect(times.length).toBeGreaterThan(40);
    times.forEach((at, index) => {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1);
    });
    const { store } = lanes.world;
    for (const { id } of await lanes.deliveries("post")) {
      const attempts = await store.attempts.scan("byDelivery", { prefix: [id], limit: 99 });
      attempts.forEach(({ number, startedAt, because }, index) => {
        const before = attempts[index - 1];
        if (!before) return;
        const paused = startedAt.getTime() - before.startedAt.getTime();
        const least = before.because === "ratelimited" ? 5_000 : 800 * 2 ** (number - 2);
        expect(paused, `${because}`).toBeGreaterThanOrEqual(least);
      });
    }
    const states = (await lanes.deliveries("post")).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["delivered"]));
  });
});

const sent = (number: number): SendResult => ({
  kind: "sent",
  ref: { platform: "slack", workspace: "T1", channel: "C1", message: `storm ${number}` },
});
