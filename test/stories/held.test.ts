import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { endStory, everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
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

  it.each(platforms)(
    "A6 F1: what was held as the power went, before anybody noted why, goes on after the start, in %s",
    async (platform) => {
      const own = await engine.start();
      onTestFinished(async () => void (await own.stop()));
      await own.saveRules([{ name: "Alone", types: ["alone.*"], to: [places[platform]] }]);
      await everyDeliveryHasAnEnd(own);
      await own.interrupt();
      await own.restart({ COUNTERSIGN_FAULT: "post-stored" });
      await own.sandbox.chaos({ platform, ...notInvited[platform] });
      const title = `Nobody else is told by ${platform}`;
      await own.post({ type: "alone.told", data: { title } });
      expect(await own.ended).toMatchObject({ signal: "SIGKILL" });
      const { deliveries } = await own.historyLeft();
      expect(deliveries.filter(({ state }) => state === "held")).toHaveLength(1);
      await own.restart();
      await own.sandbox.message(platform, ({ text }) => text.includes(title));
      await everyDeliveryHasAnEnd(own);
    },
  );

  describe.each(platforms)("in %s", (platform) => {
    it("A6: keeps its messages, says why, and sends each once when the app is let in", async () => {
      // What the other platform's story left on its way must not meet the trouble that is ordered here.
      await everyDeliveryHasAnEnd(hub);
      await hub.sandbox.chaos({ platform, ...notInvited[platform] });
      const first = await tell();
      await expect.poll(held, { timeout: 20_000 }).toMatchObject([{ label: places[platform] }]);
      expect((await held())[0]?.because).toContain(notInvited[platform].answer);

      // What comes while the lane is still being held is held with it; what comes later is tried.
      const titles = [first];
      const isThere = async (title: string) =>
        (await hub.sandbox.messages(platform)).some(({ text }) => text.includes(title));
      const tellUntilFirst = async () => {
        titles.push(await tell());
        return vi.waitUntil(() => isThere(first), { timeout: 3_000 }).catch(() => false);
      };
      await vi.waitUntil(tellUntilFirst, { timeout: 20_000 });
      await everyDeliveryHasAnEnd(hub);
      expect(await held()).toEqual([]);
      const shown = await hub.sandbox.messages(platform);
      for (const title of titles) {
        expect(shown.filter(({ text }) => text.includes(title))).toHaveLength(1);
      }
    });
  });
});
