import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Installations } from "../../../core/ports/installations.ts";
import { createSlackApp } from "../../../slack-app/slack-app.ts";
import { startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";
import { FakeInbox, refused, sign } from "../rig.ts";

const signingSecret = "a secret of this test";
const settings = {
  ...{ clientId: "1.2", clientSecret: "x", signingSecret },
  ...{ apiUrl: "http://127.0.0.1:1/api/", authorizeUrl: "http://127.0.0.1:1/oauth" },
};
const installations: Installations = {
  slack: async (slackTeamId) => ({
    ...{ platform: "slack", slackTeamId, name: "Acme", botToken: "xoxb-1" },
    ...{ botId: "B1", botUserId: "U0", scopes: [] },
  }),
  teams: async () => undefined,
};

describe("the Slack door behind the whole web server, with its body parsers", () => {
  let web: WebHub;
  let inbox: FakeInbox;
  let close: () => Promise<void>;
  beforeEach(async () => {
    inbox = new FakeInbox();
    inbox.answer = () => refused;
    const clock = { now: () => new Date() };
    const log = { write: () => {} };
    const app = await createSlackApp(settings, { inbox, installations, clock, log });
    close = app.close;
    web = await startWebHub({ clock, web: () => ({ mounts: app.mounts }) });
  });
  afterEach(async () => {
    await close();
    await web.close();
  });

  const send = (body: string, contentType: string) =>
    fetch(`${web.url}/slack/events`, {
      method: "POST",
      body,
      headers: { ...sign(signingSecret, body), "content-type": contentType },
    });
  const press = {
    type: "block_actions",
    team: { id: "T1" },
    user: { id: "U1", team_id: "T1" },
    container: { type: "message", message_ts: "1.0", channel_id: "C1" },
    trigger_id: "1.2.abc",
    actions: [{ type: "button", action_id: "approve", value: "apr_1.d", action_ts: "2.0" }],
  };

  it.each([
    ["a form", (text: string) => `payload=${encodeURIComponent(text)}`],
    [
      "a form with a plus for each blank",
      (text: string) => `payload=${new URLSearchParams({ x: text }).toString().slice(2)}`,
    ],
    [
      "a form with more fields around",
      (text: string) => `a=%20b&payload=${encodeURIComponent(text)}&c=%F0%9F%9A%A6`,
    ],
  ])("U16: checks the signature over %s, byte for byte", async (_what, write) => {
    const body = write(JSON.stringify(press, null, 1));
    expect((await send(body, "application/x-www-form-urlencoded")).status).toBe(200);
    expect(inbox.clicks).toHaveLength(1);
  });

  it("U16: checks it over JSON with blanks, escapes and repeated names, too", async () => {
    const body = '{ "type":"url_verification",\n "challenge":"\\u0063\\u2603", "x":1, "x":2 }';
    const answer = await send(body, "application/json");
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("c☃")]);
    const forged = await fetch(`${web.url}/slack/events`, {
      method: "POST",
      body: body.replace("\n", ""),
      headers: { ...sign(signingSecret, body), "content-type": "application/json" },
    });
    expect(forged.status).toBe(401);
  });
});
