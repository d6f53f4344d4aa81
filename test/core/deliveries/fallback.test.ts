import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SlackChannel } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { organization, slackChannel, teamsChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const archived: SendResult = {
  kind: "rejected",
  because: "is_archived: unarchive the channel, or choose another",
  remedy: "reroute",
};
const ops: SlackChannel = {
  ...slackChannel,
  id: deriveId("destination", "ops"),
  name: "#ops",
  channelId: "C2",
};
const installation: InstallationRecord = {
  id: deriveId("installation", "T1"),
  organization,
  revision: 1,
  platform: "slack",
  workspace: "T1",
  name: "Acme",
  state: "connected",
  scopes: [],
  defaultDestination: ops.id,
};
async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
const stateOf = async (label: string) =>
  (await lanes.deliveries("post")).filter((one) => one.label === label);

/** Have the channel name its own fallback, or leave that to the workspace. */
async function withFallback(own: boolean): Promise<void> {
  const { store } = lanes.world;
  await store.destinations.insert(ops);
  if (!own) return void (await store.installations.insert(installation));
  await store.destinations.replace({ ...slackChannel, fallback: ops.id, revision: 2 }, 1);
}

describe("a channel that takes nothing any more", () => {
  it.each([
    ["its own fallback", true],
    ["the default channel of its workspace", false],
  ])("A18: gives way to %s, where the message says so", async (_, own) => {
    await withFallback(own);
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(lanes.calls).toEqual([
      "0 post #releases: information build 1",
      "0 post #ops: information build 1",
    ]);
    expect(await stateOf("#releases")).toMatchObject([
      {
        state: "suppressed",
        cause: "is_archived: unarchive the channel, or choose another; it goes to #ops instead",
      },
    ]);
    expect(await stateOf("#ops")).toMatchObject([{ state: "delivered" }]);
    expect(lanes.shown.at(-1)?.status.map((piece) => "text" in piece && piece.text)).toContain(
      "meant for #releases, which did not take it: #releases was archived (is_archived)",
    );
    expect(lanes.troubles).toMatchObject([
      { kind: "route_broken", destination: slackChannel.id, code: "is_archived" },
    ]);
  });

  it("A18: brings a request to its fallback with its buttons, and edits it there", async () => {
    await withFallback(true);
    lanes.answer("post #releases", archived);
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    await lanes.decide(request);
    await run();
    expect(lanes.calls.filter((call) => call.includes("#"))).toEqual([
      "0 post #releases: waiting web/1",
      "0 post #ops: waiting web/1",
      "0 edit #ops: approved web/1",
    ]);
    const closed = lanes.shown.filter(({ state }) => state === "approved");
    expect(closed.map(({ status }) => JSON.stringify(status))).toContainEqual(
      expect.stringContaining("meant for #releases"),
    );
  });

  it("A18: makes no second card where the event is posted anyway", async () => {
    await withFallback(true);
    await lanes.world.route([{ to: ["#releases", "#ops"] }]);
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(lanes.calls.filter((call) => call.includes("#ops"))).toHaveLength(1);
  });

  it("A18: is dead, and reported, where there is no other place", async () => {
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(await stateOf("#releases")).toMatchObject([{ state: "dead" }]);
    expect(lanes.troubles).toMatchObject([{ kind: "route_broken" }]);
  });

  it("A18: does not send a message on for ever when its fallback is gone too", async () => {
    await withFallback(true);
    await lanes.world.store.destinations.replace(
      { ...ops, fallback: slackChannel.id, revision: 2 },
      1,
    );
    lanes.answer("post #releases", archived);
    lanes.answer("post #ops", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    await run(5_000);
    expect(lanes.calls).toHaveLength(2);
    expect(await stateOf("#ops")).toMatchObject([{ state: "dead" }]);
    expect(lanes.troubles).toHaveLength(2);
  });

  it("A18: is dead, and not lost, where two places stand in for each other and both are gone", async () => {
    await withFallback(true);
    const back = { ...ops, fallback: slackChannel.id, revision: 2 };
    await lanes.world.store.destinations.replace(back, 1);
    await lanes.world.route([{ to: ["#releases", "#ops"] }]);
    lanes.answer("post #releases", archived, archived);
    lanes.answer("post #ops", archived, archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    await run(1_000);
    const states = async (label: string) => (await stateOf(label)).map(({ state }) => state);
    expect((await states("#releases")).toSorted()).toEqual(["dead", "suppressed"]);
    expect((await states("#ops")).toSorted()).toEqual(["dead", "suppressed"]);
  });

  it("passes over a fallback that is known to be broken", async () => {
    await withFallback(false);
    const { store } = lanes.world;
    const broken = { ...teamsChannel, id: deriveId("destination", "gone"), name: "gone" };
    await store.destinations.insert({ ...broken, broken: { code: "gone", at: new Date(0) } });
    await store.destinations.replace({ ...slackChannel, fallback: broken.id, revision: 2 }, 1);
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(lanes.calls.at(-1)).toBe("0 post #ops: information build 1");
  });

  it("passes over a fallback where the event's type is not switched on", async () => {
    await withFallback(false);
    const { store } = lanes.world;
    const deploys = { ...teamsChannel, id: deriveId("destination", "deploys"), name: "deploys" };
    await store.destinations.insert({ ...deploys, types: ["deploy.*"] });
    await store.destinations.replace({ ...slackChannel, fallback: deploys.id, revision: 2 }, 1);
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(lanes.calls.at(-1)).toBe("0 post #ops: information build 1");
  });

  it("A18: is dead where no other place takes such events: nothing is dropped in silence", async () => {
    await withFallback(false);
    await lanes.world.store.destinations.replace({ ...ops, types: ["deploy.*"], revision: 2 }, 1);
    lanes.answer("post #releases", archived);
    lanes.work();
    await lanes.tell("build 1");
    await run();
    expect(await stateOf("#releases")).toMatchObject([{ state: "dead" }]);
    expect(await stateOf("#ops")).toEqual([]);
  });
});
