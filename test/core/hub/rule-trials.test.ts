import { afterEach, beforeEach, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { createHub } from "../../../core/hub.ts";
import { producer, slackChannel } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

it("a draft is tried that names what another process saved a moment ago", async () => {
  const hub = createHub({
    ...{ ...world, wallClock: world.clock },
    callback: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  });
  const draft = {
    rules: [{ name: "Builds", types: ["build.*"], to: ["#new"], continue: false }],
  };
  const explain = () =>
    hub.ruleTrials.explain({ type: "build.finished", extensions: {}, data: {} }, producer, draft);
  expect(await explain()).toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/rules/0/to/0" }],
  });
  const id = deriveId("destination", "new");
  await world.store.destinations.insert({ ...slackChannel, id, name: "#new" });
  expect(await explain()).toMatchObject({ kind: "explained", destinations: ["#new"] });
  await hub.stop();
});
