import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

const countersign = `node ${join(projectRoot, "core", "countersign.mjs")}`;
const pages = ["README.md", "core/docs/operating.md", "core/routing/RULES.md"] as const;
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** Blocks that are set in by four signs, as the README writes what is typed. */
const blocks = read("README.md")
  .split(/\n(?! {4}|\n)/)
  .flatMap((part) => part.match(/(?:^|\n)( {4}[^\n]*(?:\n {4}[^\n]*|\n(?=\n* {4}))*)/g) ?? [])
  .map((block) => block.replace(/^\n/, "").replace(/^ {4}/gm, ""));

const commands = blocks
  .flatMap((block) => block.split(/\n(?=curl |npx |npm )/))
  .map((command) => command.trim());
const curls = commands.filter((command) => command.startsWith("curl "));
const typed = commands.filter((command) => command.startsWith("npx countersign "));

/** `npx countersign …` or `countersign …` between backticks, without options that the text leaves open. */
const quoted = pages.flatMap((page) =>
  [...read(page).matchAll(/`(?:npx )?countersign ([^`|…]+)`/g)].map(([, words]) => String(words)),
);

onEveryEngine("the documents", (engine) => {
  let hub: RunningHub;
  /** Some commands write a file where they are typed. */
  const folder = mkdtempSync(join(tmpdir(), "countersign-docs-"));
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await endStory(hub);
  });

  /** Not synchronous: what stands before the hub may be this process. */
  const shell = (command: string) =>
    new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
      (resolve) => {
        const env = { ...process.env, ...hub.stage.commandLine, KEY: hub.adminKey };
        const running = execFile("bash", ["-c", command], { env, cwd: folder }, (_, out, err) =>
          resolve({ code: running.exitCode, out, err }),
        );
      },
    );

  it("show commands to try", () => {
    expect(curls.length).toBeGreaterThanOrEqual(3);
    expect(typed.length).toBeGreaterThanOrEqual(1);
    expect(quoted.length).toBeGreaterThanOrEqual(4);
  });

  it.each(typed)("can be typed: %s", async (command) => {
    const { code } = await shell(command.replace("npx countersign", countersign));
    expect(code).toBe(0);
  });

  it.each(curls.map((command) => [command.split("\n")[0] ?? "", command]))(
    "can be pasted: %s",
    async (_first, command) => {
      const pasted = command
        .replaceAll("http://localhost:3000", hub.url)
        .replaceAll("cs_…", hub.key)
        .replace(/^curl /, "curl -w '\\n%{http_code}' ");
      const { out, err } = await shell(pasted);
      expect(`${out.trim().split("\n").at(-1)} ${err}`.trim()).toMatch(/^20[02]$/);
    },
  );

  it.each([...new Set(quoted)].filter((words) => !/^(serve|listen|sandbox|trigger)/.test(words)))(
    "name a command that works: countersign %s",
    async (words) => {
      const { code, err } = await shell(`${countersign} ${words}`);
      expect(`${code} ${err}`.trim()).toBe("0");
    },
  );

  it("lead only to files that are there", () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => String(target))
        .filter((target) => !existsSync(join(projectRoot, dirname(page), target))),
    );
    expect(broken).toEqual([]);
  });
});
