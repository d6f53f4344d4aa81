import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/domain/json.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { waiting } from "../../fixtures/teams/messages.ts";
import { fromApp, issuerOf, newest, type Rig, startRig } from "../../fixtures/teams/rig.ts";

let rig: Rig;
let token: string;
beforeEach(async () => {
  rig = await startRig(async () => {
    throw new Error("Nobody clicks in this test.");
  });
  token = String((await login({})).body["access_token"]);
});
afterEach(() => rig.close());

async function login(change: Record<string, string>, tenant = rig.settings.tenantId) {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: rig.settings.appId,
    client_secret: rig.settings.appPassword,
    scope: "https://api.botframework.com/.default",
    ...change,
  });
  const address = `${rig.settings.loginUrl}/${tenant}/oauth2/v2.0/token`;
  const response = await fetch(address, { method: "POST", body: form });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

async function call(method: string, path: string, body?: unknown, bearer = token) {
  const response = await fetch(`${rig.general.serviceUrl}v3/${path}`, {
    method,
    headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

const here = () => `conversations/${encodeURIComponent(rig.general.channelId)}`;
const activity = (card: unknown, more: object = {}) => ({
  type: "message",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
  ...more,
});
const refusal = (status: number, code: string) => ({
  status,
  body: { error: { code, message: expect.any(String) } },
});
const simple = (more: object) => ({ type: "AdaptiveCard", version: "1.5", body: [], ...more });

describe("the login of the sandbox", () => {
  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, 7000215],
    ["an unknown app", { client_id: "other" }, 400, 700016],
    ["another scope", { scope: "https://graph.microsoft.com/.default" }, 400, 70011],
    ["another grant", { grant_type: "password" }, 400, 70003],
  ])("refuses %s as Microsoft does", async (_, change, status, code) => {
    expect(await login(change)).toMatchObject({ status, body: { error_codes: [code] } });
  });

  it("refuses an unknown tenant", async () => {
    expect(await login({}, "other")).toMatchObject({ status: 400, body: { error_codes: [90002] } });
  });
});

describe("the connector of the sandbox", () => {
  it.each(["", "abc", "e30.e30.e30"])("refuses the token %j", async (bearer) => {
    expect(await call("POST", `${here()}/activities`, activity(simple({})), bearer)).toEqual(
      refusal(401, "Unauthorized"),
    );
  });

  it("refuses a token that the same key signed for the bot to read", async () => {
    const { appId } = rig.settings;
    const forBot = await issuerOf(rig).sign({ aud: appId, appid: appId }, 600);
    expect(await call("GET", `${here()}/members`, undefined, forBot)).toMatchObject({
      status: 401,
    });
    const aud = "https://api.botframework.com";
    const tid = rig.settings.tenantId;
    for (const claims of [
      { aud, appid: "other", tid },
      // Of the app, and from a tenant that is not the home of its bot (PLATFORMS 2.2).
      { aud, appid: appId, tid: rig.settings.allowedTenants?.[0] ?? "" },
    ]) {
      const foreign = await issuerOf(rig).sign(claims, 600);
      expect(await call("GET", `${here()}/members`, undefined, foreign)).toMatchObject({
        status: 401,
      });
    }
  });

  it.each([
    ["a version that Teams does not draw", simple({ version: "1.6" }), 400, "BadArgument"],
    [
      "an element that Teams does not know",
      simple({ body: [{ type: "Chart" }] }),
      400,
      "BadArgument",
    ],
    ["a number as text", simple({ body: [{ type: "TextBlock", text: 1 }] }), 400, "BadArgument"],
    [
      "a card over the size limit",
      simple({ body: [{ type: "TextBlock", text: "x".repeat(15_000) }] }),
      413,
      "MessageSizeTooBig",
    ],
  ])("refuses %s", async (_, card, status, code) => {
    expect(await call("POST", `${here()}/activities`, activity(card))).toEqual(
      refusal(status, code),
    );
    expect(fromApp(rig.sandbox)).toEqual([]);
  });

  it("refuses an activity that says nothing, and another kind of attachment", async () => {
    const path = `${here()}/activities`;
    expect(await call("POST", path, { type: "message" })).toEqual(refusal(400, "BadSyntax"));
    const hero = { contentType: "application/vnd.microsoft.card.hero", content: {} };
    const body = { type: "message", attachments: [hero] };
    expect(await call("POST", path, body)).toEqual(refusal(400, "BadArgument"));
  });

  it("U12: gives no id for text with a card, so that it can never be edited", async () => {
    const both = activity(renderCard(waiting), { text: "A request waits" });
    expect(await call("POST", `${here()}/activities`, both)).toEqual({
      status: 202,
      body: undefined,
    });
    const id = newest(rig.sandbox).id.split(":").at(-1);
    expect(await call("PUT", `${here()}/activities/${id}`, activity(renderCard(waiting)))).toEqual(
      refusal(404, "ActivityNotFoundInConversation"),
    );
  });

  it("posts, edits and deletes, with and without the message in the conversation id", async () => {
    const card = renderCard(waiting);
    const posted = await call("POST", `${here()}/activities`, activity(card, { summary: "s" }));
    expect(posted).toEqual({ status: 201, body: { id: expect.stringMatching(/^\d{13}$/) } });
    const { id } = posted.body as { id: string };
    const thread = `conversations/${encodeURIComponent(`${rig.general.channelId};messageid=${id}`)}`;
    expect(await call("PUT", `${thread}/activities/${id}`, activity(card))).toMatchObject({
      status: 200,
    });
    expect(newest(rig.sandbox).edits).toBe(1);
    expect(await call("DELETE", `${here()}/activities/${id}`)).toMatchObject({ status: 200 });
    expect(newest(rig.sandbox).deleted).toBe(true);
    expect(await call("DELETE", `${here()}/activities/${id}`)).toMatchObject({ status: 404 });
  });

  it("edits no message of a person", async () => {
    rig.sandbox.say({ person: "Ann", channel: "Ops › General", text: "hello" });
    const said = newest(rig.sandbox);
    expect(said).toMatchObject({ text: "hello", author: { name: "Ann", app: false } });
    const path = `${here()}/activities/${said.id.split(":").at(-1)}`;
    expect(await call("PUT", path, activity(renderCard(waiting)))).toMatchObject({ status: 404 });
  });

  it("lists people with their roles, and one by either id", async () => {
    const { body } = await call("GET", `${here()}/members`);
    expect(body.map((one: JsonObject) => [one["name"], one["userRole"]])).toEqual([
      ["Ann", "user"],
      ["Ben", "user"],
      ["Chloé", "user"],
      ["Dov", "guest"],
      ["Eve", "user"],
    ]);
    for (const id of [body[3].id, body[3].aadObjectId]) {
      const member = await call("GET", `${here()}/members/${encodeURIComponent(id)}`);
      expect(member.body).toMatchObject({ name: "Dov", tenantId: rig.settings.tenantId });
    }
    expect(await call("GET", `${here()}/members/nobody`)).toMatchObject({ status: 404 });
  });

  it("lists the channels of a team, General without a name", async () => {
    const team = encodeURIComponent(rig.general.channelId);
    const { body } = await call("GET", `teams/${team}/conversations`);
    expect(body.conversations).toMatchObject([
      { id: rig.general.channelId },
      { name: "Incidents" },
      { name: "On call" },
    ]);
    expect(body.conversations[0]).not.toHaveProperty("name");
  });
});

describe("trouble on order", () => {
  it("comes before or after the call took effect, in the channel that was named", async () => {
    const path = `${here()}/activities`;
    const body = activity(renderCard(waiting));
    rig.sandbox.setChaos({ channel: "Finance › General", next: 1, answer: 500, effect: "before" });
    expect(await call("POST", path, body)).toMatchObject({ status: 201 });
    rig.sandbox.setChaos({ channel: "Ops › General", next: 1, answer: 500, effect: "after" });
    expect(await call("POST", path, body)).toEqual(refusal(500, "ServiceError"));
    expect(fromApp(rig.sandbox)).toHaveLength(2);
    rig.sandbox.setChaos({ next: 2, answer: "BotNotInConversationRoster", effect: "before" });
    expect(await call("POST", path, body)).toEqual(refusal(403, "BotNotInConversationRoster"));
    expect(rig.sandbox.chaosLeft()).toBe(1);
    rig.sandbox.setChaos(undefined);
    expect(await call("POST", path, body)).toMatchObject({ status: 201 });
  });

  it("gives no answer at all where that was ordered", async () => {
    rig.sandbox.setChaos({ next: 1, answer: "timeout", effect: "before" });
    const response = fetch(`${rig.general.serviceUrl}v3/${here()}/activities`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify(activity(renderCard(waiting))),
      signal: AbortSignal.timeout(150),
    });
    await expect(response).rejects.toMatchObject({ name: "TimeoutError" });
    expect(rig.sandbox.chaosLeft()).toBe(0);
  });
});
