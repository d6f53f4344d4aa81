import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEnginesSideBySide } from "../fixtures/rig/engines.ts";
import { SlackForger, TeamsForger } from "../fixtures/rig/forger.ts";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface ApprovalBody {
  readonly state: string;
  readonly votes: readonly unknown[];
}

onEnginesSideBySide("forged requests", (engine) => {
  let hub: RunningHub;
  let slack: SlackForger;
  let teams: TeamsForger;
  beforeAll(async () => {
    hub = await engine.start();
    await openRequest(hub);
    slack = new SlackForger(hub);
    teams = new TeamsForger(hub);
  });
  afterAll(() => endStory(hub));

  const stored = async (approval: string) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;

  it("G1: the same click, rightly signed, counts (so the others are refused for what they lack)", async () => {
    const { approval, copies } = await openRequest(hub);
    expect((await slack.post(slack.click(copies.slack))).status).toBe(200);
    expect(await stored(approval)).toMatchObject({ state: "approved", votes: [{ name: "Ann" }] });
  });

  it.each([
    ["a wrong signature", { headers: { "x-slack-signature": `v0=${"0".repeat(64)}` } }],
    ["a signature of another length", { headers: { "x-slack-signature": "v0=00" } }],
    ["no signature", { headers: { "x-slack-signature": null } }],
    ["no timestamp", { headers: { "x-slack-request-timestamp": null } }],
    ["a timestamp that is no number", { headers: { "x-slack-request-timestamp": "now" } }],
    ["a timestamp of six minutes ago", { ageS: 360 }],
    ["a timestamp of an hour ahead", { ageS: -3_600 }],
  ])("G1: Slack's door answers 401 to %s, without effect", async (_, given) => {
    const { approval, copies } = await openRequest(hub);
    expect((await slack.post(slack.click(copies.slack), given)).status).toBe(401);
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it("G1: the same signed click again gets the same answer and no second vote", async () => {
    const { approval, copies } = await openRequest(hub);
    const body = slack.click(copies.slack);
    const first = await slack.post(body);
    const closed = await stored(approval);
    const second = await slack.post(body);
    expect(second).toEqual(first);
    expect(await stored(approval)).toEqual(closed);
    expect(closed.votes).toHaveLength(1);
  });

  it("G1: a click of a workspace that is not installed has no effect", async () => {
    const { approval, copies } = await openRequest(hub);
    await slack.post(slack.click(copies.slack, { team: "T0FOREIGN1" }));
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it("G1: a click whose value was changed has no effect", async () => {
    const { approval, copies } = await openRequest(hub);
    const value = `${approval}.${"0".repeat(32)}`;
    expect((await slack.post(slack.click(copies.slack, { value }))).status).toBe(200);
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it("G2: a press with changed card data is told so, and has no effect", async () => {
    const { approval, copies } = await openRequest(hub);
    const value = { countersign: `${approval}.${"0".repeat(32)}` };
    const press = teams.press(copies.teams, {}, value);
    const { body } = await teams.post(press, await teams.token());
    expect(body).toContain("What this card shows is not what the request says now");
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it("G2: the same press with a good token counts (so the others are refused for what they lack)", async () => {
    const request = await openRequest(hub);
    const { status, body } = await teams.post(
      teams.press(request.copies.teams),
      await teams.token(),
    );
    expect([status, JSON.parse(body).statusCode]).toEqual([200, 200]);
    expect(await stored(request.approval)).toMatchObject({ state: "approved" });
    await closedCopy(hub, request, "slack");
  });

  it.each([
    ["no token", async () => undefined],
    ["a token of another key", () => teams.token({}, { ownKey: true })],
    ["a token for another app", () => teams.token({ aud: "00000000-0000-0000-0000-000000000000" })],
    ["a token of another issuer", () => teams.token({ iss: "https://evil.example" })],
    ["a token without exp", () => teams.token({ exp: undefined })],
    ["a token that expired", () => teams.token({ exp: Math.floor(Date.now() / 1_000) - 900 })],
    [
      "a token that is not valid yet",
      () => teams.token({ nbf: Math.floor(Date.now() / 1_000) + 1_800 }),
    ],
    [
      "a token whose serviceurl differs",
      () => teams.token({ serviceurl: "https://evil.example/" }),
    ],
    [
      "alg none",
      async () => {
        const [, claims] = (await teams.token()).split(".");
        const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString(
          "base64url",
        );
        return `${header}.${claims}.`;
      },
    ],
    ["text that is no token", async () => "nonsense"],
  ])("G2: Teams' door answers 401 to %s, without effect", async (_, token) => {
    const { approval, copies } = await openRequest(hub);
    expect((await teams.post(teams.press(copies.teams), await token())).status).toBe(401);
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it.each([
    [
      "a foreign tenant",
      (channel: string) => ({
        channelData: { tenant: { id: "11111111-2222-3333-4444-555555555555" } },
        conversation: { id: channel, tenantId: "11111111-2222-3333-4444-555555555555" },
      }),
      {},
    ],
    [
      "a foreign serviceUrl, in claim and body alike",
      () => ({ serviceUrl: "https://evil.example/" }),
      { serviceurl: "https://evil.example/" },
    ],
    ["no serviceUrl", () => ({ serviceUrl: undefined }), { serviceurl: undefined }],
  ])("G2: Teams' door refuses %s with a good token, without effect", async (_, change, claims) => {
    const { approval, copies } = await openRequest(hub);
    const activity = teams.press(copies.teams, change(copies.teams.channel));
    const { status } = await teams.post(activity, await teams.token(claims));
    expect([401, 403]).toContain(status);
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });

  it("G2: the same activity again gets the same answer and no second vote", async () => {
    const { approval, copies } = await openRequest(hub);
    const activity = teams.press(copies.teams);
    const first = await teams.post(activity, await teams.token());
    const closed = await stored(approval);
    expect(closed).toMatchObject({ state: "approved", votes: [{ name: "Ann" }] });
    const second = await teams.post(activity, await teams.token());
    expect(second.status).toBe(first.status);
    expect(await stored(approval)).toEqual(closed);
  });

  it("G2 U2: a press for an unknown request is told so", async () => {
    const { approval, copies } = await openRequest(hub);
    const value = { countersign: `apr_${"0".repeat(26)}.${"0".repeat(32)}` };
    const { status, body } = await teams.post(
      teams.press(copies.teams, {}, value),
      await teams.token(),
    );
    expect(status).toBe(200);
    expect(body).toContain("Countersign does not know the request on this card.");
    expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
  });
});
