import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleVisitor, visit } from "../fixtures/rig/console-visitor.ts";
import { freePort } from "../fixtures/rig/free-port.ts";
import { ask } from "../fixtures/rig/http.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { SandboxClient } from "../fixtures/rig/sandbox-client.ts";
import { SandboxProcess } from "../fixtures/rig/sandbox-process.ts";

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly platform: string;
    readonly state: string;
  }[];
}

interface Found {
  readonly items: readonly { readonly name: string }[];
}

/** A hub with an empty database beside a Teams in which nobody has let the app in. */
describe("installing to Teams", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-teams-install-"));
  let url = "";
  let sandbox: SandboxProcess;
  let chat: SandboxClient;
  let hub: HubProcess;
  let visitor: ConsoleVisitor;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    sandbox = await SandboxProcess.start(url, "--uninstalled");
    chat = new SandboxClient(sandbox.url, sandbox.key);
    const teams = Object.entries(sandbox.hubSettings).filter(
      ([name]) => name.startsWith("TEAMS_") || name === "OUTBOUND_ALLOW",
    );
    const given = {
      ...{ DATA_DIR: join(folder, "data"), PORT: String(port), PUBLIC_URL: url },
      ...Object.fromEntries(teams),
    };
    hub = launch(["serve"], folder, given);
    await hub.lines.until(/^ {2}API +http/);
    const command = launch(["admin", "link"], folder, given);
    await command.ended;
    const link = /\/start\/\S+/.exec(command.lines.all.join("\n"))?.[0] ?? "";
    visitor = visit(url);
    expect((await visitor.post(link, link)).status).toBe(303);
  });
  afterAll(async () => {
    await hub.end("SIGINT");
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const api = <Body>(path: string) => {
    const secrets = readFileSync(join(folder, "data", "secrets.json"), "utf8");
    const { admin_key: key } = JSON.parse(secrets) as { readonly admin_key: string };
    return ask<Body>(`${url}${path}`, "GET", { key });
  };
  const listed = async () => (await api<Listed>("/v1/workspaces")).body.items;
  const stateNow = async () => (await listed()).find((one) => one.platform === "teams")?.state;
  const happens = async (path: string, body: object) => {
    const answer = await chat.call("POST", path, { body });
    expect(answer.status).toBeLessThan(300);
  };

  /** Leave for Microsoft and come back, as decided. Answers what the hub says of it. */
  async function consent(outcome: string) {
    await happens("/install", { platform: "teams", outcome });
    const away = await visitor.get("/teams/consent");
    const there = await ask(away.headers.get("location") ?? "", "GET");
    const back = new URL(there.headers.get("location") ?? "");
    return visitor.get(`${back.pathname}${back.search}`);
  }

  it("A2 U19: moves from consent to the first team by what Teams tells, and no other tenant gets in", async () => {
    expect((await consent("cancel")).status).toBe(200);
    expect((await consent("wrong_tenant")).status).toBe(403);
    expect((await consent("wrong_state")).status).toBe(400);
    expect(await stateNow()).not.toBe("consented");

    expect((await consent("accept")).status).toBe(303);
    expect(await stateNow()).toBe("consented");
    await happens("/catalogue", { do: "publish" });
    expect(await stateNow()).toBe("consented");
    await happens("/teams", { do: "add_app", team: "Ops", repeat: true });
    await expect.poll(stateNow, { timeout: 30_000 }).toBe("connected");
  });

  const channelsListed = async () => {
    const id = (await listed()).find((one) => one.platform === "teams")?.id;
    const { body } = await api<Found>(`/v1/workspaces/${id}/channels?q=`);
    return body.items.map(({ name }) => name);
  };

  it("A7: lists the channels of the team that has the app", async () => {
    await expect.poll(channelsListed, { timeout: 30_000 }).toContain("Ops › Incidents");
    expect(await channelsListed()).not.toContain("Finance › General");
  });

  it("A18: follows a channel that gets another name, and one that is deleted", async () => {
    const at = { platform: "teams", channel: "Ops › Incidents" };
    await happens("/channels", { ...at, do: "rename", name: "Alarms", repeat: true });
    await expect.poll(channelsListed, { timeout: 30_000 }).toContain("Ops › Alarms");
    expect(await channelsListed()).not.toContain("Ops › Incidents");
    await happens("/channels", { ...at, channel: "Ops › Alarms", do: "delete" });
    await expect.poll(channelsListed, { timeout: 30_000 }).not.toContain("Ops › Alarms");
  });

  it("A7: lists a team of another region as soon as the app is in it", async () => {
    await happens("/teams", { do: "create", name: "Boston", region: "amer" });
    await happens("/teams", { do: "add_app", team: "Boston" });
    await expect.poll(channelsListed, { timeout: 30_000 }).toContain("Boston › General");
  });

  it("A2 M3: Check status names an app that the Teams admin blocks, and the page the switch for custom apps", async () => {
    const id = (await listed()).find((one) => one.platform === "teams")?.id;
    const page = `/workspaces/${id}`;
    const look = async () => {
      await visitor.post(page, `${page}/check`);
      return (await visitor.get(page)).body;
    };
    // FEATURES A2 gives it five seconds to read anew.
    const soon = { timeout: 5_000 };
    expect(await look()).not.toContain("The Teams admin of this tenant blocks the app.");
    await happens("/catalogue", { do: "block" });
    await expect.poll(look, soon).toContain("The Teams admin of this tenant blocks the app.");
    expect(await look()).toMatch(/Custom\s+apps must be on there, and no policy may block this/);
    await happens("/catalogue", { do: "allow" });
    await expect.poll(look, soon).not.toContain("blocks the app");
    expect(await look()).toContain("Last heard");
  });

  it("A17: notices that the app was taken out of every team, and that it came back", async () => {
    await happens("/uninstall", { platform: "teams" });
    await expect.poll(stateNow, { timeout: 30_000 }).toBe("revoked");
    await happens("/catalogue", { do: "publish" });
    await happens("/teams", { do: "add_app", team: "Ops" });
    await expect.poll(stateNow, { timeout: 30_000 }).toBe("connected");
  });
});
