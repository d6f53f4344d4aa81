import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunningHub, StartHub } from "../../../core/commands/running-hub.ts";
import { settings } from "../../../core/config/settings-table.ts";
import { findRunning } from "../../../core/data-folder.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import { run, type SmallWorld, smallWorld } from "./small-world.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-serve-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const never = () => new Promise<never>(() => {});

/** A hub that says when it has started, and stops as told. */
function hubThat(stop: RunningHub["stop"], over: Partial<RunningHub> = {}) {
  let started = () => {};
  const hasStarted = new Promise<void>((resolve) => {
    started = resolve;
  });
  const startHub: StartHub = async (_, { path }, log) => {
    log.write({ kind: "hub.started", note: "listening" });
    // The block is printed in the turn after this promise settles.
    setImmediate(started);
    return {
      url: "http://localhost:3000",
      mode: { sandbox: true, dataFolder: path },
      notes: [],
      stop,
      ...over,
    };
  };
  return { startHub, hasStarted };
}

const worldOf = (startHub: StartHub, env: NodeJS.ProcessEnv = {}): SmallWorld =>
  smallWorld({ folder, startHub, env: { DATA_DIR: join(folder, "data"), ...env } });

describe("serve", () => {
  it("prints the block of the surface, to standard error", async () => {
    const { startHub, hasStarted } = hubThat(async () => ({ left: 0 }), {
      mode: { sandbox: true, dataFolder: join(folder, "data") },
      signInUrl: "http://localhost:3000/start/7f3c",
      curl: "curl -sS http://localhost:3000/v1/events \\\n  -d '{}'",
      notes: ["Port 3000 is taken, so this is 3001."],
    });
    const world = worldOf(startHub, { LOG_FORMAT: "json" });
    const running = run(["serve"], world);
    await hasStarted;
    expect(world.written.err.split("\n")).toEqual([
      "Countersign 0.1.0                                       sandbox · data in ./data",
      "  Console   http://localhost:3000/start/7f3c    signs you in once, valid 30 minutes",
      "  Sandbox   http://localhost:3000/sandbox       a Slack and a Teams, side by side",
      "  API       http://localhost:3000/docs",
      "",
      "  curl -sS http://localhost:3000/v1/events \\",
      "    -d '{}'",
      "",
      "  Port 3000 is taken, so this is 3001.",
      "",
      "",
    ]);
    expect(JSON.parse(world.written.out)).toMatchObject({ kind: "hub.started", note: "listening" });
    world.press();
    await running;
  });

  it("shows no link outside the sandbox, but how to get one", async () => {
    const { startHub, hasStarted } = hubThat(async () => ({ left: 0 }), {
      mode: { sandbox: false, dataFolder: "/srv/hub" },
    });
    const world = worldOf(startHub);
    const running = run(["serve"], world);
    await hasStarted;
    expect(world.written.err).toContain("data in /srv/hub");
    expect(world.written.err).toContain("countersign admin link");
    expect(world.written.err).not.toMatch(/sandbox|start\//);
    world.press();
    await running;
  });

  it("tells commands on this machine where it is, for as long as it runs", async () => {
    const { startHub, hasStarted } = hubThat(async () => ({ left: 0 }));
    const world = worldOf(startHub);
    const running = run(["serve"], world);
    await hasStarted;
    expect(findRunning(join(folder, "data"))).toMatchObject({
      url: "http://localhost:3000",
      pid: process.pid,
    });
    world.press();
    await running;
    expect(findRunning(join(folder, "data"))).toBeUndefined();
  });

  it.each([
    [0, "Nothing is left to do."],
    [1, "1 delivery waits for the next start."],
    [3, "3 deliveries wait for the next start."],
  ])("drains on Ctrl-C and says that it left %i", async (left, said) => {
    const { startHub, hasStarted } = hubThat(async () => ({ left }));
    const world = worldOf(startHub);
    const running = run(["serve"], world);
    await hasStarted;
    world.press();
    const { code, err } = await running;
    expect(code).toBe(0);
    expect(err).toContain(said);
  });

  it("drains for no longer than ten seconds", async () => {
    const { startHub, hasStarted } = hubThat(never);
    const world = worldOf(startHub);
    const before = world.now().getTime();
    const running = run(["serve"], world);
    await hasStarted;
    world.press();
    const { code, err } = await running;
    expect(code).toBe(0);
    expect(world.now().getTime() - before).toBe(10_000);
    expect(err).toContain("Not everything settled within 10 s.");
  });

  it("ends at once on a second Ctrl-C, but not when one press arrives twice", async () => {
    const { startHub, hasStarted } = hubThat(never);
    const world = { ...worldOf(startHub), pause: never };
    const running = run(["serve"], world);
    await hasStarted;
    world.press();
    world.press();
    world.pass(600);
    // A whole turn of the event loop: whatever the two presses had ended would have ended by now.
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.written.err).toContain("Stopping.");
    expect(world.written.err).not.toContain("Ended at once.");
    world.press();
    expect((await running).err).toContain("Ended at once.");
  });

  it("gives the folder back when the hub cannot start", async () => {
    const failing = worldOf(async () => {
      throw new HubError("cannot_listen", "Port 3000 is taken on 127.0.0.1.");
    });
    await expect(run(["serve"], failing)).rejects.toThrow("Port 3000 is taken");
    await expect(run(["serve"], failing)).rejects.toThrow("Port 3000 is taken");
  });

  it("lists every mistake in the settings, makes no folder and starts nothing", async () => {
    const { code, err } = await run(
      ["serve"],
      worldOf(never, { PORT: "x", TRUST_PROXY: "true", SLACK_CLIENT_ID: "1" }),
    );
    expect(code).toBe(1);
    expect(err.split("\n").slice(0, 4)).toEqual([
      "Countersign did not start. 4 settings cannot be used:",
      expect.stringMatching(/^ {2}PORT: came x; allowed is a port/),
      expect.stringMatching(/^ {2}TRUST_PROXY: came true; allowed is .*never true$/),
      expect.stringMatching(
        /^ {2}SLACK_CLIENT_SECRET: came nothing; allowed is a value, because SLACK_CLIENT_ID is set$/,
      ),
    ]);
    expect(findRunning(join(folder, "data"))).toBeUndefined();
  });

  it("takes the data folder from the flag too", async () => {
    const { startHub, hasStarted } = hubThat(async () => ({ left: 0 }));
    const world = worldOf(startHub);
    const running = run(["--data-dir", join(folder, "other"), "serve"], world);
    await hasStarted;
    expect(findRunning(join(folder, "other"))).toBeDefined();
    world.press();
    await running;
  });

  it("shows every setting with its default in its help", async () => {
    const { code, out } = await run(["serve", "--help"], smallWorld());
    expect(code).toBe(0);
    for (const { name, default: byDefault } of settings) {
      expect(out.split("\n").find((line) => line.trim().startsWith(`${name} `))).toContain(
        byDefault,
      );
    }
  });
});
