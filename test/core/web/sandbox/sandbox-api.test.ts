import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxMessage, SandboxPlatform } from "../../../../core/ports/sandbox.ts";
import { createFileJournal } from "../../../../core/web/sandbox/file-journal.ts";
import { createSandboxProducer } from "../../../../core/web/sandbox/producer.ts";
import { sandboxApi } from "../../../../core/web/sandbox/sandbox-api.ts";
import { createSlackSandbox } from "../../../../slack-app/sandbox/slack-sandbox.ts";
import { createTeamsSandbox } from "../../../../teams-app/sandbox/teams-sandbox.ts";
import { ask, type Problem } from "../../../fixtures/rig/http.ts";

interface Page {
  readonly items: readonly SandboxMessage[];
  readonly next: string;
}

const start = new Date("2026-11-20T14:06:00Z");

describe("the sandbox's API", () => {
  let folder: string;
  let server: Server;
  let url: string;
  let slack: SandboxPlatform;
  let teams: SandboxPlatform;
  let movedMs: number;
  let sent: object[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-api-"));
    movedMs = 0;
    sent = [];
    const now = () => new Date(start.getTime() + movedMs);
    const parts = (name: string) => ({
      ownUrl: `http://127.0.0.1:1/sandbox/${name}`,
      hubUrl: "http://127.0.0.1:1",
      secret: "secret",
      journal: createFileJournal(join(folder, name)),
      now,
    });
    slack = createSlackSandbox(parts("slack"));
    teams = createTeamsSandbox(parts("teams"));
    const secret = `whsec_${Buffer.from("secret").toString("base64")}`;
    const api = sandboxApi(
      {
        platforms: [slack, teams],
        producer: createSandboxProducer({ ...parts("producer"), path: "/callback", secret }),
        samples: [],
        hubUrl: "http://127.0.0.1:1",
        now,
        moveClock: async (ms) => {
          movedMs += ms;
          return now();
        },
        send: async (event) => {
          sent.push(event);
          return { status: 202, body: { id: "evt_1" } };
        },
      },
      (_request, _response, next) => next(),
    );
    server = createServer(express().set("query parser", "simple").use(api));
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const get = async (path: string) => (await ask<Page>(`${url}${path}`, "GET")).body;
  const post = (path: string, body: unknown) => ask<Problem>(`${url}${path}`, "POST", { body });
  const say = (channel: string, text: string, person = "Ann") =>
    post("/say", { person, channel, text });
  const texts = ({ items }: Page) => items.map(({ text }) => text);

  describe("messages", () => {
    it("tells both platforms' messages, and from `next` on only what came later", async () => {
      const first = await get("/messages");
      expect(new Set(first.items.map(({ platform }) => platform))).toEqual(
        new Set(["slack", "teams"]),
      );
      await say("#releases", "one");
      await say("Ops › General", "two");
      const second = await get(`/messages?since=${first.next}`);
      expect(texts(second).toSorted()).toEqual(["one", "two"]);
      expect(await get(`/messages?since=${second.next}`)).toEqual({
        items: [],
        next: second.next,
      });
    });

    it("keeps to one platform and one channel, named with or without #, or by id", async () => {
      const { next } = await get("/messages");
      await say("#ops", "in ops");
      await say("#releases", "in releases");
      await say("Ops › General", "in Teams");
      const id = slack.workspace.channels.find(({ name }) => name === "#releases")?.id;
      for (const query of ["channel=%23releases", "channel=releases", `channel=${id}`]) {
        expect(texts(await get(`/messages?since=${next}&${query}`))).toEqual(["in releases"]);
      }
      expect(texts(await get(`/messages?since=${next}&platform=teams`))).toEqual(["in Teams"]);
    });

    it("waits for a change, and answers as soon as it comes", async () => {
      const { next } = await get("/messages?channel=releases");
      const asked = once(server, "request");
      const waiting = get(`/messages?channel=releases&since=${next}&wait=30`);
      await asked;
      await say("#ops", "elsewhere");
      await say("#releases", "here");
      expect(texts(await waiting)).toEqual(["here"]);
    });

    it("answers a waiting caller with a deletion too", async () => {
      const message = (await get("/messages?platform=slack")).items[0] as SandboxMessage;
      const { next } = await get("/messages");
      const asked = once(server, "request");
      const waiting = get(`/messages?since=${next}&wait=30`);
      await asked;
      expect((await post("/delete", { message: message.id })).status).toBe(204);
      expect((await waiting).items).toMatchObject([{ id: message.id, deleted: true }]);
    });

    it.each([
      ["wait=31", "?wait"],
      ["wait=soon", "?wait"],
      ["since=yesterday", "?since"],
      ["platform=irc", "?platform"],
    ])("refuses %s", async (query, pointer) => {
      const { status, body } = await ask<Problem>(`${url}/messages?${query}`, "GET");
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: "parameter_invalid", errors: [{ pointer }] });
    });

    it("says that there is no such channel, instead of waiting for it", async () => {
      const { status, body } = await ask<Problem>(`${url}/messages?channel=%23sales`, "GET");
      expect(status).toBe(404);
      expect(body.code).toBe("channel_unknown");
      expect(body.detail).toContain("#releases");
    });

    it("empties one pane, or both", async () => {
      await ask(`${url}/messages?platform=slack`, "DELETE");
      expect(new Set((await get("/messages")).items.map(({ platform }) => platform))).toEqual(
        new Set(["teams"]),
      );
      await ask(`${url}/messages`, "DELETE");
      expect((await get("/messages")).items).toEqual([]);
    });

    it("empties nothing for a platform that is none", async () => {
      expect((await ask(`${url}/messages?platform=irc`, "DELETE")).status).toBe(422);
      expect((await get("/messages")).items).not.toEqual([]);
    });
  });

  describe("say", () => {
    it("says it as that person, given by name or id", async () => {
      const { next } = await get("/messages");
      const ben = teams.workspace.people.find(({ name }) => name === "Ben");
      await say("Ops › General", "by name", "Ben");
      await say("Ops › General", "by id", ben?.id);
      const { items } = await get(`/messages?since=${next}`);
      expect(items.map(({ author }) => author)).toEqual(
        Array(2).fill({ id: ben?.id, name: "Ben", app: false }),
      );
    });

    it("says when the person cannot speak there, instead of dropping the text", async () => {
      const { next } = await get("/messages");
      const { status, body } = await say("#security", "hello", "Chloé");
      expect(status).toBe(409);
      expect(body.code).toBe("not_in_channel");
      expect((await get(`/messages?since=${next}`)).items).toEqual([]);
    });
  });

  describe("bodies", () => {
    const message = async () => (await get("/messages?platform=slack")).items[0]?.id;

    it.each([
      ["/click", {}, ["/message", "/person", "/action"]],
      [
        "/click",
        { message: "m", person: "Ann", action: "approve", inputs: { a: 1 } },
        ["/inputs/a"],
      ],
      ["/click", { message: "m", person: "Ann", action: "a", client: "new" }, ["/client"]],
      ["/submit", { dialog: "d", person: "Ann" }, ["/inputs"]],
      ["/say", { person: "Ann", channel: "#ops", text: "" }, ["/text"]],
      ["/chaos", { platform: "irc", answer: 500 }, ["/platform"]],
      ["/chaos", { platform: "slack", answer: 200 }, ["/answer"]],
      ["/chaos", { platform: "slack", answer: 500, next: 0 }, ["/next"]],
      ["/clock", { advance: "tomorrow" }, ["/advance"]],
      ["/delete", {}, ["/message"]],
      ["/send", { subject: "web/1.4.2" }, ["/type"]],
    ])("%s refuses %j and points at what is wrong", async (path, body, pointers) => {
      const answer = await post(path, body);
      expect(answer.status).toBe(422);
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect(answer.body.code).toBe("body_invalid");
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    });

    it("names the nearest field for one that is not known", async () => {
      const { status, body } = await post("/clock", { advanse: "24h" });
      expect(status).toBe(422);
      expect(body.detail).toContain("advance");
    });

    it("says where JSON cannot be read", async () => {
      const { status, body } = await post("/click", '{"message": }');
      expect(status).toBe(400);
      expect(body.detail).toMatch(/line 1/i);
    });

    it.each([
      ["person", "Zoe"],
      ["message", "slack:C0:1.2"],
      ["message", "nowhere"],
    ])("says that there is no %s %s to click with", async (what, name) => {
      const click = { message: await message(), person: "Ann", action: "approve", [what]: name };
      const { status, body } = await post("/click", click);
      expect(status).toBe(404);
      expect(body.code).toBe(`${what}_unknown`);
      expect(body.detail).toContain(name);
    });
  });

  it("counts the chaos that is left, by platform, and ends it", async () => {
    const chaos = async () => (await ask<{ chaos: object }>(`${url}/state`, "GET")).body.chaos;
    await post("/chaos", { platform: "slack", channel: "#ops", next: 3, answer: 429 });
    await post("/chaos", { platform: "callback", answer: "timeout" });
    expect(await chaos()).toEqual({ slack: 3, teams: 0, callback: 1 });
    expect((await ask(`${url}/chaos`, "DELETE")).status).toBe(204);
    expect(await chaos()).toEqual({ slack: 0, teams: 0, callback: 0 });
  });

  it("refuses chaos for a channel that is none", async () => {
    const body = { platform: "slack", channel: "#sales", answer: 500 };
    expect((await post("/chaos", body)).status).toBe(404);
    expect(slack.chaosLeft()).toBe(0);
  });

  it("moves the clock and tells the new time", async () => {
    const { status, body } = await post("/clock", { advance: "24h" });
    expect([status, body]).toEqual([200, { now: "2026-11-21T14:06:00.000Z" }]);
  });

  it("posts an event as it came", async () => {
    const event = { type: "deploy.requested", subject: "web/1.4.2", traceparent: "00-a-b-01" };
    const { body } = await post("/send", event);
    expect(body).toEqual({ status: 202, body: { id: "evt_1" } });
    expect(sent).toEqual([event]);
  });

  it("shows the people with their part here", async () => {
    const { body } = await ask<{ people: { name: string; note: string; guest: boolean }[] }>(
      `${url}/state`,
      "GET",
    );
    expect(body.people.map(({ name, note, guest }) => [name, note, guest])).toEqual([
      ["Ann", "release manager", false],
      ["Ben", "release manager", false],
      ["Chloé", "requester", false],
      ["Dov", "guest", true],
      ["Eve", "not linked yet", false],
    ]);
  });

  it("tells followers of the stream that something changed", async () => {
    const stream = await fetch(`${url}/stream`);
    expect(stream.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const lines = (stream.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => Buffer.from((await lines.read()).value ?? []).toString("utf8");
    expect(await read()).toBe(": connected\n\n");
    await say("#releases", "news");
    expect(await read()).toContain("event: change\n");
    await lines.cancel();
  });
});
