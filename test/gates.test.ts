import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "./fixtures/runner/source-tree.ts";

/** What the gates look at. The packages are linked, not copied. */
const copied = [
  ".biome.json",
  ".gitignore",
  "core",
  "manifests",
  "package.json",
  "slack-app",
  "teams-app",
  "test",
  "tsconfig.json",
];

describe("gates", () => {
  let copy = "";
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "gates-"));
    for (const name of copied.filter((one) => existsSync(join(projectRoot, one)))) {
      cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }

  /** Run a tool of the project in the copy. */
  function run(tool: string, ...args: readonly string[]) {
    const program = join(copy, "node_modules", ".bin", tool);
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  it.each([
    ["noEnum", "planted.ts", `export enum Colour { Red = "red" }\n`],
    ["noExplicitAny", "planted.ts", "export const planted: any = 1;\n"],
    ["noDefaultExport", "planted.ts", "export default 1;\n"],
    ["noConsole", "planted.ts", `console.log("planted");\n`],
    ["useFilenamingConvention", "plantedFile.ts", "export const planted = 1;\n"],
    ["noFloatingPromises", "planted.ts", "const wait = async () => 1;\nwait();\n"],
    [
      "useExhaustiveSwitchCases",
      "planted.ts",
      `type Sort = "a" | "b";
       export function planted(sort: Sort) { switch (sort) { case "a": return 1; } }\n`,
    ],
    ["noExcessiveLinesPerFile", "planted.ts", "export const planted = [\n1,\n];\n".repeat(134)],
    [
      "noExcessiveLinesPerFunction",
      "planted.ts",
      `export function planted() {\n${"  Math.random();\n".repeat(61)}}\n`,
    ],
    [
      "noExcessiveCognitiveComplexity",
      "planted.ts",
      `export function planted(n: number) {
         ${"if (n > 1) { if (n > 2) { if (n > 3) n -= 1; } }\n".repeat(3)} return n; }\n`,
    ],
    ["format", "planted.ts", `export const planted = 'quotes'\n`],
  ])("lint refuses a file against %s", (rule, name, text) => {
    plant(`core/domain/${name}`, text);
    const { status, output } = run("biome", "check", `core/domain/${name}`);
    expect(status).not.toBe(0);
    expect(output).toContain(rule);
  });

  it("lint refuses two files that import each other", () => {
    plant(
      "core/domain/first.ts",
      `import { two } from "./second.ts";\nexport const one = () => two;\n`,
    );
    plant(
      "core/domain/second.ts",
      `import { one } from "./first.ts";\nexport const two = () => one;\n`,
    );
    const { status, output } = run("biome", "check", "core/domain/first.ts");
    expect(status).not.toBe(0);
    expect(output).toContain("noImportCycles");
  });

  it("types refuse a wrong type, and find nothing else in the tree", () => {
    plant("core/domain/planted.ts", `export const planted: number = "text";\n`);
    const { status, output } = run("tsc", "-p", ".", "--pretty", "false");
    expect(status).not.toBe(0);
    expect(output).toMatch(/^core\/domain\/planted\.ts/);
    expect(output.match(/error TS/g)).toHaveLength(1);
  });

  it("types refuse an index that nobody checked", () => {
    plant("slack-app/planted.ts", "export const first = (list: string[]): string => list[0];\n");
    expect(run("tsc", "-p", ".", "--pretty", "false").output).toMatch(/^slack-app\/planted\.ts/);
  });

  it("unused refuses an export and a file that nobody uses, and finds nothing else", () => {
    const path = "core/domain/duration.ts";
    const text = readFileSync(join(copy, path), "utf8");
    writeFileSync(join(copy, path), `${text}\nexport const plantedExport = 1;\n`);
    plant("core/domain/planted-file.ts", "export const planted = 1;\n");
    const { status, output } = run("knip", "--reporter", "compact");
    expect(status).not.toBe(0);
    const found = output
      .split("\n")
      .filter((line) => /^(core|slack-app|teams-app|test)\//.test(line));
    expect(found.map((line) => basename(line.split(":")[0] ?? "").trim()).sort()).toEqual([
      "duration.ts",
      "planted-file.ts",
    ]);
  });

  it("without the sandbox folders and their wiring the program still compiles", () => {
    rmSync(join(copy, "slack-app", "sandbox"), { recursive: true });
    rmSync(join(copy, "teams-app", "sandbox"), { recursive: true });
    const wired = filesBelow("core").filter((file) =>
      readFileSync(join(projectRoot, file), "utf8").includes("// sandbox wiring"),
    );
    expect(wired).toHaveLength(1);
    const [file = ""] = wired;
    const lines = readFileSync(join(copy, file), "utf8").split("\n");
    const kept = lines.filter((line) => !line.includes("// sandbox wiring"));
    expect(lines.length - kept.length).toBe(2);
    writeFileSync(join(copy, file), kept.join("\n"));
    expect(run("tsc", "-p", "core", "--noEmit", "--pretty", "false")).toEqual({
      status: 0,
      output: "",
    });
  });
});
