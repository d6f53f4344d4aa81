import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HubError } from "../domain/hub-error.ts";
import { isJsonObject, type JsonObject } from "../domain/json.ts";
import type { KeyRing, VaultKeys } from "../ports/vault.ts";
import { writeWhole } from "./write-whole.ts";

/** The secrets of one data folder. */
export interface FolderSecrets {
  readonly vault: VaultKeys;
  /** The key with which commands on this machine talk to the hub; it has every scope but `vote`. */
  readonly adminKey: string;
  readonly keyRing: KeyRing;
}

const bytes = 32;

/**
 * Read `secrets.json`, or make it where the folder is new.
 *
 * Keys from COUNTERSIGN_KEYS go before those of the file. They keep a new file from making a ring key of its own, so
 * that a stolen folder opens nothing; what the file holds beside them signs sessions and local commands.
 */
export function openSecrets(
  folder: string,
  fromEnvironment: readonly Buffer[] = [],
): FolderSecrets {
  const path = join(folder, "secrets.json");
  if (!existsSync(path)) makeSecrets(folder, path, fromEnvironment.length === 0);
  const { keys, root, adminKey } = readSecrets(path);
  const ring = [...fromEnvironment, ...keys];
  if (ring.length === 0) {
    throw new HubError(
      "no_key",
      `${path} holds no key for secrets at rest. Set COUNTERSIGN_KEYS as it was before.`,
    );
  }
  return { vault: { ring, root }, adminKey, keyRing: keyRingOf(path, fromEnvironment) };
}

/**
 * The ring of a file and, before it, of the environment. Every change of the file is whole: old, or new. Throws
 * `HubError("store_unwritable")` where the disk does not take it.
 */
function keyRingOf(path: string, fromEnvironment: readonly Buffer[]): KeyRing {
  const read = () => [...fromEnvironment, ...readSecrets(path).keys];
  const write = (keys: readonly Buffer[]) => {
    const content = parseFile(path) as JsonObject;
    const texts = keys.map((key) => key.toString("base64url"));
    try {
      writeWhole(path, `${JSON.stringify({ ...content, keys: texts }, null, 2)}\n`);
    } catch (cause) {
      throw unwritable(path, cause);
    }
    return read();
  };
  return {
    keptBy: fromEnvironment.length > 0 ? "operator" : "hub",
    read,
    add: () => write([randomBytes(bytes), ...readSecrets(path).keys]),
    retire: () => write(fromEnvironment.length > 0 ? [] : readSecrets(path).keys.slice(0, 1)),
  };
}

/** The admin key of a folder that a hub has opened before; undefined when there is none to read. */
export function readAdminKey(folder: string): string | undefined {
  try {
    return readSecrets(join(folder, "secrets.json")).adminKey;
  } catch {
    return undefined;
  }
}

function makeSecrets(folder: string, path: string, withRingKey: boolean): void {
  if (existsSync(join(folder, "countersign.db"))) {
    throw new HubError(
      "secrets_missing",
      `${path} is missing, and countersign.db beside it cannot be read without it. Restore it from a backup, or delete the folder to start again.`,
    );
  }
  const fresh = () => randomBytes(bytes).toString("base64url");
  const content = { keys: withRingKey ? [fresh()] : [], root: fresh(), admin_key: `cs_${fresh()}` };
  writeWhole(path, `${JSON.stringify(content, null, 2)}\n`);
}

function readSecrets(path: string) {
  const content = parseFile(path);
  const keys =
    isJsonObject(content) && Array.isArray(content["keys"])
      ? content["keys"].map(parseKey)
      : undefined;
  const root = isJsonObject(content) ? parseKey(content["root"]) : undefined;
  const adminKey = isJsonObject(content) ? content["admin_key"] : undefined;
  if (!keys?.every((key) => key !== undefined) || !root || typeof adminKey !== "string")
    throw unreadable(path);
  return { keys, root, adminKey };
}

function parseFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A file that may not be read is whole for all we know: nobody is told to give it up. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
    const message = `${path} cannot be read (${code}). Give this user the right to read it.`;
    throw new HubError("secrets_unreadable", message, { cause });
  }
}

function unwritable(path: string, cause: unknown): HubError {
  const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
  const message = `${path} cannot be written (${code}). Make room on its disk, or give this user the right to write it.`;
  return new HubError("store_unwritable", message, { cause });
}

function parseKey(value: unknown): Buffer | undefined {
  const key = typeof value === "string" ? Buffer.from(value, "base64url") : undefined;
  return key?.length === bytes ? key : undefined;
}

function unreadable(path: string, cause?: unknown): HubError {
  const message = `${path} cannot be read as the secrets of a hub. Restore it from a backup, or delete the folder to start again.`;
  return new HubError("secrets_unreadable", message, { cause });
}
