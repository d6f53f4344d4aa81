import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LogEntry } from "../../../core/ports/log.ts";
import { createSlackApp } from "../../../slack-app/slack-app.ts";
import { FakeInbox, type Rig, refused, startRig, waiting } from "../rig.ts";

const patience = 30_000;

describe("the connections of Socket Mode", () => {
  let rig: Rig;
  const more: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    rig = await startRig("socket");
  });
  afterEach(async () => {
    await Promise.all(more.splice(0).map((app) => app.close()));
    await rig.close();
  });

  const count = () => rig.sandbox.life?.sockets("count");
  const until = (check: () => void) => vi.waitFor(check, patience);
  const troubles = (log: readonly LogEntry[]) =>
    log.flatMap((entry) => (entry.kind === "hub.trouble" ? [entry.error] : []));

  /** One more process of the same app. */
  async function replica(over: { readonly appToken?: string; readonly apiUrl?: string } = {}) {
    const { signingSecret: _, ...unsigned } = rig.settings;
    const inbox = new FakeInbox();
    const log: LogEntry[] = [];
    const app = await createSlackApp(
      { ...unsigned, appToken: rig.sandbox.appToken, ...over },
      {
        inbox,
        installations: { slack: (team) => rig.lookUp(team), teams: async () => undefined },
        clock: { now: () => new Date() },
        log: { write: (entry) => log.push(entry) },
      },
    );
    more.push(app);
    return { app, inbox, log };
  }

  async function card(): Promise<string> {
    const channelId = rig.sandbox.workspace.channels[0]?.id ?? "";
    const { result } = await rig.app.adapter.post(
      {
        ...{ kind: "slack", id: "dst_1", organization: "org_1", revision: 1, name: "#releases" },
        ...{ slackTeamId: rig.installation.slackTeamId, channelId },
      },
      waiting,
    );
    if (result.kind !== "sent" || !result.ref) throw new Error("not sent");
    return `slack:${result.ref.channel}:${result.ref.message}`;
  }

  it.each(["drop", "refresh"] as const)(
    "U30: are opened again after a %s, and clicks count again",
    async (wish) => {
      rig.inbox.answer = () => refused;
      const message = await card();
      let openedAnew = 0;
      rig.hub.server.on("request", ({ url = "" }) => {
        if (url.endsWith("apps.connections.open")) openedAnew += 1;
      });
      expect(rig.sandbox.life?.sockets(wish)).toBe(1);
      await until(() => expect([openedAnew, count()]).toEqual([1, 1]));
      const sight = await rig.sandbox.click({ message, person: "Ann", action: "approve" });
      expect(sight.shown).toBe("refusal");
      expect(rig.inbox.clicks).toHaveLength(1);
    },
    60_000,
  );

  it("U30: share what comes among processes, each payload through one of them", async () => {
    const other = await replica();
    await until(() => expect(count()).toBe(2));
    rig.inbox.answer = () => refused;
    other.inbox.answer = () => refused;
    const message = await card();
    for (let press = 0; press < 4; press += 1) {
      await rig.sandbox.click({ message, person: "Ann", action: "approve" });
    }
    expect([rig.inbox.clicks.length, other.inbox.clicks.length]).toEqual([2, 2]);
  });

  it("U30: that Slack has no room for are told of once, and come when there is", async () => {
    const crowd = await Promise.all(Array.from({ length: 9 }, () => replica()));
    await until(() => expect(count()).toBe(10));
    const late = await replica();
    await until(() => expect(troubles(late.log)).toHaveLength(1));
    expect(troubles(late.log)[0]).toMatch(/^too_many_websockets: Slack holds 10 connections/);
    await crowd[0]?.app.close();
    await until(() => expect(count()).toBe(10));
    expect(troubles(late.log)).toHaveLength(1);
    expect(crowd.flatMap(({ log }) => troubles(log))).toEqual([]);
  }, 60_000);

  it.each([
    ["is not known", "xapp-1-A0-0-wrong", /^invalid_auth: Slack does not know SLACK_APP_TOKEN/],
    ["is none of an app", "xoxb-1", /^not_allowed_token_type: SLACK_APP_TOKEN is no app-level/],
  ])("say it once when the token %s", async (_what, appToken, sentence) => {
    const { log } = await replica({ appToken });
    await until(() => expect(troubles(log)).toHaveLength(1));
    expect(troubles(log)[0]).toMatch(sentence);
    expect(JSON.stringify(log)).not.toContain(appToken);
  });

  it("do not end the process when Slack cannot be reached, and stop when asked", async () => {
    const { app, log } = await replica({ apiUrl: "http://127.0.0.1:1/api/" });
    await until(() => expect(troubles(log)).toHaveLength(1));
    await app.close();
    expect(troubles(log)).toHaveLength(1);
  });

  it("leave none open behind that was ended while it opened: it would swallow what people press", async () => {
    await until(() => expect(count()).toBe(1));
    const { app } = await replica();
    await app.close();
    await vi.waitFor(() => expect(count()).toBe(1), 3_000);
  });

  it("leave no door open for requests, since nothing could sign them", async () => {
    const answer = await fetch(`${rig.hub.url}/slack/events`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(404);
    expect(rig.inbox.clicks).toEqual([]);
  });
});
