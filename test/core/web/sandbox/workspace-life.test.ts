import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxTeam } from "../../../../core/ports/sandbox-life.ts";
import { createSandboxProducer } from "../../../../core/web/sandbox/producer.ts";
import { sandboxApi } from "../../../../core/web/sandbox/sandbox-api.ts";
import { createTeamsSandbox } from "../../../../teams-app/sandbox/teams-sandbox.ts";
import { ask, type Problem } from "../../../fixtures/rig/http.ts";
import { memoryJournal } from "../../../slack-app/rig.ts";
import { openStandIn, type StandIn } from "../../../slack-app/sandbox/stand-in.ts";

describe("workspace life in the sandbox's API", () => {
  let at: StandIn;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    at = await openStandIn();
    const parts = {
      ownUrl: "http://127.0.0.1:1/sandbox",
      hubUrl: at.hub.url,
      secret: "secret",
      now: at.clock.now,
    };
    const secret = `whsec_${Buffer.from("secret").toString("base64")}`;
    const producer = { ...parts, secret, journal: memoryJournal(), path: "/callback" };
    const api = sandboxApi(
      {
        platforms: [at.slack, createTeamsSandbox({ ...parts, journal: memoryJournal() })],
        producer: createSandboxProducer(producer),
        samples: [],
        hubUrl: at.hub.url,
        now: at.clock.now,
      },
      (_request, _response, next) => next(),
    );
    server = createServer(express().set("query parser", "simple").use(api));
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await at.close();
  });

  const post = (path: string, body: unknown) => ask<Problem>(`${url}${path}`, "POST", { body });

  it("lists the workspaces with what is in them", async () => {
    const { body } = await ask<{ items: SandboxTeam[] }>(`${url}/workspaces`, "GET");
    expect(
      body.items.map(({ name, installed, organization }) => [name, installed, organization]),
    ).toEqual([
      ["Acme", true, undefined],
      ["Globex", false, undefined],
      ["Umbrella Research", false, "Umbrella"],
      ["Umbrella Sales", false, "Umbrella"],
      ["Contoso", true, undefined],
      ["Northwind", false, undefined],
    ]);
  });

  it("decides the next visit to the consent page", async () => {
    const wish = { platform: "slack", workspace: "Globex", as: "Gil", outcome: "accept" };
    expect((await post("/install", wish)).status).toBe(204);
    const { code } = (await at.visit()).query;
    const redirect_uri = `${at.hub.url}/slack/oauth_redirect`;
    expect((await at.trade({ code, redirect_uri })).body).toMatchObject({
      team: { name: "Globex" },
    });
    expect((await post("/install", { outcome: "cancel" })).status).toBe(204);
    expect((await at.visit()).query).toMatchObject({ error: "access_denied" });
  });

  it.each<[string, object, object]>([
    [
      "/uninstall",
      { how: "revoked" },
      { told: [{ event: "app_uninstalled", status: 200 }, { event: "tokens_revoked" }] },
    ],
    [
      "/channels",
      { do: "archive", channel: "#ops" },
      { told: [{ event: "channel_archive", status: 200 }] },
    ],
    [
      "/channels",
      { do: "invite", channel: "security" },
      { told: [{ event: "member_joined_channel" }] },
    ],
    ["/people", { name: "Ben", guest: true }, { told: [] }],
    ["/access", { do: "narrow", without: ["users:read"] }, { told: [] }],
    ["/home", { person: "Ann" }, { told: [{ event: "app_home_opened" }], view: null }],
    ["/sockets", { do: "drop" }, { connections: 0 }],
    ["/address", {}, { status: 200, proven: false }],
    [
      "/teams",
      { do: "remove_app", team: "Ops", announce: ["installationUpdate"] },
      { told: [{ event: "installationUpdate.remove", status: 200 }] },
    ],
    [
      "/channels",
      { platform: "teams", do: "rename", channel: "Ops › Incidents", name: "Alarms" },
      { told: [{ event: "conversationUpdate.channelRenamed", status: 200 }] },
    ],
    ["/catalogue", { do: "block" }, { told: [] }],
    ["/access", { platform: "teams", do: "expire" }, { told: [] }],
    ["/people", { platform: "teams", name: "Fay" }, { told: [] }],
    ["/home", { platform: "teams", person: "Ann", says: "hi" }, { told: [{}, {}, {}] }],
    ["/uninstall", { platform: "teams", how: "revoked" }, { told: [] }],
  ])("does at %s what %j asks, and says what the hub was told", async (path, body, expected) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(expected);
  });

  it.each<[string, object, number, string]>([
    ["/uninstall", { workspace: "Globex" }, 404, "installation_unknown"],
    ["/channels", { do: "archive", channel: "#nowhere" }, 404, "channel_unknown"],
    ["/channels", { do: "unarchive", channel: "#ops" }, 409, "not_archived"],
    ["/channels", { do: "sink", channel: "#ops" }, 422, "body_invalid"],
    ["/home", { person: "Zoe" }, 404, "person_unknown"],
    ["/people", { name: "Zoe", workspace: "Initech" }, 404, "workspace_unknown"],
    ["/access", { workspace: "Umbrella Sales", do: "grant" }, 404, "installation_unknown"],
    ["/teams", { do: "archive", team: "Nobody" }, 404, "team_unknown"],
    ["/teams", { platform: "slack", do: "archive", team: "Ops" }, 422, "body_invalid"],
    ["/catalogue", { do: "publish" }, 409, "app_already_in_catalogue"],
    ["/sockets", { platform: "teams", do: "drop" }, 422, "body_invalid"],
  ])("refuses at %s what %j asks", async (path, body, status, code) => {
    const answer = await post(path, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(at.hub.heard).toEqual([]);
  });

  it("fails the calls of one method where chaos names it", async () => {
    const chaos = { platform: "slack", method: "conversations.list", next: 1, answer: 503 };
    expect((await post("/chaos", chaos)).status).toBe(204);
    const message = { channel: at.channelId("#ops"), text: "x" };
    expect((await at.call("chat.postMessage", message)).body.ok).toBe(true);
    await expect(at.call("conversations.list")).rejects.toThrow();
    expect((await at.call("conversations.list")).body.ok).toBe(true);
  });
});
