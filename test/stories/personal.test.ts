import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/** The app's own place in chat: its Home in Slack, the personal chat with it in Teams. */
onEveryEngine("the app met alone", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  const shows = async (platform: (typeof platforms)[number], person: string) =>
    JSON.stringify((await hub.sandbox.home(platform, person)).view);

  it.each(platforms)(
    "D1: on %s shows a person what waits for them, until it is decided",
    async (platform) => {
      const request = await openRequest(hub);
      const page = `${hub.url}/approvals/${request.approval}`;
      const ann = await shows(platform, "Ann");
      expect(ann).toMatch(/(One request waits|\d+ requests wait) for you/);
      expect(ann).toContain("You are Ann here");
      expect(ann).toContain(request.title.split(" ").at(-1));
      expect(ann).toContain(page);
      expect(await shows(platform, "Chloé")).not.toContain(page);
      const message = request.copies[platform].id;
      await hub.sandbox.click({ message, person: "Ben", action: "approve" });
      await closedCopy(hub, request, platform);
      expect(await shows(platform, "Ann")).not.toContain(page);
    },
  );

  it.each(platforms)(
    "A10: on %s gives somebody who is not linked the private link",
    async (platform) => {
      const eve = await shows(platform, "Eve");
      expect(eve).toContain("Countersign does not know yet who you are");
      const link = /http[^"]+\/link\/\w+/.exec(eve)?.[0] ?? "";
      expect((await hub.call("GET", new URL(link).pathname)).status).toBeLessThan(400);
    },
  );

  it.each(platforms)(
    "A12: on %s tells a guest that people from outside decide nothing",
    async (platform) => {
      expect(await shows(platform, "Dov")).toContain("People from outside cannot decide here.");
    },
  );
});
