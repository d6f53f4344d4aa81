import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { organization, slackChannel, teamsChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
  lanes.work();
});
afterEach(() => lanes.close());

const places = [
  ["#releases", slackChannel],
  ["Ops › General", teamsChannel],
] as const;
const grant = (allowOutsiders: boolean): InstallationRecord => ({
  ...{ id: deriveId("installation", "T1"), organization, revision: 1, platform: "slack" },
  ...{ workspace: slackChannel.slackTeamId, name: "Acme", state: "connected", scopes: [] },
  allowOutsiders,
});
const postsTo = async (label: string) =>
  (await lanes.deliveries("post")).filter((one) => one.label === label);

describe("what is withheld from a destination", () => {
  it.each(places)("is everything where live events are off: %s", async (label, place) => {
    const off = { ...place, disabled: true as const, revision: 2 };
    await lanes.world.store.destinations.replace(off, 1);
    await lanes.request("web/1");
    await lanes.drain();
    expect(await postsTo(label)).toMatchObject([
      { state: "suppressed", cause: "Live events are off here." },
    ]);
    expect(lanes.calls).toHaveLength(1);
  });

  it.each(places)("is a request where people from outside read: %s", async (label, place) => {
    const open = { ...place, outsiders: true as const, revision: 2 };
    await lanes.world.store.destinations.replace(open, 1);
    await lanes.request("web/1");
    await lanes.drain();
    const [withheld] = await postsTo(label);
    expect(withheld).toMatchObject({ state: "suppressed" });
    expect(lanes.calls).toHaveLength(1);
  });

  it("is no information where people from outside read", async () => {
    const open = { ...slackChannel, outsiders: true as const, revision: 2 };
    await lanes.world.store.destinations.replace(open, 1);
    await lanes.tell("build 1");
    await lanes.drain();
    expect(await postsTo("#releases")).toMatchObject([{ state: "delivered" }]);
  });

  it.each([
    [true, "delivered"],
    [false, "suppressed"],
  ])("is a request as its workspace allows it: %s", async (allowed, state) => {
    const { store } = lanes.world;
    await store.installations.insert(grant(allowed));
    const open = { ...slackChannel, outsiders: true as const, revision: 2 };
    await store.destinations.replace(open, 1);
    await lanes.request("web/1");
    await lanes.drain();
    expect(await postsTo("#releases")).toMatchObject([{ state }]);
  });

  it("is a request also from a fallback where people from outside read", async () => {
    const { store } = lanes.world;
    await store.destinations.replace(
      { ...slackChannel, fallback: teamsChannel.id, revision: 2 },
      1,
    );
    await store.destinations.replace({ ...teamsChannel, outsiders: true, revision: 2 }, 1);
    await lanes.world.route([{ to: ["#releases"], policy: "production" }]);
    lanes.answer("post #releases", {
      kind: "rejected",
      because: "is_archived: unarchive the channel, or choose another",
      remedy: "reroute",
    });
    await lanes.request("web/1");
    await lanes.drain();
    expect(await postsTo("Ops › General")).toEqual([]);
    expect(await postsTo("#releases")).toMatchObject([{ state: "dead" }]);
  });

  it.each([
    ["where live events are off", { disabled: true }],
    ["of a place in test", { testing: true, testTarget: teamsChannel.id }],
    ["where people from outside read by now", { outsiders: true }],
  ] as const)("is the closing note of a deleted message %s", async (_why, now) => {
    const request = await lanes.request("web/1");
    await lanes.drain();
    await lanes.world.store.destinations.replace({ ...slackChannel, ...now, revision: 2 }, 1);
    const gone = { kind: "rejected", because: "message_not_found", remedy: "repost" } as const;
    lanes.answer("edit #releases", gone);
    lanes.world.clock.pass(1_000);
    await lanes.decide(request);
    await lanes.drain();
    const said = lanes.calls.filter((call) => call.includes("#releases"));
    expect(said).toEqual(["0 post #releases: waiting web/1", "1 edit #releases: approved web/1"]);
  });
});
