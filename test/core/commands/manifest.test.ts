import { describe, expect, it } from "vitest";
import { runCommand } from "../../../core/commands/program.ts";
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
    const writeText = (path: string, text: string) => void files.set(path, text);
    const world = smallWorld({ env, writeText });
    expect(await runCommand(["manifest", "slack", "--socket", "--out", "app.json"], world)).toBe(0);
    expect(JSON.parse(files.get("app.json") ?? "")).toMatchObject({
      settings: { socket_mode_enabled: true },
    });
    expect(world.written.out).toBe("");
    expect(world.written.err).toContain("Wrote app.json");
    expect(world.written.err).toContain("https://api.slack.com/apps?new_app=1&manifest_json=");
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
