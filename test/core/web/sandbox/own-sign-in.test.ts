import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOwnSignIn, type OwnSignIn } from "../../../../core/web/sandbox/own-sign-in.ts";
import { ask } from "../../../fixtures/rig/http.ts";

const hour = 3_600_000;

describe("the sign-in of a sandbox of its own", () => {
  let now: number;
  let server: Server;
  let url: string;

  const signInWith = (secret: string) =>
    createOwnSignIn({ apiKey: "cs_key", secret, linkToken: "token", now: () => new Date(now) });

  async function serve(signIn: OwnSignIn): Promise<void> {
    const app = express();
    app.get("/start/:token", (request, response) => {
      response.status(signIn.enter(request.params.token, response) ? 200 : 410).end();
    });
    app.get("/csrf", (request, response) => void response.json(signIn.csrfOf(request) ?? null));
    app.all("/api", signIn.allow, (_request, response) => void response.json("in"));
    server = createServer(app).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeEach(async () => {
    now = Date.parse("2026-11-20T14:00:00Z");
    await serve(signInWith("secret"));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const enter = async (token = "token") => {
    const { status, headers } = await ask(`${url}/start/${token}`, "GET");
    return { status, cookie: headers.getSetCookie()[0]?.split(";")[0] ?? "" };
  };
  const api = async (method: string, headers: Readonly<Record<string, string>>) =>
    (await ask(`${url}/api`, method, { headers })).status;
  const csrf = async (cookie: string) =>
    (await ask<string>(`${url}/csrf`, "GET", { headers: { cookie } })).body;

  it("lets the link in once, and no other", async () => {
    expect((await enter("tokem")).status).toBe(410);
    expect((await enter()).status).toBe(200);
    expect(await enter()).toEqual({ status: 410, cookie: "" });
  });

  it("refuses the link after half an hour", async () => {
    now += hour / 2 + 1;
    expect((await enter()).status).toBe(410);
  });

  it("lets the key in, and nobody else", async () => {
    expect(await api("POST", { authorization: "Bearer cs_key" })).toBe(200);
    expect(await api("GET", { authorization: "Bearer cs_kez" })).toBe(401);
    expect(await api("GET", {})).toBe(401);
    expect(await api("GET", { cookie: "countersign-sandbox=9999999999999.sig" })).toBe(401);
  });

  it("lets a session read, and change something only with its page's token", async () => {
    const { cookie } = await enter();
    expect(await api("GET", { cookie })).toBe(200);
    expect(await api("POST", { cookie })).toBe(403);
    expect(await api("POST", { cookie, "x-csrf-token": "x" })).toBe(403);
    expect(await api("POST", { cookie, "x-csrf-token": await csrf(cookie) })).toBe(200);
  });

  it("ends a session after twelve hours, however its cookie is written", async () => {
    const { cookie } = await enter();
    now += 12 * hour;
    expect(await api("GET", { cookie })).toBe(401);
    const longer = cookie.replace(/=\d+/, `=${now + hour}`);
    expect(await api("GET", { cookie: longer })).toBe(401);
  });

  it("knows the sessions of the process before it, and of no other sandbox", async () => {
    const { cookie } = await enter();
    for (const [secret, status] of [
      ["secret", 200],
      ["another", 401],
    ] as const) {
      server.close();
      server.closeAllConnections();
      await serve(signInWith(secret));
      expect(await api("GET", { cookie })).toBe(status);
    }
  });
});
