import { accessSync, constants, existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskReserve } from "../../config/disk-reserve.ts";
import type { Config } from "../../config.ts";
import { openSecrets } from "../../data-folder/secrets-file.ts";
import { HubError } from "../../domain/hub-error.ts";
import type { World } from "../world.ts";
import { type Check, fine, wrong } from "./check.ts";

const othersMay = 0o077;

/** Where this configuration keeps its files. */
export const folderOf = ({ dataDir, sandbox }: Pick<Config, "dataDir" | "sandbox">) =>
  sandbox ? join(dataDir, "sandbox") : dataDir;

/** Look whether the data folder can be written, and whether others of this machine can read it. */
export function checkFolder(folder: string): readonly Check[] {
  if (!existsSync(folder)) {
    const above = existingAbove(folder);
    return mayWrite(above)
      ? [fine("data folder", `${folder} is made at the first start`)]
      : [
          wrong(
            "data folder",
            `${above} cannot be written, so ${folder} cannot be made`,
            giveRight,
          ),
        ];
  }
  if (!mayWrite(folder))
    return [wrong("data folder", `${folder} cannot be written by this user`, giveRight)];
  return [
    fine("data folder", `${folder} can be written`),
    checkMode("data folder is private", folder, "700"),
  ];
}

const giveRight = "Give this user the right to write it, or set DATA_DIR to another folder.";

const existingAbove = (folder: string): string =>
  existsSync(folder) ? folder : existingAbove(dirname(folder));

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function checkMode(name: string, path: string, mode: string): Check {
  const { mode: bits } = statSync(path);
  if (process.platform === "win32" || (bits & othersMay) === 0) return fine(name, `mode ${mode}`);
  const found = `${path} has mode ${(bits & 0o777).toString(8)}, so others of this machine can read it`;
  return wrong(name, found, `Run: chmod ${mode} ${path}`);
}

/** Look whether the secrets can be read, without making any. */
export function checkSecrets(
  folder: string,
  keys: readonly Buffer[] | undefined,
): readonly Check[] {
  const path = join(folder, "secrets.json");
  const isNew = !existsSync(path) && !existsSync(join(folder, "countersign.db"));
  if (isNew) return [fine("secrets", "secrets.json is made at the first start")];
  try {
    const { vault } = openSecrets(folder, keys);
    const count = vault.ring.length === 1 ? "one key" : `${vault.ring.length} keys`;
    return [fine("secrets", `readable, ${count}`), checkMode("secrets are private", path, "600")];
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const [found = "", ...remedy] = error.message.split(/(?<=\.) /);
    return [wrong("secrets", found, remedy.join(" "))];
  }
}

/** Look whether the database is whole. Only while no hub runs on it. */
export async function checkDatabase(folder: string, look: World["checkDatabase"]): Promise<Check> {
  const path = join(folder, "countersign.db");
  if (!existsSync(path)) return fine("database", "is made at the first start");
  const trouble = await look(path);
  return trouble
    ? wrong("database", trouble.found, trouble.remedy)
    : fine("database", "opens and is whole");
}

/** Look how much room the disk has. Below the reserve a hub takes no events. */
export async function checkDisk(
  folder: string,
  free: (path: string) => Promise<number> = freeBytes,
): Promise<Check> {
  const bytes = await free(existingAbove(folder));
  const room = `${Math.floor(bytes / 1_048_576).toLocaleString("en")} MiB free`;
  if (bytes >= diskReserve) return fine("disk", room);
  const least = `${diskReserve / 1_048_576} MiB`;
  return wrong("disk", `${room}; below ${least} events are refused`, "Make room on this disk.");
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
