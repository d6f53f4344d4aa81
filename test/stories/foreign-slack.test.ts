import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleVisitor, visit } from "../fixtures/rig/console-visitor.ts";
import { freePort } from "../fixtures/rig/free-port.ts";
import { ask } from "../fixtures/rig/http.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";

interface Message {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly elements?: readonly object[] }[];
  readonly edited?: object;
}

const patience = { timeout: 30_000 };

/**
 * Somebody else's local Slack (the package `emulate`), which knows nothing of Countersign. It has no people who click,
 * so the decision is made on the page.
 */
describe("a Slack that we did not write", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-foreign-slack-"));
  const given: Record<string, string> = {};
  let slack: Emulator;
  let hub: HubProcess;
  let admin: ConsoleVisitor;
  let workspace = "";
  let destination = "";
  let channel = "";

  beforeAll(async () => {
    const [port, slackPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const app = { client_id: "12345.67890", client_secret: "a-client-secret" };
    slack = await createEmulator({
      service: "slack",
      port: slackPort,
      seed: {
        tokens: { reader: { login: "admin", scopes: [] } },
        slack: {
          team: { name: "Elsewhere", domain: "elsewhere" },
          channels: [{ name: "releases" }],
          oauth_apps: [{ ...app, name: "Hub", redirect_uris: [`${url}/slack/oauth_redirect`] }],
        },
      },
    });
    Object.assign(given, {
      ...{ PORT: String(port), PUBLIC_URL: url, DATA_DIR: join(folder, "data") },
      ...{ SLACK_CLIENT_ID: app.client_id, SLACK_CLIENT_SECRET: app.client_secret },
      SLACK_SIGNING_SECRET: "a-signing-secret",
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_AUTHORIZE_URL: `${slack.url}/oauth/v2/authorize`,
    });
    hub = launch(["serve"], folder, given);
    await hub.lines.until(/^ {2}API +http/);
    admin = visit(url);
    const command = launch(["admin", "link"], folder, given);
    await command.ended;
    const path = /\/start\/\S+/.exec(command.lines.all.join("\n"))?.[0] ?? "";
    expect((await admin.post(path, path)).status).toBe(303);
  });
  afterAll(async () => {
    await hub.end("SIGINT");
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fieldsOf = (form: string) =>
    Object.fromEntries(
      [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>;

  async function messages(): Promise<readonly Message[]> {
    const { body } = await ask<{ readonly messages: readonly Message[] }>(
      `${slack.url}/api/conversations.history`,
      "POST",
      { key: "reader", body: { channel } },
    );
    return body.messages;
  }

  it("A1: is installed to by its two addresses alone", async () => {
    const begun = await admin.get("/slack/install");
    const consent = await ask<string>(begun.headers.get("location") ?? "", "GET");
    const form = /<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(consent.body);
    const allowed = await ask(`${slack.url}${form?.[1]}`, "POST", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fieldsOf(form?.[2] ?? "")).toString(),
    });
    const back = new URL(allowed.headers.get("location") ?? "");
    const landed = await admin.get(`${back.pathname}${back.search}`);
    workspace =
      /^\/workspaces\/(ins_\w+)\/channels/.exec(landed.headers.get("location") ?? "")?.[1] ?? "";
    expect(workspace).not.toBe("");
    expect((await admin.get(`/workspaces/${workspace}`)).body).toContain("Elsewhere");
  });

  it("A5: shows its channels, and takes the one that is chosen", async () => {
    const picker = `/workspaces/${workspace}/channels`;
    await expect.poll(async () => (await admin.get(picker)).body, patience).toContain("#releases");
    const { body } = await admin.get(`${picker}?q=%23releases`);
    const found = fieldsOf(body.slice(body.indexOf('name="workspace"') - 9));
    channel = found["channel"] ?? "";
    const { workspace: team = "" } = found;
    const chosen = await admin.post(picker, picker, { workspace: team, channel });
    destination = /\/destinations\/dst_\w+/.exec(chosen.headers.get("location") ?? "")?.[0] ?? "";
    expect(destination).not.toBe("");
    const hello = `/workspaces/${workspace}${destination}`;
    await admin.post(hello, `${hello}/hello`);
    await expect
      .poll(() => messages(), patience)
      .toMatchObject([{ text: expect.stringContaining("Countersign can post here") }]);
  });

  it("C5: shows a request there, and edits it when it is decided", async () => {
    const place = `/workspaces/${workspace}${destination}`;
    const added = await admin.post(place, `${place}/rules`, {
      ...{ version: "0", type: "deploy.*", policy: "" },
    });
    expect(added.status).toBe(303);
    const words = ["trigger", "deploy.requested", "-d", "service=web", "approval={}", "--json"];
    const command = launch(words, folder, given);
    await command.ended;
    const receipt = command.lines.all.find((line) => line.startsWith("{")) ?? "{}";
    const { approval } = JSON.parse(receipt) as { readonly approval: { readonly id: string } };
    const card = async () => (await messages()).find(({ text }) => text.includes("deploy"));
    await expect.poll(async () => (await card())?.text, patience).toContain("waiting for approval");
    const page = `/approvals/${approval.id}`;
    const form = /<form[^>]*\/votes"[^>]*>(.*?)<\/form>/s.exec((await admin.get(page)).body)?.[1];
    const { action = "", digest = "", click = "" } = fieldsOf(form ?? "");
    expect((await admin.post(page, `${page}/votes`, { action, digest, click })).status).toBe(303);
    await expect.poll(async () => (await card())?.text, patience).toContain("approved by Admin");
    expect(await card()).toMatchObject({ edited: {} });
    const buttons = (await card())?.blocks.find(({ type }) => type === "actions")?.elements;
    expect(buttons).toHaveLength(1);
  });
});
