import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { writeWhole } from "../../../core/data-folder/write-whole.ts";

const steps = vi.hoisted((): string[] => []);
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    fsyncSync: (file: number) => {
      steps.push(`sync ${fs.readlinkSync(`/proc/self/fd/${file}`)}`);
      fs.fsyncSync(file);
    },
    renameSync: (from: string, to: string) => {
      steps.push(`rename to ${to}`);
      fs.renameSync(from, to);
    },
  };
});

it.runIf(process.platform === "linux")(
  "has its content and its name on the disk when it settles, so that a key outlives the power",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "whole-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "secrets.json");
    writeWhole(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    // A rename is on the disk when its folder is.
    expect(steps).toEqual([
      expect.stringContaining(`sync ${path}.`),
      `rename to ${path}`,
      `sync ${folder}`,
    ]);
  },
);
