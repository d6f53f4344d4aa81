import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import { createPlatformSettings } from "../../../../core/hub/platform-settings.ts";
import type { KeysVerdict } from "../../../../core/ports/app-setup.ts";
import { createVault } from "../../../../core/secrets.ts";
import type { SetupDeps } from "../../../../core/web/connecting/setup-deps.ts";
import { handClock } from "../../../contracts/hand-clock.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { noSetup, teamsCloud } from "../../../fixtures/rig/no-setup.ts";
import { organization, startWebHub, type WebHub } from "../../../fixtures/rig/web-hub.ts";

const page = "/workspaces/slack/setup";
const keys = {
  clientId: "123.456",
  clientSecret: "client-secret-1",
  signingSecret: "signing-secret-1",
};
const slackPlaces = { apiUrl: "http://127.0.0.1:9/api/", authorizeUrl: "http://127.0.0.1:9/o" };

describe("setting up the operator's Slack app", () => {
  let web: WebHub;
  let looks: number;
  let trouble: readonly string[];
  let verdict: KeysVerdict;
  let version: string;
  let admin: ConsoleVisitor;

  const start = async (
    environment: Parameters<typeof createPlatformSettings>[0]["environment"],
  ) => {
    [looks, trouble, verdict, version] = [0, [], { kind: "fit" }, "one"];
    const slackApp: SetupDeps["slackApp"] = async () => ({
      ...(await noSetup.slackApp()),
      rights: [{ scope: "chat:write", why: "Post messages", optional: false }],
      manifest: (transport) => `{"manifest":"${version}","transport":"${transport}"}`,
      createUrl: (transport) => `https://slack.invalid/apps?new_app=1&manifest_json=${transport}`,
      differences: (before, after) => (before === after ? [] : ["new: scopes chat:read"]),
      tryKeys: async () => verdict,
    });
    web = await startWebHub({
      clock: handClock(),
      web: ({ hub }) => ({
        setup: {
          ...noSetup,
          slackApp,
          lookNow: async () => {
            looks += 1;
            return trouble;
          },
          settings: createPlatformSettings({
            ...{ store: hub.store, organization, environment, slackPlaces, teamsCloud },
            vault: createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) }),
          }),
        },
      }),
    });
    const ann = { id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" };
    await web.store.people.insert({ ...ann, roles: ["admin"] });
    const ben = { id: deriveId("person", "Ben"), organization, revision: 1, name: "Ben" };
    await web.store.people.insert({ ...ben, roles: ["router"] });
    admin = await visitAs(web, ann.id);
  };
  beforeEach(() => start({}));
  afterEach(() => web.close());

  it("U25: leads to Slack with the manifest filled in, and names every right with its reason", async () => {
    const { status, body } = await admin.get(page);
    expect(status).toBe(200);
    expect(body).toContain("https://slack.invalid/apps?new_app=1&amp;manifest_json=http");
    expect(body).toMatch(/chat:write<\/code><span>Post messages/);
    expect(body).toContain("PUBLIC_URL is not set");
    const socket = await admin.get(`${page}?transport=socket`);
    expect(socket.body).toContain("manifest_json=socket");
    expect(socket.body).toContain('name="appToken"');
    expect(socket.body).not.toContain('name="signingSecret"');
  });

  it.each(["signature_wrong", "too_old"])(
    "A14: a call of Slack that was refused as %s names the signing secret and the clock",
    async (because) => {
      expect((await admin.get(page)).body).not.toContain("Refused");
      const refused = { kind: "request.refused", status: 401, because } as const;
      web.log.write({ ...refused, door: "/api/messages" });
      web.log.write({ ...refused, door: "/slack/events", because: "workspace_unknown" });
      expect((await admin.get(page)).body).not.toContain("Refused");
      web.log.write({ ...refused, door: "/slack/events" });
      const { body } = await admin.get(page);
      expect(body).toMatch(/Refused <time[^>]*>[^<]+<\/time>: A call to the hub's Slack/);
      expect(body).toContain("compares the signing secret");
      expect(body).toContain(`<code>${because}</code>`);
    },
  );

  it("A3: three pasted values are in use at once, and no secret is shown again", async () => {
    const saved = await admin.post(page, page, keys);
    expect([saved.status, saved.headers.get("location")]).toEqual([303, `${page}?done=saved`]);
    expect(looks).toBe(1);
    const { body } = await admin.get(`${page}?done=saved`);
    expect(body).toContain("no restart is needed");
    expect(body).toContain('value="123.456"');
    expect(body).not.toMatch(/client-secret-1|signing-secret-1/);
    expect(body).toContain('href="/slack/install"');
  });

  it("A4: takes an app-level token in place of the signing secret, and shows that way from then on", async () => {
    const { signingSecret: _, ...rest } = keys;
    const socket = { ...rest, appToken: "xapp-1-token" };
    const saved = await admin.post(page, `${page}?transport=socket`, socket);
    expect(saved.status).toBe(303);
    const { body } = await admin.get(page);
    expect(body).toContain('name="appToken"');
    expect(body).not.toContain("xapp-1-token");
    expect(body).not.toContain("older manifest");
  });

  it("names each field that is wrong, keeps the client id, and saves nothing", async () => {
    const answer = await admin.post(page, page, { ...keys, signingSecret: "" });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatch(/id="signingSecret-error">Missing: the Signing Secret/);
    expect(answer.body).toContain('value="123.456"');
    expect(answer.body).not.toContain("client-secret-1");
    expect(looks).toBe(0);
    expect((await admin.get("/workspaces/slack/setup")).body).not.toContain("123.456");
  });

  it("says so when the keys are saved and the platform could not be loaded", async () => {
    trouble = ["Error: no such module"];
    const answer = await admin.post(page, page, keys);
    expect(answer.body).toContain("Saved, but the connection to Slack did not start");
    expect(answer.body).toContain("no such module");
  });

  it.each<[string, KeysVerdict, RegExp]>([
    ["fitting keys", { kind: "fit" }, /Slack knows this Client ID and Client Secret/],
    [
      "a wrong client id",
      { kind: "wrong", code: "invalid_client_id" },
      /Slack knows no app with this Client ID/,
    ],
    [
      "a wrong secret",
      { kind: "wrong", code: "bad_client_secret" },
      /The Client Secret does not belong to this Client ID/,
    ],
    [
      "silence",
      { kind: "unknown", because: "no answer" },
      /gave no answer about the keys: no answer/,
    ],
  ])("A3: testing tells %s", async (_, told, text) => {
    await admin.post(page, page, keys);
    verdict = told;
    const answer = await admin.post(page, `${page}/test`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(text);
  });

  it("U25: shows what an upgrade changed until somebody says that the app was changed", async () => {
    await admin.post(page, page, keys);
    expect((await admin.get(page)).body).not.toContain("older manifest");
    version = "two";
    const { body } = await admin.get(page);
    expect(body).toContain("new: scopes chat:read");
    await admin.post(page, `${page}/changed`);
    expect((await admin.get(page)).body).not.toContain("older manifest");
  });

  it("forgets the keys when asked", async () => {
    await admin.post(page, page, keys);
    const { status } = await admin.post(page, `${page}/remove`);
    expect(status).toBe(303);
    expect(looks).toBe(2);
    expect((await admin.get(page)).body).not.toContain("123.456");
  });

  it("yields to the environment, and says so", async () => {
    await web.close();
    await start({ slack: { ...keys, ...slackPlaces, clientId: "9.9" } });
    const { body } = await admin.get(page);
    expect(body).toContain("which wins over this page");
    expect(body).not.toContain('name="clientSecret"');
    expect((await admin.post(page, page, keys)).body).toContain("Nothing was saved");
    expect(looks).toBe(0);
  });

  it("is for admins, and no form passes without the session's token", async () => {
    const router = await visitAs(web, deriveId("person", "Ben"));
    expect((await router.get(page)).status).toBe(403);
    expect((await router.post("/approvals", page, keys)).status).toBe(403);
    expect((await admin.post(page, page, { ...keys, _csrf: "forged" })).status).toBe(403);
    expect(looks).toBe(0);
  });
});
