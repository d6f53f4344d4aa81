import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

const pages = ["README.md", "core/docs/operating.md", "core/routing/RULES.md"] as const;
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** Blocks that are set in by four signs, as the README writes what is typed. */
const blocks = read("README.md")
  .split(/\n(?! {4}|\n)/)
  .flatMap((part) => part.match(/(?:^|\n)( {4}[^\n]*(?:\n {4}[^\n]*|\n(?=\n* {4}))*)/g) ?? [])
  .map((block) => block.replace(/^\n/, "").replace(/^ {4}/gm, ""));

const commands = blocks
  .flatMap((block) => block.split(/\n(?=curl |npx |npm )/))
  .map((command) => command.trim())
  .filter((command) => command.startsWith("curl "));

/** `npx countersign …` or `countersign …` between backticks, without options that the text leaves open. */
const quoted = pages.flatMap((page) =>
  [...read(page).matchAll(/`(?:npx )?countersign ([^`|…]+)`/g)].map(([, words]) => String(words)),
);

describe("the documents", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  const shell = (command: string) =>
    spawnSync("bash", ["-c", command], {
      encoding: "utf8",
      env: {
        ...process.env,
        KEY: hub.adminKey,
        COUNTERSIGN_URL: hub.url,
        COUNTERSIGN_KEY: hub.adminKey,
      },
    });

  it("show commands to try", () => {
    expect(commands.length).toBeGreaterThanOrEqual(3);
    expect(quoted.length).toBeGreaterThanOrEqual(4);
  });

  it.each(commands.map((command) => [command.split("\n")[0] ?? "", command]))(
    "can be pasted: %s",
    (_first, command) => {
      const pasted = command
        .replaceAll("http://localhost:3000", hub.url)
        .replaceAll("cs_…", hub.key)
        .replace(/^curl /, "curl -w '\\n%{http_code}' ");
      const { stdout, stderr } = shell(pasted);
      expect(`${stdout.trim().split("\n").at(-1)} ${stderr}`.trim()).toMatch(/^20[02]$/);
    },
  );

  it.each([...new Set(quoted)].filter((words) => !/^(serve|listen|sandbox|trigger)/.test(words)))(
    "name a command that works: countersign %s",
    (words) => {
      const { status, stderr } = shell(`node core/countersign.mjs ${words}`);
      expect(`${status} ${stderr}`.trim()).toBe("0");
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
