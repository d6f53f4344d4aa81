import { afterEach, beforeEach, expect, it } from "vitest";
import { wakeLanes } from "../../../core/deliveries/wake-lanes.ts";
import type { LaneId } from "../../../core/domain/delivery.ts";
import type { Lanes } from "../../../core/ports/store.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

const hourMs = 3_600_000;

it("wakes each lane that has something to send, once, however much waits there", async () => {
  for (const subject of ["web/1", "web/2", "web/3"]) await lanes.request(subject);
  for (const subject of ["build 1", "build 2"]) await lanes.tell(subject);
  const { store, clock } = lanes.world;
  const woken: LaneId[] = [];
  const watched: Lanes = { ...store.lanes, wake: async (lane) => void woken.push(lane) };
  await wakeLanes({ ...store, lanes: watched }, clock.now());
  const posts = await lanes.deliveries();
  expect(posts).toHaveLength(8);
  expect(woken.toSorted()).toEqual([...new Set(posts.map(({ lane }) => lane))].toSorted());
});

it("brings out at once what was made while the clock was an hour ahead", async () => {
  const { store, clock } = lanes.world;
  clock.pass(hourMs);
  const before = lanes.work();
  lanes.answer("post #releases", { kind: "retry", because: "ratelimited", afterMs: 500 });
  await lanes.request("web/1");
  await lanes.drain();
  await before.stop();
  await lanes.request("web/2");
  clock.pass(-hourMs);
  lanes.work();
  await wakeLanes(store, clock.now());
  await lanes.drain();
  expect(lanes.calls.filter((call) => call.endsWith("waiting web/2")).toSorted()).toEqual([
    "0 post #releases: waiting web/2",
    "0 post Ops › General: waiting web/2",
  ]);
});

it("sends what was never tried at once, though its place asked for a pause while the clock was ahead", async () => {
  const { store, clock } = lanes.world;
  clock.pass(hourMs);
  const before = lanes.work();
  // What goes there has no pace, like hooks and callbacks, so no send of a time to come is remembered.
  lanes.answer("post Ops › General", { kind: "retry", because: "http_503", afterMs: 60_000 });
  await lanes.request("web/1");
  await lanes.drain();
  await before.stop();
  clock.pass(-hourMs);
  await lanes.request("web/2");
  lanes.work();
  await wakeLanes(store, clock.now());
  await lanes.drain();
  const sent = lanes.calls.filter((call) => call.includes("Ops › General"));
  expect(sent).toEqual([
    "3600 post Ops › General: waiting web/1",
    "0 post Ops › General: waiting web/2",
  ]);
});
