import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanEnvironment, launch } from "../fixtures/rig/hub-process.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";

/** Ask with headers that `fetch` would not let through, such as a foreign Host. */
async function askAs(url: string, headers: Readonly<Record<string, string>>) {
  const asked = request(url, { headers: { ...headers } }).end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode as number, body };
}

describe("start", () => {
  let hub: RunningHub;
  let spare = "";
  beforeAll(async () => {
    spare = mkdtempSync(join(tmpdir(), "countersign-start-"));
    hub = await RunningHub.start();
  });
  afterAll(async () => {
    await hub.stop();
    rmSync(spare, { recursive: true, force: true });
  });

  /** Start with settings that must not start, and answer what a person reads. */
  async function refused(environment: Readonly<Record<string, string>>) {
    const running = launch(["serve"], spare, { DATA_DIR: join(spare, "data"), ...environment });
    const { code } = await running.ended;
    return { code, text: running.lines.all.join("\n") };
  }

  it("prints where to go and a curl that works as it stands", async () => {
    const { url, startLink, curl, key } = hub.block;
    expect(url).toMatch(/^http:\/\/(localhost|127\.0\.0\.1):\d+$/);
    expect(startLink.startsWith(`${url}/start/`)).toBe(true);
    expect(key).toMatch(/^cs_/);
    const { stdout } = spawnSync("bash", ["-c", `${curl} -w '\n%{http_code}'`], {
      encoding: "utf8",
      env: cleanEnvironment(),
    });
    const [body = "", status] = stdout.trim().split("\n");
    expect(status).toBe("202");
    expect(JSON.parse(body)).toMatchObject({ status: "accepted", known: true });
  });

  it("keeps its folder and its secrets to its owner", () => {
    const mode = (path: string) =>
      (statSync(join(hub.folder, "data", path)).mode & 0o777).toString(8);
    expect(mode(".")).toBe("700");
    expect(mode("sandbox/secrets.json")).toBe("600");
  });

  it("has one request waiting at the first look, in Slack and in Teams", async () => {
    const waits = ({ buttons }: { readonly buttons: readonly { readonly action: string }[] }) =>
      buttons.some(({ action }) => action === "approve");
    expect((await hub.sandbox.message("slack", waits)).deleted).toBe(false);
    expect((await hub.sandbox.message("teams", waits)).deleted).toBe(false);
  });

  it("the start link signs in once, and once only", async () => {
    const { startLink, url } = hub.block;
    const first = await fetch(startLink, { redirect: "manual" });
    expect(first.status).toBe(303);
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    expect(first.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    const page = await fetch(`${url}/sandbox`, { headers: { cookie }, redirect: "manual" });
    expect(page.status).toBe(200);
    const again = await fetch(startLink, { redirect: "manual" });
    expect(again.status).toBe(410);
    const other = again.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const shut = await fetch(`${url}/sandbox`, { headers: { cookie: other }, redirect: "manual" });
    expect(shut.status).toBe(303);
  });

  it("shows the sandbox to nobody who is not signed in and has no key", async () => {
    const page = await fetch(`${hub.url}/sandbox`, { redirect: "manual" });
    expect(page.status).not.toBe(200);
    const api = await fetch(`${hub.url}/sandbox/api/messages`);
    expect(api.status).toBe(401);
  });

  it("H2: serves the OpenAPI document of what it answers, and a page for it", async () => {
    const { status, body } = await hub.call<{
      readonly openapi: string;
      readonly paths: Readonly<Record<string, object>>;
    }>("GET", "/openapi.json");
    expect([status, body.openapi]).toEqual([200, "3.1.0"]);
    for (const path of ["/v1/events", "/v1/approvals/{id}", "/v1/rules"]) {
      expect(Object.keys(body.paths)).toContain(path);
    }
    const docs = await fetch(`${hub.url}/docs`);
    expect(docs.status).toBe(200);
    expect(docs.headers.get("content-security-policy")).toMatch(
      /default-src 'self'|default-src 'none'/,
    );
  });

  it("is alive and ready", async () => {
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });

  it.each([
    ["a foreign Host", { host: "evil.example" }],
    ["a forwarding header", { "x-forwarded-for": "203.0.113.7" }],
    ["a Forwarded header", { forwarded: "for=203.0.113.7" }],
  ])("answers %s with 421 that names PUBLIC_URL", async (_, headers) => {
    const { status, body } = await askAs(`${hub.url}/healthz`, headers);
    expect(status).toBe(421);
    expect(body).toContain("PUBLIC_URL");
  });

  it("refuses a second process on its folder, with the pid of the first", async () => {
    const { pid } = JSON.parse(
      readFileSync(join(hub.folder, "data", "sandbox", "run.json"), "utf8"),
    ) as { readonly pid: number };
    const { code, text } = await refused({ DATA_DIR: join(hub.folder, "data"), PORT: "0" });
    expect(code).toBe(1);
    expect(text).toContain(String(pid));
    expect(text).not.toMatch(/^\s+at /m);
  });

  it("refuses a chosen port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, text } = await refused({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(text).toContain(`Port ${port} is taken`);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it("lists every wrong setting at once", async () => {
    const { code, text } = await refused({ PORT: "http", SANDBOX: "maybe", HOST: "0.0.0.0" });
    expect(code).toBe(1);
    for (const line of [/^ {2}PORT: came http/m, /^ {2}SANDBOX: came maybe/m, /0\.0\.0\.0/]) {
      expect(text).toMatch(line);
    }
    expect(text).not.toMatch(/^\s+at /m);
  });

  it("refuses half of a platform's settings", async () => {
    const { code, text } = await refused({ SLACK_CLIENT_ID: "1.2" });
    expect(code).toBe(1);
    expect(text).toContain("SLACK_SIGNING_SECRET");
  });

  it("refuses a folder that cannot be made, in one sentence", async () => {
    const inTheWay = join(spare, "file");
    writeFileSync(inTheWay, "");
    const { code, text } = await refused({ DATA_DIR: join(inTheWay, "data"), PORT: "0" });
    expect(code).toBe(1);
    expect(text).toContain(inTheWay);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it("answers what it was being asked when it is told to stop", async () => {
    const event = JSON.stringify({ type: "build.finished", id: "last", data: {} });
    const asked = request(`${hub.url}/v1/events`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${hub.block.key}`,
        "content-type": "application/json",
        "content-length": event.length,
      },
    });
    asked.write(event.slice(0, 10));
    await hub.call("GET", "/v1/events");
    const ended = hub.interrupt();
    await hub.line(/^Stopping\./);
    await pause(300);
    asked.end(event.slice(10));
    const [{ statusCode }] = await once(asked, "response");
    expect(statusCode).toBe(202);
    expect(await ended).toMatchObject({ code: 0 });
    await hub.restart();
    const found = await hub.call("GET", "/v1/events?type=build.finished");
    expect(found).toMatchObject({ body: { items: [{ external_id: "last" }] } });
  });

  it("tells who waits for a decision how things stand when it is told to stop", async () => {
    const { body } = await hub.call<{ readonly items: readonly { readonly id: string }[] }>(
      "GET",
      "/v1/approvals?state=open",
    );
    const path = `/v1/approvals/${body.items[0]?.id}`;
    const watched = await fetch(`${hub.url}${path}/stream`, {
      headers: { authorization: `Bearer ${hub.key}` },
    });
    const told = Promise.all([hub.call("GET", `${path}?wait=60`), watched.text()]);
    await pause(300);
    await hub.interrupt();
    expect(await told).toMatchObject([
      { status: 200, body: { state: "open" } },
      expect.stringContaining("event: approval"),
    ]);
    await hub.restart();
  });

  it("lets what is on its way to the sandbox's places arrive when it is told to stop", async () => {
    const other = await RunningHub.start();
    const tried = [];
    for (let start = 0; start < 3; start += 1) {
      await other.post({ type: "deploy.requested", id: `${start}`, subject: `web/${start}` });
      expect((await other.interrupt()).code).toBe(0);
      tried.push(...other.lines.filter((line) => line.includes('"kind":"delivery.attempted"')));
      await other.restart();
    }
    expect(tried.filter((line) => !line.includes('"outcome":"sent"'))).toEqual([]);
    await other.stop();
  });

  it("ends on Ctrl-C within its time, with exit code 0, and starts again on the same folder", async () => {
    const other = await RunningHub.start();
    const receipt = await other.post({ type: "deploy.finished", data: { title: "Kept" } });
    expect((await other.interrupt()).code).toBe(0);
    await other.restart();
    expect((await other.call("GET", `/v1/events/${receipt.id}`)).status).toBe(200);
    await other.stop();
  });

  it("prints no secret into its log but the start block's own", () => {
    const log = hub.lines.filter((line) => line.startsWith("{")).join("\n");
    expect(log.length).toBeGreaterThan(100);
    expect(log).not.toContain(hub.key);
    expect(log).not.toContain(hub.adminKey);
    expect(log).not.toMatch(/xoxb-|whsec_/);
  });
});
