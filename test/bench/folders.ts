import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Make an empty folder of the machine's own. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), "bench-"));

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
