import { randomUUID } from "node:crypto";
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, type Owner, thisProcess } from "./owner.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * The right to be the only hub on a folder, or whose it is. `release` never throws: where the disk takes no writes, the end
 * of this process gives the lock back.
 */
export type LockResult =
  | { readonly kind: "taken"; release(): void }
  | { readonly kind: "refused"; readonly pid: number };

interface Holder extends Owner {
  /** Set when the holder gave the lock back while it lived on. */
  readonly released?: true;
}

const lockName = /^hub-(\d{1,15})\.lock$/;

/**
 * Take a folder for this process.
 *
 * The lock is the file `hub-<n>.lock` with the highest n. Nobody ever takes a lock away: whoever finds the last
 * holder dead links the next number into place, complete with its own name in it, and a number can be linked once. So
 * of two processes that start together after a crash exactly one wins, and a lock of a killed process blocks nobody.
 *
 * Processes of other machines or of other containers cannot be seen; one folder must not be given to two of those.
 */
export function takeLock(folder: string): LockResult {
  for (;;) {
    const last = lastNumber(folder);
    const holder = last === 0 ? undefined : readHolder(join(folder, `hub-${last}.lock`));
    if (holder && !holder.released && isAlive(holder)) return { kind: "refused", pid: holder.pid };
    const path = join(folder, `hub-${last + 1}.lock`);
    if (!place(path, thisProcess())) continue;
    if (lastNumber(folder) !== last + 1) {
      // The list was old: whole lives of other hubs passed since, and the number had come free behind them.
      rmSync(path, { force: true });
      continue;
    }
    removeBelow(folder, last + 1);
    return { kind: "taken", release: () => giveBack(path) };
  }
}

function numbers(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => {
    const match = lockName.exec(name);
    return match ? [Number(match[1])] : [];
  });
}

const lastNumber = (folder: string) => Math.max(0, ...numbers(folder));

/** Answers undefined for a lock that went away or that nobody can read: links arrive whole, so nobody holds that. */
function readHolder(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof holder === "object" && holder !== null ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Put a lock in place with its whole content, or answer false when the number is taken. */
function place(path: string, holder: Holder): boolean {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function giveBack(path: string): void {
  // Somebody may have deleted the whole folder under a running hub; then there is nothing left to give back.
  if (!existsSync(path)) return;
  const holder: Holder = { ...thisProcess(), released: true };
  try {
    writeWhole(path, JSON.stringify(holder));
  } catch {}
}

/** Clear away what earlier holders left. The highest number always stays, so numbers only grow. */
function removeBelow(folder: string, mine: number): void {
  for (const number of numbers(folder)) {
    if (number < mine) rmSync(join(folder, `hub-${number}.lock`), { force: true });
  }
}
