import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { type Platform, platforms } from "../fixtures/rig/sandbox-client.ts";

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

  const channel = async (platform: Platform, wish: object) => {
    const place = platform === "teams" ? { team: "Ops" } : {};
    const { body } = await hub.sandbox.call<{ readonly id: string }>("POST", "/channels", {
      body: { platform, ...(platform === "teams" && !("channel" in wish) ? place : {}), ...wish },
    });
    return body.id;
  };
  /** Ask for the picker as Ann until it offers a channel: those of Teams are listed in the background. */
  const picker = (platform: Platform, id: string) =>
    vi.waitFor(
      async () => {
        const home = await hub.sandbox.home(platform, "Ann", "channels launch");
        if (platform === "teams") expect(JSON.stringify(home.view)).toContain(id);
        return home;
      },
      { timeout: 20_000, interval: 500 },
    );
  /** Ask for the picker as Ann, and choose. */
  const choose = async (platform: Platform, chosen: string, client: { client?: "old" } = {}) => {
    const { message = "", view } = await picker(platform, chosen);
    const press = { message, person: "Ann", action: "countersign/channel", ...client };
    const sight = await hub.sandbox.click({ ...press, inputs: { channel: chosen } });
    return { ...sight, view: JSON.stringify(view) };
  };

  it.each(platforms)(
    "A5 A7: in %s an admin chooses a channel, and a rule that names it sends there",
    async (platform) => {
      const id = await channel(platform, { do: "create", name: "launches" });
      const name = platform === "slack" ? "#launches" : "Ops › launches";
      const seen = await choose(platform, id);
      expect(seen).toMatchObject({ shown: "updated", http: { status: 200 } });
      expect(seen.text).toContain(`${name} is a destination`);
      expect(seen.text).toContain(`Rules name it so: "to": ["${name}"]`);
      // Chosen twice, it is the same one: also by a client that knows no Action.Execute.
      const again = await choose(platform, id, platform === "teams" ? { client: "old" } : {});
      expect(again.text).toContain(`${name} is a destination`);

      await hub.saveRules([{ name: "Launches", types: ["launch.done"], to: [name] }]);
      await hub.post({ type: "launch.done", data: { title: `Launched by ${platform}` } });
      const arrived = `Launched by ${platform}`;
      await hub.sandbox.message(
        platform,
        (one) => one.channel === id && one.text.includes(arrived),
      );
      const { body } = await hub.call<{ items: readonly { action: string }[] }>(
        "GET",
        "/v1/audit?limit=200",
        {
          key: hub.adminKey,
        },
      );
      const added = body.items.filter(({ action }) => action === "destination.added");
      expect(added).toContainEqual(
        expect.objectContaining({
          actor: expect.objectContaining({ kind: "person", name: "Ann", via: platform }),
          target: expect.objectContaining({ name }),
        }),
      );
    },
  );

  it.each(platforms)(
    "A5 A7: in %s a channel that is gone meanwhile is refused",
    async (platform) => {
      const id = await channel(platform, { do: "create", name: "launch-pad" });
      const { message = "" } = await picker(platform, id);
      await channel(platform, { do: "delete", channel: id });
      const press = { message, person: "Ann", action: "countersign/channel" };
      const seen = await hub.sandbox.click({ ...press, inputs: { channel: id } });
      expect(seen.text).toContain("No channel was chosen");
      expect(seen.text).toContain("shows no such channel");
    },
  );

  it.each(platforms)(
    "A5 A7: in %s whoever does not route is offered no channel",
    async (platform) => {
      for (const person of ["Ben", "Eve", "Dov"]) {
        const { view } = await hub.sandbox.home(platform, person, "channels");
        expect(JSON.stringify(view)).not.toContain("countersign/channel");
      }
    },
  );
});
