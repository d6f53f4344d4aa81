import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that took something, told apart from a later process under the same number. */
export interface Owner {
  readonly pid: number;
  /** When it began, in the words of the system; undefined where the system does not tell. */
  readonly began?: string;
}

/** This process, as others will check it. */
export function thisProcess(): Owner {
  return describe(process.pid);
}

/** Tell whether that very process still runs. Where the system tells no start time, a process of that number counts. */
export function isAlive(owner: Owner): boolean {
  if (!exists(owner.pid)) return false;
  const now = describe(owner.pid);
  return now.began === undefined || owner.began === undefined || now.began === owner.began;
}

function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function describe(pid: number): Owner {
  const began = process.platform === "linux" ? beganOnLinux(pid) : beganByPs(pid);
  return began === undefined ? { pid } : { pid, began };
}

/**
 * The boot and the clock tick of the start: field 22 of `/proc/<pid>/stat`, counted after the name in brackets. Of a
 * process that has ended and whose parent never asked how, the system keeps the number and the tick, and says `Z`.
 */
function beganOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields[19];
    if (fields[0] === "Z" || fields[0] === "X") return "ended";
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}

function beganByPs(pid: number): string | undefined {
  if (process.platform === "win32") return undefined;
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env,
  });
  return stdout?.trim() || undefined;
}
