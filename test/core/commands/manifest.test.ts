import { describe, expect, it } from "vitest";
import { runCommand } from "../../../core/commands/program.ts";
import type { World } from "../../../core/commands/world.ts";
import { smallWorld } from "./small-world.ts";

const env = { PUBLIC_URL: "https://hub.acme.example", INSTANCE_NAME: "staging" };

describe("countersign manifest slack", () => {
  it("A3: writes the manifest of this instance without a hub", async () => {
    const world = smallWorld({ env });
    expect(await runCommand(["manifest", "slack"], world)).toBe(0);
    expect(JSON.parse(world.written.out)).toMatchObject({
      display_information: { name: "Countersign staging" },
      settings: {
        socket_mode_enabled: false,
        interactivity: { request_url: "https://hub.acme.example/slack/events" },
      },
    });
    expect(world.written.err).toBe("");
  });

  it("A4: writes it for Socket Mode, and to a file", async () => {
    const files = new Map<string, string>();
    const writeFile: World["writeFile"] = (path, content) => void files.set(path, String(content));
    const world = smallWorld({ env, writeFile });
    expect(await runCommand(["manifest", "slack", "--socket", "--out", "app.json"], world)).toBe(0);
    expect(JSON.parse(files.get("app.json") ?? "")).toMatchObject({
      settings: { socket_mode_enabled: true },
    });
    expect(world.written.out).toBe("");
    expect(world.written.err).toContain("Wrote app.json");
    expect(world.written.err).toContain("https://api.slack.com/apps?new_app=1&manifest_json=");
  });

  it("says in one sentence that its file cannot be written", async () => {
    const writeFile = () => {
      throw Object.assign(new Error("no"), { code: "EACCES" });
    };
    const world = smallWorld({ env, writeFile });
    expect(await runCommand(["manifest", "slack", "--out", "app.json"], world)).toBe(1);
    expect(world.written.err).toMatch(/^app\.json cannot be written \(EACCES\)\. Name a file/);
  });

  it("A3: says that Slack takes no address of this machine", async () => {
    const world = smallWorld();
    expect(await runCommand(["manifest", "slack"], world)).toBe(0);
    expect(world.written.err).toContain("PUBLIC_URL is not set");
  });

  it("A3: makes none from settings that cannot be used", async () => {
    const world = smallWorld({ env: { PUBLIC_URL: "hub" } });
    expect(await runCommand(["manifest", "slack"], world)).toBe(1);
    expect(world.written.err).toContain("No manifest was made. One setting cannot be used");
  });
});

describe("countersign manifest teams", () => {
  const appId = "11111111-2222-3333-4444-555555555555";
  const teams = { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: "s3cret", TEAMS_TENANT_ID: appId };

  it("A3: prints the manifest of this instance, and packs it into a zip, without a hub", async () => {
    const world = smallWorld({ env: { ...env, ...teams } });
    expect(await runCommand(["manifest", "teams"], world)).toBe(0);
    expect(JSON.parse(world.written.out)).toMatchObject({
      id: appId,
      name: { short: "Countersign staging" },
    });
    const files = new Map<string, string | Uint8Array>();
    const writeFile: World["writeFile"] = (path, content) => void files.set(path, content);
    const packing = smallWorld({ env: { ...env, ...teams }, writeFile });
    expect(await runCommand(["manifest", "teams", "--out", "app.zip"], packing)).toBe(0);
    expect(Buffer.from(files.get("app.zip") ?? "").toString("latin1", 0, 2)).toBe("PK");
    expect(packing.written.err).toContain("Wrote app.zip.");
  });

  it("A3: says which setting is missing", async () => {
    const world = smallWorld({ env });
    expect(await runCommand(["manifest", "teams"], world)).toBe(1);
    expect(world.written.err).toContain("Set TEAMS_APP_ID");
  });

  it("A3: says that Teams reaches no address of this machine", async () => {
    const world = smallWorld({ env: teams });
    await expect(runCommand(["manifest", "teams"], world)).rejects.toThrow("Set PUBLIC_URL.");
  });
});
