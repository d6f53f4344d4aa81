import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { SandboxJournal } from "../../ports/sandbox.ts";

/**
 * Keep lines of JSON in a file. A line is handed to the operating system before `append` returns, so it survives a
 * killed process; a last line that was cut off is passed over.
 */
export function createFileJournal(path: string): SandboxJournal {
  const write = (lines: readonly unknown[]) =>
    lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return {
    read: () => {
      if (!existsSync(path)) return [];
      const complete = readFileSync(path, "utf8").split("\n").slice(0, -1);
      return complete.flatMap((line) => {
        try {
          return [JSON.parse(line) as unknown];
        } catch {
          return [];
        }
      });
    },
    append: (line) => appendFileSync(path, write([line])),
    rewrite: (lines) => {
      writeFileSync(`${path}.new`, write(lines));
      renameSync(`${path}.new`, path);
    },
  };
}
