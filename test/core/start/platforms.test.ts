import { afterEach, describe, expect, it } from "vitest";
import type { ChatPlatform } from "../../../core/ports/chat-platform.ts";
import type { Log } from "../../../core/ports/log.ts";
import { followSettings } from "../../../core/start/follow-settings.ts";
import { connectPlatforms, type Platforms } from "../../../core/start/platforms.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { noSetup } from "../../fixtures/rig/no-setup.ts";

const slack = {
  clientId: "1.2",
  clientSecret: "client-secret",
  signingSecret: "signing-secret",
  apiUrl: "http://127.0.0.1:9/api/",
  authorizeUrl: "http://127.0.0.1:9/oauth",
};
const log: Log = { write: () => {} };

describe("the platforms of a running hub", () => {
  let platforms: Platforms;
  let told: string[];
  const begin = () => {
    told = [];
    platforms = connectPlatforms(
      {
        inbox: { click: async () => ({ kind: "ignored" }) } as never,
        installations: { slack: async () => undefined, teams: async () => undefined },
        clock: handClock(),
        log,
        connect: ({ adapter }: ChatPlatform) => void told.push(`on ${adapter.kind}`),
        disconnect: (kind) => void told.push(`off ${kind}`),
      },
      {},
    );
  };
  afterEach(() => platforms.close());

  it("are off without settings, and cost no loading", async () => {
    begin();
    expect(await platforms.ready).toEqual([]);
    expect([platforms.slack(), platforms.teams()]).toEqual([undefined, undefined]);
    expect(told).toEqual([]);
  });

  it("come and go with their settings, without a restart", async () => {
    begin();
    expect(await platforms.use({ slack })).toEqual([]);
    expect(told).toEqual(["on slack"]);
    expect((await platforms.slack())?.mounts.map(({ path }) => path)).toContain("/slack/events");
    await platforms.use({});
    expect(told).toEqual(["on slack", "off slack"]);
    expect(platforms.slack()).toBeUndefined();
  });

  it("stay as they are while their settings do, and are replaced when these change", async () => {
    begin();
    await platforms.use({ slack });
    const first = platforms.slack();
    await platforms.use({ slack: { ...slack } });
    expect(platforms.slack()).toBe(first);
    await platforms.use({ slack: { ...slack, signingSecret: "another-secret" } });
    expect(platforms.slack()).not.toBe(first);
    expect(told).toEqual(["on slack", "on slack"]);
  });

  it("follow what was typed in the console as soon as somebody says so", async () => {
    begin();
    const settings = { ...noSetup.settings, current: async () => ({ slack }) };
    const watch = followSettings(settings, platforms, log, { look: async () => {} });
    expect(await watch.lookNow()).toEqual([]);
    expect(told).toEqual(["on slack"]);
    await watch.stop();
  });
});
