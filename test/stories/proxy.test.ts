import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, fetch } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../fixtures/rig/free-port.ts";
import { ask } from "../fixtures/rig/http.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { SandboxClient } from "../fixtures/rig/sandbox-client.ts";
import { SandboxProcess } from "../fixtures/rig/sandbox-process.ts";
import { startTlsProxy, type TlsProxy } from "../fixtures/rig/tls-proxy.ts";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

/** The hub speaks plain http on loopback; everybody else, Slack's stand-in too, reaches it by https through the proxy. */
describe("a hub behind a TLS proxy on the same machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-behind-proxy-"));
  const given: Record<string, string> = { DATA_DIR: join(folder, "data"), TRUST_PROXY: "1" };
  let proxy: TlsProxy;
  let sandbox: SandboxProcess;
  let chat: SandboxClient;
  let hub: HubProcess;
  let trusting: Agent;
  let cookie = "";

  beforeAll(async () => {
    const port = await freePort();
    proxy = await startTlsProxy(port);
    trusting = new Agent({ connect: { ca: proxy.certificate } });
    sandbox = await SandboxProcess.startIn(
      { NODE_EXTRA_CA_CERTS: proxy.certificateFile },
      proxy.url,
      "--uninstalled",
    );
    chat = new SandboxClient(sandbox.url, sandbox.key);
    const settings = Object.entries(sandbox.hubSettings).filter(([name]) => /^SLACK_/.test(name));
    Object.assign(given, Object.fromEntries(settings), {
      ...{ PORT: String(port), PUBLIC_URL: proxy.url },
    });
    hub = launch(["serve"], folder, given);
    await hub.lines.until(/^ {2}API +http/);
  });
  afterAll(async () => {
    await trusting.close();
    await hub.end("SIGINT");
    await sandbox.stop();
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Ask as a browser does: by https, with the cookie that was set last. */
  async function browse(path: string, form?: Readonly<Record<string, string>>) {
    const answer = await fetch(new URL(path, proxy.url), {
      dispatcher: trusting,
      redirect: "manual",
      headers: cookie === "" ? {} : { cookie },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    const set = answer.headers.getSetCookie()[0];
    if (set !== undefined) cookie = set.split(";")[0] ?? "";
    return { status: answer.status, headers: answer.headers, set, body: await answer.text() };
  }

  const fieldOf = (body: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "";

  it("H11: signs in by a link, with a cookie that no plain connection carries", async () => {
    const command = launch(["admin", "link"], folder, given);
    await command.ended;
    const link = new RegExp(`${proxy.url}/start/\\S+`).exec(command.lines.all.join("\n"))?.[0];
    expect(link).toBeDefined();
    const page = await browse(String(link));
    expect(page.set).toMatch(/^__Host-countersign=.*HttpOnly; Secure; SameSite=Lax/);
    const entered = await browse(String(link), { _csrf: fieldOf(page.body, "_csrf") });
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/welcome"]);
    expect((await browse("/")).body).toContain("<h1>Overview</h1>");
    expect(page.headers.get("strict-transport-security")).toMatch(/max-age/);
  });

  it("H11 A1: installs: Slack is told the https address, and leads the browser back to it", async () => {
    const begun = await browse("/slack/install");
    expect(begun.status).toBe(303);
    const consent = new URL(begun.headers.get("location") ?? "");
    expect(consent.origin).toBe(sandbox.url);
    expect(consent.searchParams.get("redirect_uri")).toBe(`${proxy.url}/slack/oauth_redirect`);
    await chat.call("POST", "/install", {
      body: { platform: "slack", workspace: "Acme", as: "Ann", outcome: "accept" },
    });
    const allowed = await ask(consent.href, "GET");
    const back = allowed.headers.get("location") ?? "";
    expect(back).toMatch(new RegExp(`^${proxy.url}/slack/oauth_redirect\\?`));
    const landed = await browse(back);
    expect(landed.headers.get("location")).toMatch(/^\/workspaces\/ins_\w+\/channels\?connected$/);
    const picker = await browse(`${landed.headers.get("location")}&q=%23releases`);
    expect(picker.body).toContain("is connected");
    const chosen = await browse(landed.headers.get("location")?.split("?")[0] ?? "", {
      ...{ _csrf: fieldOf(picker.body, "_csrf"), workspace: fieldOf(picker.body, "workspace") },
      channel: fieldOf(picker.body, "channel"),
    });
    expect(chosen.headers.get("location")).toMatch(/\/destinations\/dst_\w+\?done=chosen$/);
  });

  it("H11: a click comes through the proxy, its signature whole, and is answered", async () => {
    const secrets = readFileSync(join(folder, "data", "secrets.json"), "utf8");
    const { admin_key: key } = JSON.parse(secrets) as { readonly admin_key: string };
    const rules = await ask(`${internal()}/v1/rules`, "GET", { key });
    const saved = await ask(`${internal()}/v1/rules`, "PUT", {
      key,
      headers: { "if-match": rules.headers.get("etag") ?? "" },
      body: {
        rules: [{ name: "Deploys", types: ["deploy.*"], to: ["#releases"] }],
      },
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const sent = await ask(`${internal()}/v1/events`, "POST", {
      key,
      body: { type: "deploy.requested", subject: "web/1.4.2", data: { approval: {} } },
    });
    expect(sent.status).toBe(202);
    const card = await chat.message("slack", ({ text }) => text.includes("web/1.4.2"));
    const approve = card.buttons.find(({ action }) => action === "approve");
    const seen = await chat.click({
      message: card.id,
      person: "Ann",
      action: approve?.action ?? "",
    });
    expect(seen.http.status).toBe(200);
    expect(seen.shown).toBe("refusal");
    expect(seen.text).toContain(`${proxy.url}/link/`);
    const waiting = await browse("/approvals?state=open");
    expect(waiting.body).toContain("web/1.4.2");
  });

  it("H11: believes no other host name than its own, whoever asks", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: "evil.example" };
      const asked = request(`${internal()}/auth/login`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });
    expect(status).toBe(421);
  });

  const internal = () => `http://127.0.0.1:${given["PORT"]}`;

  it("H11: the page about proxies names every public path that the hub has", () => {
    const page = readFileSync(join(projectRoot, "core/docs/proxy.md"), "utf8");
    for (const path of [
      ...["/slack/events", "/slack/install", "/slack/oauth_redirect", "/api/messages", "/v1/*"],
      ...["/auth/*", "/start/*", "/link/*", "/approvals/*", "/workspaces/*", "/healthz", "/readyz"],
    ]) {
      expect(page, path).toContain(`\`${path}\``);
    }
  });
});
