import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { createSlackSandbox } from "../../../slack-app/sandbox/slack-sandbox.ts";
import { approved, HandClock, type Listening, listen, memoryJournal, waiting } from "../rig.ts";

type Answer = Record<string, unknown> & { ok: boolean; error?: string; ts?: string };
type Sandbox = ReturnType<typeof createSlackSandbox>;

const long = (length: number) => "x".repeat(length);
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("the local Slack", () => {
  let hub: Listening;
  let clock: HandClock;
  let journal: ReturnType<typeof memoryJournal>;
  let sandbox: Sandbox;
  let channel: string;
  let ann: string;

  const start = () =>
    createSlackSandbox({
      ownUrl: `${hub.url}/sandbox/slack`,
      hubUrl: hub.url,
      secret: "a secret of this test",
      journal,
      now: clock.now,
    });
  const channelId = (name: string) =>
    sandbox.workspace.channels.find((one) => one.name === name)?.id ?? "";
  const personId = (name: string) =>
    sandbox.workspace.people.find((one) => one.name === name)?.id ?? "";

  const request = (method: string, given: object, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.settings.apiUrl}${method}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${sandbox.installation.botToken}`,
        ...headers,
      },
      body: JSON.stringify(given),
    });
  const call = async (method: string, given: object, headers?: Record<string, string>) =>
    (await (await request(method, given, headers)).json()) as Answer;
  const post = async (given: object = {}) => {
    clock.offsetMs += 1_000;
    return call("chat.postMessage", { channel, text: "hello", ...given });
  };
  const appMessages = () => sandbox.messages(0).items.filter((one) => one.author.app);

  beforeEach(async () => {
    hub = await listen();
    clock = new HandClock();
    journal = memoryJournal();
    sandbox = start();
    hub.mounts.push(...sandbox.mounts);
    channel = channelId("#releases");
    ann = personId("Ann");
  });
  afterEach(() => hub.close());

  it("has the same ids and keys after a restart, and others under another secret", () => {
    const again = start();
    expect([again.settings, again.installation, again.workspace]).toEqual([
      sandbox.settings,
      sandbox.installation,
      sandbox.workspace,
    ]);
    const other = createSlackSandbox({
      ownUrl: `${hub.url}/sandbox/slack`,
      hubUrl: hub.url,
      secret: "another secret",
      journal: memoryJournal(),
      now: clock.now,
    });
    expect(other.installation.botToken).not.toBe(sandbox.installation.botToken);
    expect(other.settings.signingSecret).not.toBe(sandbox.settings.signingSecret);
  });

  it("begins with what Chloé said, once", () => {
    const said = sandbox.messages(0).items;
    expect(said).toMatchObject([
      {
        channel_name: "#releases",
        author: { name: "Chloé", app: false },
        text: "web 1.4.2 is green on staging.",
      },
    ]);
    expect(start().messages(0).items).toEqual(said);
  });

  it("takes forms as the SDK sends them", async () => {
    const client = new WebClient(sandbox.installation.botToken, {
      slackApiUrl: sandbox.settings.apiUrl,
    });
    const { ts } = await client.chat.postMessage({ channel, ...renderMessage(waiting) });
    const [shown] = appMessages();
    expect(shown?.id).toBe(`slack:${channel}:${ts}`);
    expect(shown?.blocks).toEqual(renderMessage(waiting).blocks);
    expect(shown?.buttons.map((one) => one.action)).toEqual(["approve", "reject", "open"]);
    expect(shown?.check).toContainEqual({ what: "header", used: 16, limit: 150 });
    expect(shown?.check.every((row) => row.used <= row.limit)).toBe(true);
  });

  it.each<[string, Record<string, string>, string]>([
    ["no token", { authorization: "" }, "invalid_auth"],
    ["a foreign token", { authorization: "Bearer xoxb-other" }, "invalid_auth"],
  ])("refuses %s", async (_name, headers, error) => {
    expect(await call("auth.test", {}, headers)).toEqual({ ok: false, error });
  });

  it("refuses a call without the Authorization header", async () => {
    const answer = await fetch(`${sandbox.settings.apiUrl}auth.test`, { method: "POST" });
    expect(await answer.json()).toEqual({ ok: false, error: "not_authed" });
  });

  it.each<[string, () => object, string]>([
    ["an unknown channel", () => ({ channel: "C0NOWHERE" }), "channel_not_found"],
    [
      "a private channel without the app",
      () => ({ channel: channelId("#security") }),
      "channel_not_found",
    ],
    ["no text", () => ({ text: "" }), "no_text"],
    ["a text of 40,001", () => ({ text: long(40_001) }), "msg_too_long"],
    ["51 blocks", () => ({ blocks: Array(51).fill(section("x")) }), "invalid_blocks"],
    [
      "blocks that are too long together",
      () => ({ blocks: Array(5).fill(section(long(2_900))) }),
      "msg_blocks_too_long",
    ],
    ["blocks that are no JSON", () => ({ blocks: "[{" }), "invalid_blocks_format"],
  ])("refuses %s with Slack's own word", async (_name, given, error) => {
    expect(await post(given())).toMatchObject({ ok: false, error });
    expect(appMessages()).toEqual([]);
  });

  it("says where the blocks are wrong", async () => {
    const answer = await post({ blocks: [section("x"), section(long(3_001))] });
    expect(answer["response_metadata"]).toEqual({
      messages: ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"],
    });
  });

  it("takes one message a second and channel, and says when to come again", async () => {
    expect((await post()).ok).toBe(true);
    const soon = await request("chat.postMessage", { channel, text: "again" });
    expect([soon.status, soon.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await call("chat.postMessage", { channel: channelId("#ops"), text: "there" })).ok).toBe(
      true,
    );
    clock.offsetMs += 1_000;
    expect((await call("chat.postMessage", { channel, text: "again" })).ok).toBe(true);
  });

  it("takes about fifty edits a minute and workspace, and posts go on meanwhile", async () => {
    const { ts } = await post();
    const edit = () => request("chat.update", { channel, ts, text: "again" });
    for (let number = 0; number < 55; number += 1) expect((await edit()).status).toBe(200);
    const soon = await edit();
    const seconds = Number(soon.headers.get("retry-after"));
    expect([soon.status, await soon.json()]).toEqual([429, { ok: false, error: "ratelimited" }]);
    expect(seconds).toBeGreaterThan(0);
    expect((await post()).ok).toBe(true);
    clock.offsetMs += seconds * 1_000;
    expect((await edit()).status).toBe(200);
  });

  it("edits the app's own messages, and no others", async () => {
    const { ts } = await post();
    expect(await call("chat.update", { channel, ts, ...renderMessage(approved) })).toMatchObject({
      ok: true,
      ts,
    });
    expect(appMessages()).toMatchObject([{ edits: 1, buttons: [{ action: "open" }] }]);
    const [said] = sandbox.messages(0).items;
    const theirs = said?.id.split(":")[2];
    expect(await call("chat.update", { channel, ts: theirs, text: "x" })).toMatchObject({
      error: "cant_update_message",
    });
    expect(await call("chat.update", { channel, ts: "1.2", text: "x" })).toMatchObject({
      error: "message_not_found",
    });
  });

  it("does not find a message that a person has deleted", async () => {
    const { ts } = await post();
    const id = `slack:${channel}:${ts}`;
    expect([sandbox.remove(id), sandbox.remove(id)]).toEqual([true, false]);
    expect(appMessages()).toMatchObject([{ id, deleted: true, buttons: [] }]);
    expect(await call("chat.update", { channel, ts, text: "x" })).toMatchObject({
      error: "message_not_found",
    });
    expect(await sandbox.click({ message: id, person: "Ann", action: "approve" })).toMatchObject({
      shown: "none",
    });
  });

  it("tells who is a guest", async () => {
    const answer = await call("users.info", { user: personId("Dov") });
    expect(answer["user"]).toMatchObject({ is_restricted: true, team_id: sandbox.workspace.id });
    expect(await call("users.info", { user: ann })).toMatchObject({
      user: { is_restricted: false },
    });
    expect(await call("users.info", { user: "U0NOBODY" })).toMatchObject({
      error: "user_not_found",
    });
  });

  it("shows an ephemeral text only to somebody in the channel", async () => {
    const finance = channelId("#finance");
    const text = "psst";
    expect((await call("chat.postEphemeral", { channel: finance, user: ann, text })).ok).toBe(true);
    const guest = { channel: finance, user: personId("Dov"), text };
    expect(await call("chat.postEphemeral", guest)).toMatchObject({ error: "user_not_in_channel" });
  });

  it("lists the channels that the app may see", async () => {
    const names = async (method: string) => {
      const { channels } = await call(method, {});
      return (channels as { name: string }[]).map((one) => one.name);
    };
    expect(await names("conversations.list")).toEqual(["releases", "ops", "finance"]);
    expect(await names("users.conversations")).toEqual(["releases", "ops", "finance"]);
    expect((await call("conversations.join", { channel })).ok).toBe(true);
    const info = await call("conversations.info", { channel });
    expect(info["channel"]).toMatchObject({ name: "releases", is_member: true, is_private: false });
  });

  it.each([
    ["chat.scheduleMessage", "unknown_method"],
    ["toString", "unknown_method"],
  ])("does not know %s", async (method, error) => {
    expect(await call(method, {})).toEqual({ ok: false, error });
  });

  it("refuses a trigger that nobody armed", async () => {
    expect(await call("views.open", { trigger_id: "1.2.x", view: {} })).toMatchObject({
      error: "invalid_trigger_id",
    });
  });

  describe("with failures asked for", () => {
    it.each<[string, number | string, number, object]>([
      ["a status", 503, 503, {}],
      ["a rate limit", 429, 429, { error: "ratelimited" }],
      ["an error of Slack's", "is_archived", 200, { ok: false, error: "is_archived" }],
    ])(
      "answers with %s as often as asked, before anything happened",
      async (_name, answer, status, body) => {
        sandbox.setChaos({ next: 2, answer, effect: "before" });
        for (const left of [1, 0]) {
          const failed = await request("chat.postMessage", { channel, text: "x" });
          expect(failed.status).toBe(status);
          if (status !== 503) expect(await failed.json()).toMatchObject(body);
          expect(sandbox.chaosLeft()).toBe(left);
        }
        expect(appMessages()).toEqual([]);
        expect((await post()).ok).toBe(true);
      },
    );

    it("fails after the message was posted", async () => {
      sandbox.setChaos({ next: 1, answer: "reset", effect: "after" });
      await expect(request("chat.postMessage", { channel, text: "x" })).rejects.toThrow();
      expect(appMessages()).toHaveLength(1);
    });

    it("holds a call until its caller gives up", async () => {
      sandbox.setChaos({ next: 1, answer: "timeout", effect: "before" });
      const impatient = fetch(`${sandbox.settings.apiUrl}chat.postMessage`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.installation.botToken}` },
        body: new URLSearchParams({ channel, text: "x" }),
        signal: AbortSignal.timeout(50),
      });
      await expect(impatient).rejects.toThrow();
      expect(appMessages()).toEqual([]);
    });

    it("spares other channels, and calls that only read", async () => {
      sandbox.setChaos({ channel: "#ops", next: 1, answer: 500, effect: "before" });
      expect((await post()).ok).toBe(true);
      expect((await call("users.info", { user: ann })).ok).toBe(true);
      expect(
        (await request("chat.postMessage", { channel: channelId("#ops"), text: "x" })).status,
      ).toBe(500);
    });

    it("is quiet again when they are taken back", async () => {
      sandbox.setChaos({ next: 5, answer: 500, effect: "before" });
      sandbox.setChaos(undefined);
      expect(sandbox.chaosLeft()).toBe(0);
      expect((await post()).ok).toBe(true);
    });
  });

  describe("read again", () => {
    it("shows messages, edits and deletions after a restart", async () => {
      const { ts } = await post(renderMessage(waiting));
      await call("chat.update", { channel, ts, ...renderMessage(approved) });
      const second = await post();
      sandbox.remove(`slack:${channel}:${second.ts}`);
      const before = sandbox.messages(0);
      expect(before.items).toHaveLength(3);
      expect(start().messages(0)).toEqual(before);
    });

    it("keeps the journal short and the numbers going", async () => {
      const { ts } = await post();
      for (let edit = 0; edit < 80; edit += 1) {
        clock.offsetMs += 2_000;
        await call("chat.update", { channel, ts, text: `edit ${edit}` });
      }
      const before = sandbox.messages(0);
      expect(journal.lines.length).toBeGreaterThan(80);
      expect(start().messages(0)).toEqual(before);
      expect(journal.lines.length).toBeLessThan(5);
      expect(start().messages(before.next).items).toEqual([]);
    });

    it("stays empty after it was cleared", () => {
      sandbox.clear();
      expect(sandbox.messages(0).items).toEqual([]);
      expect(start().messages(0).items).toEqual([]);
    });

    it("gives no ts twice, also when the clock stands still", () => {
      const still = clock.now();
      const at = createSlackSandbox({
        ownUrl: `${hub.url}/sandbox/slack`,
        hubUrl: hub.url,
        secret: "s",
        journal: memoryJournal(),
        now: () => still,
      });
      for (const text of ["a", "b", "c"]) at.say({ person: "Ann", channel: "releases", text });
      expect(new Set(at.messages(0).items.map((one) => one.id)).size).toBe(4);
    });
  });

  it("lists changes in their order, from where the reader was", async () => {
    const first = await post({ text: "first" });
    const { next } = sandbox.messages(0);
    await post({ text: "second" });
    await call("chat.update", { channel, ts: first.ts, text: "first, edited" });
    const news = sandbox.messages(next);
    expect(news.items.map((one) => one.text)).toEqual(["second", "first, edited"]);
    expect(sandbox.messages(news.next).items).toEqual([]);
  });

  it("rings on every change, and escapes what people say", () => {
    let rings = 0;
    sandbox.onChange(() => {
      rings += 1;
    });
    sandbox.say({ person: ann, channel: "#ops", text: "a < b & <!channel>" });
    expect(rings).toBe(1);
    expect(sandbox.messages(0).items.at(-1)?.text).toBe("a &lt; b &amp; &lt;!channel&gt;");
  });

  it.each<[string, { person: string; action: string }]>([
    ["somebody who is not in the channel", { person: "Dov", action: "approve" }],
    ["nobody", { person: "Zoe", action: "approve" }],
    ["somebody pressing what is not there", { person: "Ann", action: "deploy" }],
  ])("sends no click of %s", async (_name, who) => {
    const { ts } = await post({ channel: channelId("#finance"), ...renderMessage(waiting) });
    const sight = await sandbox.click({ message: `slack:${channelId("#finance")}:${ts}`, ...who });
    expect(sight).toMatchObject({ shown: "none", http: { status: 0 } });
  });

  it("C9: shows a warning sign where the hub does not take the click", async () => {
    const { ts } = await post(renderMessage(waiting));
    const sight = await sandbox.click({
      message: `slack:${channel}:${ts}`,
      person: "Ann",
      action: "approve",
    });
    expect(sight).toMatchObject({ shown: "none", http: { status: 404 } });
    expect(sight.text).toContain("HTTP 404");
  });
});
