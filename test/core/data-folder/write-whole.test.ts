import fs, { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { writeWhole } from "../../../core/data-folder/write-whole.ts";

/** Note which files are synced and renamed from now on, in their order. */
function watchDisk(): readonly string[] {
  const steps: string[] = [];
  const { fsyncSync, renameSync } = fs;
  vi.spyOn(fs, "fsyncSync").mockImplementation((file) => {
    steps.push(`sync ${fs.readlinkSync(`/proc/self/fd/${file}`)}`);
    fsyncSync(file);
  });
  vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    steps.push(`rename to ${String(to)}`);
    renameSync(from, to);
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
  return steps;
}

it.runIf(process.platform === "linux")(
  "has its content and its name on the disk when it returns, so that a key outlives the power",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "whole-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "secrets.json");
    const steps = watchDisk();
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
