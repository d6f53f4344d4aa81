import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubError } from "../../../../core/domain/hub-error.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

let api: ApiRig;
let key: string;
beforeEach(async () => {
  api = await startApi();
  key = (await api.producer("ci")).key;
});
afterEach(() => api.close());

const event = { type: "build.finished", data: { title: "Grüße 😀" } };

/** What both ways to the hub answer: the door's, and Express's, which takes what has a query. */
const ways = ["/v1/events", "/v1/events?"];

/** Post bytes with `fetch`, which sends no length for a stream. */
const send = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
  });

const titles = async () => {
  const stored = await api.store.events.scan("byTime", { limit: 99 });
  return stored.map(({ event: { data } }) => data["title"]);
};

describe("the door for events", () => {
  it("answers with the headers that every answer has", async () => {
    const [door, express] = await Promise.all(ways.map((way) => send(way, JSON.stringify(event))));
    const named = (answer: Response | undefined) =>
      Object.fromEntries(
        [...(answer?.headers ?? [])].filter(([name]) => !/^(date|x-request-id)$/.test(name)),
      );
    expect(door?.status).toBe(202);
    expect(named(door)).toEqual(named(express));
    expect(named(door)).toHaveProperty("content-security-policy");
    expect(door?.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(ways)(
    "%s reads a body with a byte order mark, and with its charset named",
    async (way) => {
      const text = `\ufeff${JSON.stringify(event)}`;
      const type = { "content-type": "application/json; charset=UTF-8" };
      expect((await send(way, text, type)).status).toBe(202);
      expect(await titles()).toEqual(["Grüße 😀"]);
    },
  );

  it.each(ways)("%s reads a body that comes packed, or without its length", async (way) => {
    const packed = gzipSync(JSON.stringify(event));
    expect((await send(way, packed, { "content-encoding": "gzip" })).status).toBe(202);
    const stream = new Blob([JSON.stringify(event)]).stream();
    const answer = await fetch(`${api.url}${way}`, {
      method: "POST",
      body: stream,
      duplex: "half",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    } as RequestInit);
    expect(answer.status).toBe(202);
    expect(await titles()).toEqual(["Grüße 😀", "Grüße 😀"]);
  });

  it.each<[string, Record<string, string>, string, number]>([
    ["no key", { authorization: "Bearer cs_nobody" }, "{}", 401],
    ["a foreign host", { "x-forwarded-for": "10.0.0.1" }, "{}", 421],
    ["an unknown charset", { "content-type": "application/json; charset=x-nobodys" }, "{}", 415],
    ["no content", {}, "", 400],
    ["too much", {}, "x".repeat(1_048_577), 413],
    ["no JSON", {}, "{", 400],
  ])("answers %s alike on both ways", async (_, headers, body, status) => {
    const answers = await Promise.all(ways.map((way) => send(way, body, headers)));
    const said = await Promise.all(answers.map((answer) => answer.json() as Promise<Problem>));
    expect(answers.map((answer) => answer.status)).toEqual([status, status]);
    expect(said[0]?.code).toBe(said[1]?.code);
  });

  it.each(ways)("%s refuses bytes that are not UTF-8, and keeps no other signs", async (way) => {
    const plain = { type: "build.finished", data: { title: "Grüße" } };
    const latin = Buffer.from(JSON.stringify(plain), "latin1");
    const answer = await send(way, latin);
    const said = (await answer.json()) as Problem;
    expect([answer.status, said.code]).toEqual([400, "request_unreadable"]);
    expect(said.detail).toContain("not UTF-8");
    const named = { "content-type": "application/json; charset=iso-8859-1" };
    expect((await send(way, latin, named)).status).toBe(202);
    expect(await titles()).toEqual(["Grüße"]);
  });

  it("keeps nothing of a sender who goes in the middle, and answers the next", async () => {
    const { port } = new URL(api.url);
    const head = `POST /v1/events HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${key}\r\n`;
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"type":`);
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.destroy();
    expect((await send("/v1/events", JSON.stringify(event))).status).toBe(202);
    expect(await titles()).toHaveLength(1);
  });

  it.each(ways)("%s answers 503 when the store takes nothing", async (way) => {
    const down = () => Promise.reject(new HubError("store_unavailable", "the disk is full"));
    const { receive } = api.hub;
    Object.assign(api.hub, { receive: down });
    const answer = await send(way, JSON.stringify(event));
    Object.assign(api.hub, { receive });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(((await answer.json()) as Problem).code).toBe("store_unavailable");
  });
});
