import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { takeLock } from "./data-folder/lock.ts";
import { isAlive, type Owner, thisProcess } from "./data-folder/owner.ts";
import { openSecrets, readAdminKey } from "./data-folder/secrets-file.ts";
import { writeWhole } from "./data-folder/write-whole.ts";
import { HubError } from "./domain/hub-error.ts";
import { isJsonObject } from "./domain/json.ts";
import type { KeyRing, VaultKeys } from "./ports/vault.ts";

/** The folder of one running hub, locked for this process. */
export interface DataFolder {
  /** Where its files are: the data folder itself, or `sandbox` in it. */
  readonly path: string;
  /** Path of the SQLite database. */
  readonly database: string;
  readonly vaultKeys: VaultKeys;
  readonly keyRing: KeyRing;
  /** The key with which commands on this machine talk to the hub. Accept it; never print it. */
  readonly adminKey: string;
  /** Tell commands on this machine where the hub listens. Call it once the hub does. */
  writeRun(url: string, ownUrl?: string): void;
  /** Give the folder back; where the disk takes no writes, the end of this process does. */
  close(): void;
}

/** How a data folder is opened. `keys` are those of COUNTERSIGN_KEYS. */
export interface DataFolderOptions {
  readonly sandbox: boolean;
  readonly keys?: readonly Buffer[];
}

/**
 * Make the data folder where it is missing, take it for this process, and read its secrets.
 *
 * Throws `HubError` with one sentence for the operator: the folder cannot be written, another process has it, or its
 * secrets are lost. A process that was killed blocks nobody.
 */
export function openDataFolder(dataDir: string, { sandbox, keys }: DataFolderOptions): DataFolder {
  const path = sandbox ? join(dataDir, "sandbox") : dataDir;
  const lock = writing(dataDir, () => {
    makePrivate(dataDir);
    makePrivate(path);
    return takeLock(path);
  });
  if (lock.kind === "refused") throw inUse(path, lock.pid);
  try {
    const secrets = writing(dataDir, () => openSecrets(path, keys));
    return {
      path,
      database: join(path, "countersign.db"),
      vaultKeys: secrets.vault,
      keyRing: secrets.keyRing,
      adminKey: secrets.adminKey,
      writeRun: (url, ownUrl = url) => {
        const run = { url, own_url: ownUrl, ...thisProcess() };
        writing(dataDir, () => writeWhole(runFile(path), `${JSON.stringify(run)}\n`));
      },
      close() {
        removeRun(path);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A hub that runs on this machine, as its folder tells. */
export interface RunningHere {
  readonly url: string;
  /** Where it listens itself: commands of this machine need no proxy, and trust no certificate. */
  readonly ownUrl: string;
  readonly pid: number;
  readonly adminKey: string;
}

/** Find the hub that runs on a data folder, the sandbox's first. Undefined when none does, or its key is not ours to read. */
export function findRunning(dataDir: string): RunningHere | undefined {
  for (const path of [join(dataDir, "sandbox"), dataDir]) {
    const run = readRun(path);
    const adminKey = run && readAdminKey(path);
    if (adminKey) return { url: run.url, ownUrl: run.ownUrl, pid: run.pid, adminKey };
  }
  return undefined;
}

function readRun(path: string): (Owner & Pick<RunningHere, "url" | "ownUrl">) | undefined {
  try {
    const run: unknown = JSON.parse(readFileSync(runFile(path), "utf8"));
    if (!isJsonObject(run) || typeof run["url"] !== "string" || typeof run["pid"] !== "number")
      return undefined;
    const began = typeof run["began"] === "string" ? { began: run["began"] } : {};
    const { url, own_url: ownUrl = url, pid } = run;
    const found = { url: String(url), ownUrl: String(ownUrl), pid: Number(pid), ...began };
    return isAlive(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const runFile = (path: string) => join(path, "run.json");

/** Nobody believes what a process that has ended left there, so a disk that takes no writes keeps nobody from ending. */
function removeRun(path: string): void {
  try {
    rmSync(runFile(path), { force: true });
  } catch {}
}

/** A folder that we make, or find empty, becomes ours alone; a folder with somebody's files keeps its mode. */
function makePrivate(path: string): void {
  makeFolder(path);
  if (readdirSync(path).length > 0) return;
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    // A mounted volume may belong to another user and yet let us write; its mode is then the operator's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

/** Make a folder and those above it. Node's own recursive step never returns below `/proc` (seen with 20.20). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function writing<Value>(path: string, step: () => Value): Value {
  try {
    return step();
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown reason";
    const message =
      reason === "ENOSPC"
        ? `The disk of the data folder ${path} is full. Make room on it, or set DATA_DIR to another folder.`
        : `The data folder ${path} cannot be written (${reason}). Give this user the right to write it, or set DATA_DIR to another folder.`;
    throw new HubError("data_folder_unwritable", message, { cause });
  }
}

function inUse(path: string, pid: number): HubError {
  return new HubError(
    "data_folder_in_use",
    `Another Countersign (process ${pid}) works on ${path}. Stop it, or set DATA_DIR to another folder.`,
  );
}
