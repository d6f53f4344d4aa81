import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announce } from "../../../core/approvals/announce.ts";
import { releaseHeld } from "../../../core/deliveries/held.ts";
import { hurryLane } from "../../../core/deliveries/hurry.ts";
import { channelLane } from "../../../core/deliveries/keys.ts";
import { redeliver } from "../../../core/deliveries/redeliver.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import { ben, organization, policy, slackChannel, teamsChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const dayMs = 86_400_000;
const revoked: SendResult = {
  kind: "disconnected",
  because: "token_revoked: the app was removed from the workspace",
  from: "workspace",
};
const notInvited: SendResult = {
  kind: "disconnected",
  because: "BotNotInConversationRoster",
  from: "channel",
};
const workspace = { platform: "slack", kind: "workspace", workspace: "T1" } as const;
async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
const statesOf = async (label: string) =>
  (await lanes.deliveries())
    .filter((one) => one.label === label)
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .map(({ state }) => state);
const editStates = async () =>
  (await lanes.deliveries("edit")).map(({ state }) => state).toSorted();
const callsOf = (word: string) => lanes.calls.filter((call) => call.includes(word));

/** From now on the store is away as soon as a delivery may leave: whoever let it go cannot wake its lane. */
function goAwayOnceReleased(): () => void {
  const { store } = lanes.world;
  const { wake } = store.lanes;
  const refusing: typeof wake = async (lane, at) => {
    const [open] = await store.deliveries.scan("byQueue", { prefix: [lane], limit: 1 });
    if (open) throw new HubError("store_unavailable", "It is away.");
    await wake(lane, at);
  };
  Object.assign(store.lanes, { wake: refusing });
  return () => void Object.assign(store.lanes, { wake });
}

describe("what was let go, and whose lane was not woken any more", () => {
  it.each([
    ["held", revoked, () => releaseHeld(lanes.world, workspace)],
    [
      "dead",
      { kind: "rejected", because: "channel_not_found" },
      async () => redeliver(lanes.world, (await lanes.deliveries())[0]?.id ?? "dlv_"),
    ],
  ] as const)("goes out by itself a little later (it was %s)", async (state, result, letGo) => {
    lanes.answer("post #releases", result);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(await statesOf("#releases")).toEqual([state]);
    const comeBack = goAwayOnceReleased();
    await expect(letGo()).rejects.toThrow("It is away.");
    comeBack();
    await run(5_000);
    expect(await statesOf("#releases")).toEqual(["delivered"]);
  });
});

describe("a workspace whose installation is broken", () => {
  it("A17: has its deliveries held, after one try, with the cause", async () => {
    for (const build of [1, 2, 3]) await lanes.tell(`build ${build}`);
    lanes.answer("post #releases", revoked);
    lanes.work();
    await run();
    await run(3 * dayMs);
    expect(lanes.calls).toHaveLength(1);
    const held = await lanes.deliveries();
    expect(held).toHaveLength(3);
    for (const one of held) {
      expect(one).toMatchObject({
        state: "held",
        awaits: { kind: "workspace", workspace: "T1" },
        cause: "token_revoked: the app was removed from the workspace",
      });
    }
  });

  it("A17: is reported with the platform's own code", async () => {
    lanes.answer("post #releases", revoked);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(lanes.troubles).toMatchObject([
      { kind: "workspace_lost", platform: "slack", workspace: "T1", code: "token_revoked" },
    ]);
  });

  it("costs nothing while it is broken: no lane is due", async () => {
    lanes.answer("post #releases", revoked);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(await lanes.world.store.lanes.nextDueAt()).toBeUndefined();
  });

  it("A17: sends all of it after the reconnect, in order, each once, with 24 new hours", async () => {
    for (const build of [1, 2, 3]) {
      await lanes.tell(`build ${build}`);
      lanes.world.clock.pass(1);
    }
    lanes.answer("post #releases", revoked, { kind: "retry", because: "internal_error" });
    lanes.work();
    await run();
    await run(3 * dayMs);
    expect(await releaseHeld(lanes.world, workspace)).toBe(3);
    expect(await releaseHeld(lanes.world, workspace)).toBe(0);
    for (let second = 0; second < 5; second += 1) await run(1_000);
    const titles = lanes.calls.slice(1).map((call) => call.replace(/^.*information /, ""));
    expect(titles).toEqual(["build 1", "build 1", "build 2", "build 3"].toSorted());
    expect(await statesOf("#releases")).toEqual(["delivered", "delivered", "delivered"]);
  });

  it("that still refuses what is let go is asked once for each part of it, and not without end", async () => {
    for (let build = 0; build < 150; build += 1) await lanes.tell(`build ${build}`);
    lanes.answer("post #releases", ...Array.from({ length: 50 }, () => revoked));
    lanes.work();
    await run();
    expect(lanes.calls).toHaveLength(1);
    const { store } = lanes.world;
    const { wake } = store.lanes;
    // The worker is at the lane before the next part is read.
    const waking: typeof wake = async (lane, at) => {
      await wake(lane, at);
      await run(1_000);
    };
    Object.assign(store.lanes, { wake: waking });
    await releaseHeld(lanes.world, workspace);
    Object.assign(store.lanes, { wake });
    expect(lanes.calls).toHaveLength(3);
    expect(new Set(await statesOf("#releases"))).toEqual(new Set(["held"]));
  });

  it("tries what comes later once, and lets all go when that passes", async () => {
    lanes.answer("post #releases", revoked, revoked);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    await run(1_000);
    await lanes.tell("build 2");
    await run();
    expect(await statesOf("#releases")).toEqual(["held", "held"]);
    await run(1_000);
    await lanes.tell("build 3");
    await run();
    for (let second = 0; second < 3; second += 1) await run(1_000);
    expect(await statesOf("#releases")).toEqual(["delivered", "delivered", "delivered"]);
    expect(lanes.calls).toHaveLength(5);
  });

  it("leaves other workspaces alone", async () => {
    lanes.answer("post #releases", revoked);
    lanes.work();
    await lanes.request("web/1");
    await run();
    expect(await statesOf("Ops › General")).toEqual(["delivered"]);
  });
});

describe("a channel that waits for an invite", () => {
  it("A6: has its deliveries held and reported, and sends them when the app is in", async () => {
    lanes.answer("post Ops › General", notInvited);
    lanes.work();
    await lanes.request("web/1");
    await run();
    expect(await statesOf("Ops › General")).toEqual(["held"]);
    expect(lanes.troubles).toMatchObject([
      {
        kind: "not_invited",
        destination: teamsChannel.id,
        code: "BotNotInConversationRoster",
      },
    ]);
    const held = { platform: "teams", kind: "channel", destination: teamsChannel.id } as const;
    expect(await releaseHeld(lanes.world, held)).toBe(1);
    await run();
    expect(await statesOf("Ops › General")).toEqual(["delivered"]);
  });

  it("A6: lets all of it go where the app comes in just as its trouble was noted", async () => {
    lanes.answer("post #releases", notInvited);
    const held = { platform: "slack", kind: "channel", destination: slackChannel.id } as const;
    lanes.whenTroubled(() => releaseHeld(lanes.world, held));
    for (const build of [1, 2]) await lanes.tell(`build ${build}`);
    lanes.work();
    await run();
    for (let second = 0; second < 3; second += 1) await run(1_000);
    expect(await statesOf("#releases")).toEqual(["delivered", "delivered"]);
  });

  it.each<[string, SendResult]>([
    ["the app is in that channel no more", notInvited],
    ["that channel is gone", { kind: "rejected", because: "channel_not_found", remedy: "reroute" }],
  ])(
    "A5: what cannot be edited in a channel that its destination has left, for %s, holds up nothing",
    async (_why, answer) => {
      const { store } = lanes.world;
      lanes.work();
      const request = await lanes.request("web/1");
      await run();
      await store.destinations.replace({ ...slackChannel, channelId: "C2", revision: 2 }, 1);
      lanes.answer("edit #releases", answer);
      await lanes.decide(request);
      await lanes.tell("build 7");
      for (let second = 0; second < 5; second += 1) await run(1_000);
      const edits = (await lanes.deliveries("edit")).filter(({ platform }) => platform === "slack");
      expect(edits).toMatchObject([{ state: "dead" }]);
      expect(lanes.troubles).toEqual([]);
      expect(await statesOf("#releases")).toContain("delivered");
      expect(callsOf("post #releases: information")).toHaveLength(1);
    },
  );

  it("A5: what goes to the workspace that its destination has left is held, and nothing that goes to the new one", async () => {
    const { store } = lanes.world;
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    const moved = { ...slackChannel, slackTeamId: "T2", channelId: "C2", revision: 2 };
    await store.destinations.replace(moved, 1);
    lanes.answer("edit #releases", revoked);
    await lanes.decide(request);
    for (const build of [1, 2, 3]) await lanes.tell(`build ${build}`);
    for (let second = 0; second < 5; second += 1) await run(1_000);
    const edits = (await lanes.deliveries("edit")).filter(({ platform }) => platform === "slack");
    expect(edits).toMatchObject([{ state: "held", awaits: { workspace: "T1" } }]);
    expect(callsOf("post #releases: information")).toHaveLength(3);
  });

  it("is not let go when another channel is", async () => {
    lanes.answer("post Ops › General", notInvited);
    lanes.work();
    await lanes.request("web/1");
    await run();
    const other = { platform: "slack", kind: "channel", destination: slackChannel.id } as const;
    expect(await releaseHeld(lanes.world, other)).toBe(0);
    expect(await statesOf("Ops › General")).toEqual(["held"]);
  });
});

describe("a request whose messages are held", () => {
  it("shows what it is when it is sent at last", async () => {
    lanes.answer("post #releases", revoked);
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    await releaseHeld(lanes.world, workspace);
    await run(1_000);
    expect(callsOf("#releases")).toEqual([
      "0 post #releases: waiting web/1",
      "1 post #releases: approved web/1",
    ]);
  });

  it("has older edits superseded by newer ones: the last state is shown once", async () => {
    const twice = { ...policy, votes: 2 };
    const kept = { id: policy.id, organization, revision: 2, policy: twice };
    await lanes.world.store.policies.replace(kept, 1);
    await lanes.world.route([{ to: ["#releases"], policy: "production" }]);
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    lanes.answer("edit #releases", revoked);
    await lanes.decide(request);
    await run();
    await run(1_000);
    const voted = await lanes.world.store.approvals.get(request.id);
    if (!voted) throw new Error("the request is gone");
    await lanes.decide(voted, "approve", ben);
    await run();
    expect(await editStates()).toEqual(["held", "held"]);
    await releaseHeld(lanes.world, workspace);
    await run(1_000);
    expect(callsOf("edit #releases")).toEqual([
      "0 edit #releases: waiting web/1",
      "2 edit #releases: approved web/1",
    ]);
    expect(await editStates()).toEqual(["delivered", "suppressed"]);
    await announce(lanes.world, (await lanes.world.store.approvals.get(request.id)) ?? voted);
    await run(1_000);
    expect(callsOf("edit #releases")).toHaveLength(2);
  });
});

describe("a place that is mended", () => {
  it("lets all that waits for its next try go at once, however much it is", async () => {
    const { store, clock } = lanes.world;
    const many = 250;
    for (let build = 0; build < many; build += 1) await lanes.tell(`build ${build}`);
    const dueAt = new Date(clock.now().getTime() + 900_000);
    for (const one of await lanes.deliveries()) {
      if (one.state !== "pending") throw new Error("it is not pending");
      const tried = { ...one, dueAt, attempts: 9, waitingFor: "http_500", revision: 2 };
      await store.deliveries.replace(tried, 1);
    }
    await hurryLane(lanes.world, channelLane(slackChannel));
    const now = clock.now();
    const waiting = (await lanes.deliveries()).filter(
      (one) => one.state === "pending" && one.dueAt > now,
    );
    expect(waiting).toHaveLength(0);
    const anew = (await lanes.deliveries()).filter(({ requeued }) => requeued?.attempts === 9);
    expect(anew).toHaveLength(many);
  });
});
