import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { SandboxJournal } from "../../ports/sandbox.ts";

/**
 * Keep lines of JSON in a file. A line is handed to the operating system before `append` returns, so it survives a
 * killed process; a last line that was cut off is dropped when the journal is opened.
 */
export function createFileJournal(path: string): SandboxJournal {
  const write = (lines: readonly unknown[]) =>
    lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  dropCutOffLine(path);
  return {
    read: () => (existsSync(path) ? readFileSync(path, "utf8").split("\n").flatMap(parse) : []),
    append: (line) => appendFileSync(path, write([line])),
    rewrite: (lines) => {
      writeFileSync(`${path}.new`, write(lines));
      renameSync(`${path}.new`, path);
    },
  };
}

/** The next line would otherwise be written behind its stump, and be lost with it. */
function dropCutOffLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(path, end);
}

function parse(line: string): unknown[] {
  try {
    return [JSON.parse(line) as unknown];
  } catch {
    return [];
  }
}
