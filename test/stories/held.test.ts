import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/** How each platform says that the app is not in a channel, and how often: Slack is asked again after a join. */
const notInvited = {
  slack: { next: 2, answer: "not_in_channel" },
  teams: { next: 1, answer: "BotNotInConversationRoster" },
} as const;

/** Where alerts go (the rules of the sandbox). */
const places = { slack: "#ops", teams: "Ops › Incidents" } as const;

interface Deliveries {
  readonly items: readonly {
    readonly id: string;
    readonly label: string;
    readonly because: string;
  }[];
}

let made = 0;
/** An alert unlike every other of this process. */
function alertEvent() {
  made += 1;
  const title = `Disk almost full on db-${process.pid}-${made}`;
  return { type: "alert.triggered", level: "alert", id: title, data: { rule: title }, title };
}

onEveryEngine("a channel that the app is not in", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
    // The request that waits for a newcomer must not meet the trouble that is ordered for others.
    for (const platform of platforms) {
      await hub.sandbox.message(platform, ({ text }) => text.includes("billing 3.0.1"));
    }
  });
  afterAll(() => endStory(hub));

  const tell = async () => {
    const { title, ...event } = alertEvent();
    await hub.post(event);
    return title;
  };
  const held = async () => {
    const path = "/v1/deliveries?state=held";
    const { body } = await hub.call<Deliveries>("GET", path, { key: hub.adminKey });
    return body.items;
  };

  describe.each(platforms)("in %s", (platform) => {
    it("A6: keeps its messages, says why, and sends each once when the app is let in", async () => {
      await hub.sandbox.chaos({ platform, ...notInvited[platform] });
      const first = await tell();
      await expect.poll(held, { timeout: 20_000 }).toMatchObject([{ label: places[platform] }]);
      expect((await held())[0]?.because).toContain(notInvited[platform].answer);

      const second = await tell();
      await hub.sandbox.message(platform, ({ text }) => text.includes(second));
      await hub.sandbox.message(platform, ({ text }) => text.includes(first));
      expect(await held()).toEqual([]);
      const shown = await hub.sandbox.messages(platform);
      for (const title of [first, second]) {
        expect(shown.filter(({ text }) => text.includes(title))).toHaveLength(1);
      }
    });
  });
});
