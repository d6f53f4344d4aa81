import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../core/config.ts";
import { createVault } from "../../../core/secrets.ts";
import { hubSettings } from "../../../core/start/hub-settings.ts";
import { openSandboxWorld, type SandboxWorld } from "../../../core/start/sandbox-world.ts";

const [hubUrl, url] = ["http://127.0.0.1:3000", "http://localhost:3100"];

describe("the settings that a sandbox names for its hub", () => {
  let folder = "";
  let world: SandboxWorld;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "countersign-settings-"));
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    world = await openSandboxWorld({ vault, folder, url, hubUrl });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are read by the hub as the stand-ins mean them", () => {
    const lines = hubSettings(hubUrl, url, world.platforms);
    const env = Object.fromEntries(lines.map((line) => /^(\w+)=(\S+)$/.exec(line)?.slice(1) ?? []));
    const settings = new Map(world.platforms.map((one) => [one.platform, one.settings]));
    expect([...settings.keys()]).toEqual(["slack", "teams"]);
    expect(readConfig(env)).toMatchObject({
      ok: true,
      config: {
        publicUrl: hubUrl,
        sandbox: false,
        slack: settings.get("slack"),
        teams: settings.get("teams"),
        outboundAllow: [url],
      },
    });
  });
});
