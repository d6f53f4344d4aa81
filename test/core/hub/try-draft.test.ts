import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChatChannel } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { createDraftSweep, draftName, tryDraft } from "../../../core/hub/try-draft.ts";
import { createHub, type Hub } from "../../../core/hub.ts";
import { slackChannel } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
const hubs: Hub[] = [];
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await world.close();
});

/** A process over the world's store. */
function openHub(): Hub {
  const hub = createHub({
    ...{ ...world, wallClock: world.clock },
    callback: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  });
  hubs.push(hub);
  return hub;
}

const draft: ChatChannel = {
  ...slackChannel,
  id: deriveId("destination", "draft"),
  name: draftName("#other"),
};
const isThere = async () => (await world.store.destinations.get(draft.id)) !== undefined;

it("a test of what is not saved goes on while another process starts", async () => {
  const hub = openHub();
  const posted: string[] = [];
  hub.connect({
    ...{ kind: "slack", paces: [], budgets: [] },
    post: async ({ name }) => {
      posted.push(name);
      return { result: { kind: "sent" }, request: null, response: null };
    },
    note: async () => ({ result: { kind: "sent" }, request: null, response: null }),
    edit: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  });
  const trying = tryDraft(hub, draft, { by: "Ann", waitMs: 10_000 });
  await expect.poll(isThere).toBe(true);
  await openHub().start();
  hub.deliver();
  expect(await trying).toMatchObject({ outcome: { delivery: { state: "delivered" } } });
  expect(posted).toEqual([draft.name]);
  expect(await isThere()).toBe(false);
});

it("what a test left that a crash cut off is removed at the second look", async () => {
  await world.store.destinations.insert({ ...draft, draft: true });
  const sweep = createDraftSweep(world);
  await sweep();
  expect(await isThere()).toBe(true);
  await sweep();
  expect(await isThere()).toBe(false);
  expect(await world.store.destinations.get(slackChannel.id)).toBeDefined();
});
