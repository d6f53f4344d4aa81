import { HubError } from "../../domain/hub-error.ts";
import { openConnection } from "./bind.ts";
import { schemaVersion } from "./migrate.ts";

/**
 * Look whether a database file is whole and known to this program. Answers what is wrong with it, or undefined.
 *
 * It changes nothing of the content. Call it only while no hub has the file open.
 */
export function checkDatabaseFile(path: string): string | undefined {
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
