import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../fixtures/teams/messages.ts";
import {
  fromApp,
  listen,
  type Rig,
  type ScriptedInbox,
  startRig,
} from "../../fixtures/teams/rig.ts";

const silent: ScriptedInbox["answer"] = async () => {
  throw new Error("Nobody clicks in this test.");
};

let rig: Rig;
afterEach(() => rig.close());

describe("posting to a channel of Teams", () => {
  it.each([
    ["BotNotInConversationRoster", "disconnected", 403],
    ["BotDisabledByAdmin", "disconnected", 403],
    ["ServiceError", "retry", 500],
    [429, "retry", 429],
    [503, "retry", 503],
    [412, "retry", 412],
  ])("U13: reports %s as %s after one try", async (answer, kind, status) => {
    rig = await startRig(silent);
    rig.sandbox.setChaos({ next: 5, answer, effect: "before" });
    const report = await rig.app.adapter.post(rig.general, waiting);
    expect(report).toMatchObject({ result: { kind }, status });
    expect(rig.sandbox.chaosLeft()).toBe(4);
    expect(fromApp(rig.sandbox)).toEqual([]);
  });

  it("begins a message of its own, and no reply to an activity that is not there", async () => {
    rig = await startRig(silent);
    await rig.app.adapter.post(rig.general, waiting);
    const path = `/sandbox/teams/connector/emea/v3/conversations/${rig.general.channelId}/activities`;
    expect(rig.seen.filter((request) => request.includes("/activities"))).toEqual([`POST ${path}`]);
  });

  it("U9: calls a lost connection unknown and does not repeat the post", async () => {
    rig = await startRig(silent);
    rig.sandbox.setChaos({ next: 5, answer: "reset", effect: "after" });
    const report = await rig.app.adapter.post(rig.general, waiting);
    expect(report.result).toMatchObject({ kind: "unknown" });
    expect(rig.sandbox.chaosLeft()).toBe(4);
    expect(fromApp(rig.sandbox)).toHaveLength(1);
  });

  it("keeps the wait that Teams names at its limit of 7 in a second", async () => {
    rig = await startRig(silent);
    const reports = [];
    for (let index = 0; index < 8; index += 1) {
      reports.push(await rig.app.adapter.post(rig.general, waiting));
    }
    expect(reports.slice(0, 7).every(({ result }) => result.kind === "sent")).toBe(true);
    expect(reports[7]).toMatchObject({
      status: 429,
      result: { kind: "retry", because: "Throttled", afterMs: 1_000 },
    });
    rig.clock.advance(1_000);
    expect(await rig.app.adapter.post(rig.general, waiting)).toMatchObject({ status: 201 });
  });

  it("is refused by the 61st send in 30 seconds", async () => {
    rig = await startRig(silent);
    for (let index = 0; index < 60; index += 1) {
      rig.clock.advance(200);
      expect(await rig.app.adapter.post(rig.general, waiting)).toMatchObject({ status: 201 });
    }
    rig.clock.advance(200);
    expect(await rig.app.adapter.post(rig.general, waiting)).toMatchObject({ status: 429 });
  });

  it("says that a channel is gone", async () => {
    rig = await startRig(silent);
    const gone = { ...rig.general, channelId: "19:gone@thread.tacv2" };
    expect(await rig.app.adapter.post(gone, waiting)).toMatchObject({
      status: 404,
      result: { kind: "rejected", because: "ConversationNotFound" },
    });
  });

  it("sends the bot's token to no host that the operator did not allow", async () => {
    rig = await startRig(silent, (settings) => ({ ...settings, serviceHosts: ["smba.example"] }));
    const report = await rig.app.adapter.post(rig.general, waiting);
    expect(report.result).toEqual({ kind: "rejected", because: "service_host_not_allowed" });
    expect(fromApp(rig.sandbox)).toEqual([]);
  });

  it("A20 U19: holds what is meant for a tenant that the operator allows no more, and calls nobody", async () => {
    rig = await startRig(silent);
    const theirs = { ...rig.general, entraTenantId: "11111111-1111-4111-8111-111111111111" };
    const before = rig.seen.length;
    const report = await rig.app.adapter.post(theirs, waiting);
    const because = "tenant_not_allowed";
    expect(report.result).toEqual({ kind: "disconnected", because, from: "workspace" });
    expect(rig.seen).toHaveLength(before);
  });

  it("A17 A20: holds what is meant for a tenant that is not connected, though the bot's token is good there", async () => {
    rig = await startRig(silent);
    const { allowedTenants = [] } = rig.settings;
    const theirs = { ...rig.general, entraTenantId: allowedTenants[0] ?? "" };
    const { channelId: channel, serviceUrl, entraTenantId: workspace } = theirs;
    const ref = { platform: "teams", workspace, channel, serviceUrl, message: "1" } as const;
    for (const report of [
      await rig.app.adapter.post(theirs, waiting),
      await rig.app.adapter.edit(ref, waiting),
    ]) {
      const because = "not_installed: the tenant is not connected";
      expect(report.result).toEqual({ kind: "disconnected", because, from: "workspace" });
    }
    expect(fromApp(rig.sandbox)).toEqual([]);
  });

  it("tries later when nobody listens there", async () => {
    const { url, server } = await listen([]);
    await new Promise((resolve) => server.close(resolve));
    rig = await startRig(silent, (own) => ({ ...own, serviceHosts: [new URL(url).host] }));
    const nobody = { ...rig.general, serviceUrl: `${url}/` };
    const report = await rig.app.adapter.post(nobody, waiting);
    expect(report.result).toEqual({ kind: "retry", because: "ECONNREFUSED" });
  });
});

describe("the login of the bot", () => {
  it.each([
    ["a wrong secret", { appPassword: "wrong" }, "AADSTS7000215"],
    ["an unknown app", { appId: "00000000-0000-4000-8000-000000000000" }, "AADSTS700016"],
    ["an unknown tenant", { tenantId: "00000000-0000-4000-8000-000000000000" }, "AADSTS90002"],
  ])("reports %s by its code, and nothing is sent", async (_, change, code) => {
    // The card's own tenant stays an allowed one.
    rig = await startRig(silent, ({ tenantId, ...settings }) => ({
      ...{ ...settings, tenantId, allowedTenants: [tenantId] },
      ...change,
    }));
    const report = await rig.app.adapter.post(rig.general, waiting);
    expect(report.result).toEqual({ kind: "disconnected", because: code, from: "workspace" });
    expect(fromApp(rig.sandbox)).toEqual([]);
  });

  it("is asked once for posts that leave together", async () => {
    rig = await startRig(silent);
    const login = `POST /sandbox/teams/login/${rig.settings.tenantId}/oauth2/v2.0/token`;
    const reports = await Promise.all(
      [1, 2, 3].map(() => rig.app.adapter.post(rig.general, waiting)),
    );
    expect(reports.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(rig.seen.filter((request) => request === login)).toHaveLength(1);
  });
});
