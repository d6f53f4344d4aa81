import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { launch } from "../fixtures/rig/hub-process.ts";
import { makeFolder } from "./folders.ts";
import { run } from "./program.ts";
import type { Filled } from "./programs/fill-store.ts";

/** Deliveries that wait in the large folder; the figure's own count with `PENDING=1000000`. */
export const manyPending = Number(process.env["PENDING"] ?? 100_000);

/** A folder of the built program in which so many deliveries wait. */
export interface PendingFolder extends Filled {
  readonly folder: string;
}

const serve = (folder: string) =>
  launch(["serve"], folder, { PORT: "0", DATA_DIR: join(folder, "data"), SANDBOX: "on" });

/** Start the program on an empty folder, take it away, and fill its database. */
export async function makePendingFolder(count: number): Promise<PendingFolder> {
  const folder = makeFolder();
  const hub = serve(folder);
  await hub.lines.until(/"sent".*"slack"|"slack".*"sent"/);
  await hub.end("SIGKILL");
  const database = join(folder, "data", "sandbox", "countersign.db");
  const filled = await run<Filled>("fillStore", { database, to: "#ops", count });
  return { folder, ...filled };
}

/** Start the program where many wait; say how long the first of them took and what memory holds then; take it away. */
export async function startOnce(folder: string): Promise<{
  readonly seconds: number;
  readonly megabytes: number;
}> {
  const begun = performance.now();
  const hub = serve(folder);
  try {
    await hub.lines.until(/"label":"#ops".*"outcome":"sent"/);
    const seconds = (performance.now() - begun) / 1_000;
    return { seconds, megabytes: residentMb(hub.pid) };
  } finally {
    await hub.end("SIGKILL");
  }
}

const residentMb = (pid: number) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
