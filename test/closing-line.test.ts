import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sayTally } from "./fixtures/runner/closing-line.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const line = /^\d+ passed, \d+ failed$/;

describe("closing line", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "closing-line-"));
    mkdirSync(join(folder, "test"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Run the real runner over one planted file and answer its exit code and the last lines it printed. */
  function run(name: string, text: string) {
    writeFileSync(join(folder, "test", `${name}.test.ts`), text);
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const config = join(root, "test", "vitest.config.ts");
    const args = [vitest, "run", "--root", folder, "--config", config, "--globals"];
    const { status, stdout } = spawnSync(process.execPath, [...args, "--project", "fast", name], {
      cwd: root,
      encoding: "utf8",
    });
    return { status, lines: stdout.trimEnd().split("\n") };
  }

  it("never reads 0 failed where the run ended in trouble", () => {
    expect(sayTally({ passed: 3, failed: 0 }, 0)).toBe("3 passed, 0 failed");
    expect(sayTally({ passed: 3, failed: 0 }, 1)).toBe("3 passed, 1 failed");
    expect(sayTally({ passed: 3, failed: 2 }, 1)).toBe("3 passed, 2 failed");
  });

  it("stands alone and last, with the runner's figures", () => {
    const { status, lines } = run(
      "mixed",
      `it("holds", () => expect(1).toBe(1));
       it("holds too", () => expect(2).toBe(2));
       it("does not hold", () => expect(1).toBe(2));
       it.skip("is left out", () => {});`,
    );
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe("2 passed, 1 failed");
    expect(lines.filter((one) => line.test(one))).toHaveLength(1);
  });

  it.each([
    ["throws while it is read", `throw new Error("planted");`],
    [
      "leaves a rejection behind",
      `it("holds", () => { void Promise.reject(new Error("planted")); expect(1).toBe(1); });`,
    ],
    [
      "fails before its tests",
      `beforeAll(() => { throw new Error("planted"); });
       it("is never reached", () => expect(1).toBe(1));`,
    ],
  ])("counts a failure where a file %s", (_, text) => {
    const { status, lines } = run("broken", text);
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(/^\d passed, [1-9]\d* failed$/);
  });
});
