import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expandEvent } from "../../../core/ingest/expand.ts";
import { openWorld, type World } from "../hub/world.ts";

let worlds: readonly World[];
beforeEach(async () => {
  worlds = await Promise.all([openWorld(), openWorld({ oneByOne: true })]);
});
afterEach(() => Promise.all(worlds.map((world) => world.close())));

/** Do the same in a world whose store takes events together, and in one whose store takes one record at a time. */
const inBoth = <Value>(step: (world: World) => Promise<Value>) => Promise.all(worlds.map(step));

const build = (id: string, title = "a") => ({ type: "build.finished", id, data: { title } });

/** What was stored, once every plan is expanded. */
async function stored(world: World) {
  const events = await world.store.events.scan("byTime", { limit: 99 });
  for (const accepted of events) {
    if (accepted.state === "accepted") await expandEvent(world, accepted);
  }
  const deliveries = await world.store.deliveries.scan("byTime", { limit: 99 });
  return {
    events: events.map(({ event, plan }) => ({ ...event, plan })),
    deliveries,
    due: await world.store.lanes.nextDueAt(),
  };
}

describe("taking events at once", () => {
  it("leaves what taking them one by one leaves", async () => {
    const [able, unable] = await inBoth(async (world) => {
      await world.route([{ to: ["#releases", "Ops › General"] }]);
      await world.post([build("1"), build("2")]);
      await world.post(build("3"));
      await world.post([build("3"), build("4")]);
      return stored(world);
    });
    expect(able?.events).toHaveLength(4);
    expect(able?.deliveries).toHaveLength(8);
    expect(able).toEqual(unable);
  });

  it("refuses what taking them one by one refuses, and stores as little", async () => {
    const [able, unable] = await inBoth(async (world) => {
      await world.post(build("1"));
      const taken = [
        await world.post([build("2"), build("1", "b")]),
        await world.post([build("2"), build("2", "b")]),
        await world.post([build("2"), { type: "callback.failed", id: "3" }]),
      ];
      const problems = taken.map((one) => (one.kind === "refused" ? one.problem : "taken"));
      return { problems, ...(await stored(world)) };
    });
    expect(able?.problems).toMatchObject([{ status: 409 }, { status: 409 }, { status: 422 }]);
    expect(able?.events).toHaveLength(1);
    expect(able).toEqual(unable);
  });
});
