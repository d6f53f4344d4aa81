import { HubError } from "../../domain/hub-error.ts";
import { openConnection } from "./bind.ts";
import { schemaVersion } from "./migrate.ts";
import { findShutFile } from "./shut-file.ts";

/** What is wrong with a database file, and what to do. */
export interface DatabaseTrouble {
  readonly found: string;
  readonly remedy: string;
}

/**
 * Look whether a database file is whole, known to this program, and free for this user. Answers undefined where it is.
 *
 * It changes nothing of the content. Call it only while no hub has the file open.
 */
export function checkDatabaseFile(path: string): DatabaseTrouble | undefined {
  const shut = findShutFile(path);
  if (shut !== undefined) {
    return {
      found: `${shut} cannot be read and written by this user`,
      remedy: "Give this user the right to read and write it.",
    };
  }
  const found = damageOf(path);
  const remedy = "Restore it from a backup; keep the damaged file.";
  return found === undefined ? undefined : { found: `${path}: ${found}`, remedy };
}

function damageOf(path: string): string | undefined {
  try {
    const connection = openConnection(path);
    try {
      const found = connection
        .prepare("PRAGMA quick_check(1)")
        .all()
        .map((row) => Object.values(row).join());
      if (found.join() !== "ok") return `it is damaged: ${found.join(", ")}`;
      const version = Number(
        connection.prepare("PRAGMA user_version").first()?.["user_version"] ?? 0,
      );
      if (version > schemaVersion + 1)
        return `it has schema ${version}, and this program knows ${schemaVersion}: a newer version wrote it`;
      return undefined;
    } finally {
      connection.close();
    }
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    return "it cannot be read as a Countersign database";
  }
}
