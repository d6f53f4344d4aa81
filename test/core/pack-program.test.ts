import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packProgram, unpackProgram } from "../../core/pack-program.mjs";

describe("packing the program", () => {
  let root: string;
  let dist: string;
  const packed = () => join(dist, "core", "program", "main.js");
  /** As if it had been compiled some seconds ago: a file system may tell the times of one moment as one. */
  const write = (path: string, text: string) => {
    const file = join(dist, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, new Date(), new Date(Date.now() - 5_000));
  };
  const later = "export const later = () => 'later, of ' + import.meta.url.split('/').at(-2);";
  const main = (word: string) =>
    `import { armed } from "./ports/fault-point.js";
     export const main = async () =>
       console.log("${word}", armed(), (await import("../slack-app/later.js")).later());
     await main();`;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "countersign-pack-"));
    dist = join(root, "dist");
    write("core/main.js", main("first"));
    write(
      "core/ports/fault-point.js",
      "let it = ''; export const arm = (on) => { it = on; }; export const armed = () => it;",
    );
    write("slack-app/later.js", later);
    write("teams-app/none.js", "");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (...options: readonly string[]) =>
    spawnSync(process.execPath, [...options, packed()], { encoding: "utf8" }).stdout.trim();

  it("says what the compiled files say, and loads late what they load late", async () => {
    await packProgram(dist);
    expect(run()).toBe("first  later, of program");
  });

  it("has one of what the tests arm before it is loaded", async () => {
    await packProgram(dist);
    const arm = join(root, "arm.mjs");
    writeFileSync(arm, `import { arm } from "./dist/core/program/fault-point.js"; arm("armed");`);
    expect(run("--import", arm)).toBe("first armed later, of program");
  });

  it("is done anew when a file has changed, and only then", async () => {
    await packProgram(dist);
    const before = statSync(packed()).ino;
    await packProgram(dist);
    expect(statSync(packed()).ino).toBe(before);
    write("core/main.js", main("second"));
    utimesSync(join(dist, "core", "main.js"), new Date(), new Date(Date.now() + 1_000));
    await packProgram(dist);
    expect(run()).toBe("second  later, of program");
  });

  it("keeps for a while what a hub that still runs may load", async () => {
    await packProgram(dist);
    const folder = join(dist, "core", "program");
    const parts = readdirSync(folder);
    const old = join(folder, "old-part.js");
    writeFileSync(old, "");
    utimesSync(old, new Date(0), new Date(0));
    write("slack-app/later.js", later.replace("later, of", "much later, of"));
    utimesSync(join(dist, "slack-app", "later.js"), new Date(), new Date(Date.now() + 1_000));
    await packProgram(dist);
    expect(run()).toBe("first  much later, of program");
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(parts));
    expect(readdirSync(folder)).not.toContain("old-part.js");
  });

  it("leaves nothing packed for who watches the files themselves", async () => {
    await packProgram(dist);
    unpackProgram(dist);
    expect(readdirSync(join(dist, "core"))).not.toContain("program");
  });
});
