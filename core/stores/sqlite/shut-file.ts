import { closeSync, existsSync, openSync } from "node:fs";

/** What SQLite keeps beside a database stands under its name and one of these. */
const endings = ["", "-wal", "-shm"];
const refusals: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "EROFS"]);

/**
 * Of a database's files the first that this user may not read and write. It is whole for all we know: nobody is told to
 * give it up. Call it only while this process has none of them open: its locks on them would go.
 */
export function findShutFile(path: string): string | undefined {
  return endings.map((ending) => path + ending).find((file) => existsSync(file) && isShut(file));
}

function isShut(file: string): boolean {
  try {
    closeSync(openSync(file, "r+"));
    return false;
  } catch (cause) {
    return refusals.has((cause as NodeJS.ErrnoException).code);
  }
}
