import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Write a file for this user alone, so that readers and crashes meet the old content or the new one, never a part. It
 * is on disk, name and all, when this returns. Where the disk takes it not, the old content stays, and nothing beside it.
 */
export function writeWhole(path: string, content: string): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    syncing(openSync(draft, "wx", 0o600), (file) => writeFileSync(file, content));
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
  syncFolder(dirname(path));
}

/** Windows and some file systems know no such step: a file is then as safe as they make it. */
const unknownStep: ReadonlySet<string> = new Set(["EINVAL", "EISDIR", "ENOTSUP", "EPERM"]);

function syncFolder(folder: string): void {
  try {
    syncing(openSync(folder, "r"), () => {});
  } catch (cause) {
    if (!unknownStep.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
  }
}

/** Do a step with an open file or folder, and wait for the disk. */
function syncing(file: number, step: (file: number) => void): void {
  try {
    step(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
