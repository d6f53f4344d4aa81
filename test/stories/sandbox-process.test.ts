import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Problem } from "../fixtures/rig/http.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { SandboxClient } from "../fixtures/rig/sandbox-client.ts";
import { SandboxProcess } from "../fixtures/rig/sandbox-process.ts";

const nobody = "http://127.0.0.1:1";

describe("a sandbox that is a process of its own", () => {
  let sandbox: SandboxProcess;
  beforeAll(async () => {
    sandbox = await SandboxProcess.start(nobody);
  });
  afterAll(() => sandbox.stop());

  const api = (method: string, path: string, body?: object) =>
    ask<Problem>(`${sandbox.url}/sandbox/api${path}`, method, {
      key: sandbox.key,
      ...(body ? { body } : {}),
    });

  it("opens its page by its link, once, and shows it to nobody else", async () => {
    const page = `${sandbox.url}/sandbox`;
    expect((await ask(page, "GET")).status).toBe(401);
    const entered = await ask(sandbox.signInUrl, "GET");
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/sandbox"]);
    const set = entered.headers.getSetCookie()[0] ?? "";
    expect(set).toMatch(/HttpOnly.*SameSite=Lax/i);
    const cookie = set.split(";")[0] ?? "";
    const shown = await ask<string>(page, "GET", { headers: { cookie } });
    expect([shown.status, shown.body]).toEqual([200, expect.stringContaining('id="sandbox"')]);
    expect((await ask(sandbox.signInUrl, "GET")).status).toBe(410);
    const events = await ask(`${sandbox.url}/v1/events?limit=6`, "GET", { headers: { cookie } });
    expect([events.status, events.body]).toEqual([200, { items: [], next: null }]);
  });

  it("serves its API to its key alone", async () => {
    const { status, body } = await api("GET", "/messages?platform=slack");
    expect([status, body]).toEqual([200, expect.objectContaining({ items: expect.any(Array) })]);
    const client = new SandboxClient(sandbox.url, sandbox.key);
    expect((await client.messages("slack")).length).toBeGreaterThan(0);
    expect((await ask(`${sandbox.url}/sandbox/api/messages`, "GET")).status).toBe(401);
  });

  it("says that another process's clock cannot be moved, and that it has no key to send with", async () => {
    const clock = await api("POST", "/clock", { advance: "24h" });
    expect([clock.status, clock.body.code]).toEqual([409, "clock_elsewhere"]);
    const sent = await api("POST", "/send", { type: "deploy.requested" });
    expect([sent.status, sent.body.code]).toEqual([409, "hub_key_missing"]);
  });

  it("leads to the hub where an address is the hub's, and to no other host", async () => {
    for (const path of ["/approvals/apr_1", "//evil.example/approvals", "/events?x=1"]) {
      const { status, headers } = await ask(sandbox.url + path, "GET");
      expect(status).toBe(302);
      expect(new URL(headers.get("location") ?? "").origin).toBe(nobody);
    }
  });

  it.each([
    [["--hub", "hub.example"], /--hub: came hub\.example/],
    [["--hub", nobody, "--port", "http"], /--port: came http/],
    [[], /--hub <address>/],
  ])("refuses %j with what is allowed, and exit code 2", async (words, says) => {
    const running = launch(["sandbox", ...words], sandbox.folder);
    expect((await running.ended).code).toBe(2);
    expect(running.lines.all.join("\n")).toMatch(says);
  });

  it("begins without the app in Slack and Teams where that is asked for, and names the token of Socket Mode", async () => {
    const other = await SandboxProcess.start(nobody, "--uninstalled");
    const listed = await ask<{ items: readonly { readonly installed: boolean }[] }>(
      `${other.url}/sandbox/api/workspaces`,
      "GET",
      { key: other.key },
    );
    expect(listed.body.items.map(({ installed }) => installed)).toEqual(Array(6).fill(false));
    expect(other.socketSetting).toMatch(/^SLACK_APP_TOKEN=xapp-1-/);
    expect(Object.keys(other.hubSettings)).not.toContain("SLACK_APP_TOKEN");
    expect(other.hubSettings["TEAMS_ALLOWED_TENANTS"]).toMatch(/^[\w-]{36}$/);
    await other.stop();
  });

  it("ends on Ctrl-C with exit code 0", async () => {
    const other = await SandboxProcess.start(nobody);
    expect((await other.stop()).code).toBe(0);
  });
});

describe("a hub that has nothing but a sandbox's settings", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-empty-"));
  let sandbox: SandboxProcess;
  let hub: HubProcess;
  let url = "";
  beforeAll(async () => {
    sandbox = await SandboxProcess.start(nobody);
    const { PUBLIC_URL: _, ...settings } = sandbox.hubSettings;
    hub = launch(["serve"], folder, { PORT: "0", DATA_DIR: join(folder, "data"), ...settings });
    url = new URL((await hub.lines.until(/^ {2}API +http/)).replace(/^ {2}API +/, "")).origin;
  });
  afterAll(async () => {
    await hub.end("SIGINT");
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("starts with an empty database, is ready, and hears both platforms", async () => {
    expect((await ask(`${url}/readyz`, "GET")).status).toBe(200);
    const slack = await ask(`${url}/slack/events`, "POST", { body: "payload=%7B%7D" });
    const teams = await ask(`${url}/api/messages`, "POST", { body: { type: "message" } });
    expect(slack.status).toBe(401);
    expect([400, 401]).toContain(teams.status);
    expect(hub.lines.all.join("\n")).not.toContain("hub.trouble");
  });
});
