import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type DataFolder, findRunning, openDataFolder } from "../../core/data-folder.ts";
import { HubError } from "../../core/domain/hub-error.ts";
import { mountSmallDisk } from "../fixtures/rig/small-disk.ts";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

let spare = "";
const opened: DataFolder[] = [];

beforeEach(() => {
  spare = mkdtempSync(join(tmpdir(), "countersign-folder-"));
});
afterEach(() => {
  for (const folder of opened.splice(0)) folder.close();
  rmSync(spare, { recursive: true, force: true });
});

function open(
  path = join(spare, "data"),
  options: Parameters<typeof openDataFolder>[1] = { sandbox: false },
) {
  const folder = openDataFolder(path, options);
  opened.push(folder);
  return folder;
}

function refusal(...args: Parameters<typeof open>): HubError {
  try {
    open(...args);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  throw new Error("the folder was opened");
}

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const locksIn = (path: string) => readdirSync(path).filter((name) => name.endsWith(".lock"));

describe("openDataFolder", () => {
  it("makes the folder and what it keeps there for its owner alone", () => {
    const { path } = open(join(spare, "deep", "data"), { sandbox: true });
    expect(path).toBe(join(spare, "deep", "data", "sandbox"));
    expect([mode(dirname(path)), mode(path), mode(join(path, "secrets.json"))]).toEqual([
      "700",
      "700",
      "600",
    ]);
  });

  it("takes an empty folder for itself, and leaves the mode of a folder with somebody's files", () => {
    mkdirSync(join(spare, "empty"), { mode: 0o755 });
    mkdirSync(join(spare, "used"), { mode: 0o755 });
    writeFileSync(join(spare, "used", "notes.txt"), "");
    open(join(spare, "empty"));
    open(join(spare, "used"));
    expect([mode(join(spare, "empty")), mode(join(spare, "used"))]).toEqual(["700", "755"]);
  });

  it("makes its secrets once, other ones for the sandbox", () => {
    const first = open();
    const sandbox = open(undefined, { sandbox: true });
    opened.splice(opened.indexOf(first), 1);
    first.close();
    const again = open();
    expect([again.adminKey, again.vaultKeys]).toEqual([first.adminKey, first.vaultKeys]);
    expect(first.adminKey).toMatch(/^cs_[\w-]{43}$/);
    expect(sandbox.adminKey).not.toBe(first.adminKey);
    expect(sandbox.vaultKeys.ring).not.toEqual(first.vaultKeys.ring);
  });

  it("puts the operator's keys before its own, and makes none beside them", () => {
    const keys = [Buffer.alloc(32, 1)];
    expect(open(join(spare, "new"), { sandbox: false, keys }).vaultKeys.ring).toEqual(keys);
    const own = open();
    own.close();
    expect(open(undefined, { sandbox: false, keys }).vaultKeys.ring).toEqual([
      ...keys,
      ...own.vaultKeys.ring,
    ]);
  });

  it("says so when the operator's keys are gone", () => {
    open(undefined, { sandbox: false, keys: [Buffer.alloc(32, 1)] }).close();
    opened.splice(0);
    expect(refusal().message).toContain("COUNTERSIGN_KEYS");
  });

  it.each(["not json", "[]", '{"keys":["short"],"root":"x","admin_key":"cs_x"}'])(
    "starts with no other secrets when secrets.json reads %s",
    (content) => {
      mkdirSync(join(spare, "data"));
      writeFileSync(join(spare, "data", "secrets.json"), content);
      expect(refusal().code).toBe("secrets_unreadable");
      expect(readFileSync(join(spare, "data", "secrets.json"), "utf8")).toBe(content);
    },
  );

  it("tells nobody to give up secrets that are there and may not be read", () => {
    // Root may read every file, so a folder stands for one here.
    mkdirSync(join(spare, "data", "secrets.json"), { recursive: true });
    expect(refusal().message).toMatch(
      /secrets\.json cannot be read \(EISDIR\)\. Give this user the right/,
    );
  });

  it("makes no new secrets beside an old database", () => {
    mkdirSync(join(spare, "data"));
    writeFileSync(join(spare, "data", "countersign.db"), "");
    expect(refusal().message).toMatch(/secrets\.json is missing.*Restore it/);
  });

  it.each([
    ["a file stands in the way", () => join(spare, "file")],
    ["a file stands in the way above", () => join(spare, "file", "data")],
    ["nobody may write there", () => "/proc/countersign"],
  ])("says in one sentence that %s", (_, path) => {
    writeFileSync(join(spare, "file"), "");
    const { code, message } = refusal(path());
    expect(code).toBe("data_folder_unwritable");
    expect(message).toContain(path());
    expect(message).not.toContain("\n");
  });
});

describe("a data folder on a disk that takes no writes", () => {
  const lacking = /^The disk of the data folder .* is full\. Make room on it/;

  it("says so, however often a supervisor starts the hub, and is left with no file more", (test) => {
    const disk = mountSmallDisk(1);
    if (typeof disk === "string") return test.skip(disk);
    try {
      const path = join(disk.folder, "data");
      mkdirSync(path);
      disk.fill();
      for (let start = 0; start < 3; start += 1) expect(refusal(path).message).toMatch(lacking);
      expect(readdirSync(path)).toEqual([]);
      // Room for the lock, and for nothing after it.
      disk.clear();
      disk.fill(4_096);
      expect(refusal(path).message).toMatch(lacking);
      expect(readdirSync(path)).toEqual([expect.stringMatching(/^hub-\d+\.lock$/)]);
    } finally {
      disk.remove();
    }
  });

  it("keeps its secrets and leaves no part of new ones beside them, and the hub ends in peace", (test) => {
    const disk = mountSmallDisk(1);
    if (typeof disk === "string") return test.skip(disk);
    try {
      const folder = open(join(disk.folder, "data"));
      const kept = readdirSync(folder.path);
      disk.fill();
      // What the store does not take is answered with 503, and not as a bug.
      expect(() => folder.keyRing.add()).toThrow(
        expect.objectContaining({
          code: "store_unwritable",
          message: expect.stringMatching(/secrets\.json cannot be written \(ENOSPC\)\. Make room/),
        }),
      );
      expect(() => folder.writeRun("http://localhost:3000")).toThrow(lacking);
      expect(readdirSync(folder.path)).toEqual(kept);
      expect(folder.keyRing.read()).toEqual(folder.vaultKeys.ring);
      expect(() => folder.close()).not.toThrow();
      disk.clear();
      folder.writeRun("http://localhost:3000");
      spawnSync("mount", ["-o", "remount,ro", disk.folder]);
      opened.splice(0);
      expect(() => folder.close()).not.toThrow();
    } finally {
      disk.remove();
    }
  });
});

describe("the lock of a data folder", () => {
  it("refuses a second hub with the pid of the first, and lets it in afterwards", () => {
    const first = open();
    const { code, message } = refusal();
    expect(code).toBe("data_folder_in_use");
    expect(message).toContain(String(process.pid));
    opened.splice(0);
    first.close();
    expect(open().path).toBe(first.path);
  });

  it("lets the sandbox and the live hub stand side by side", () => {
    expect([open().path, open(undefined, { sandbox: true }).path]).toHaveLength(2);
  });

  it("is free again once its holder is killed", async () => {
    const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(holder, "spawn");
    const ended = once(holder, "exit");
    mkdirSync(join(spare, "data"));
    writeFileSync(join(spare, "data", "hub-4.lock"), JSON.stringify({ pid: holder.pid }));
    expect(refusal().message).toContain(String(holder.pid));
    holder.kill("SIGKILL");
    await ended;
    open();
    expect(locksIn(join(spare, "data"))).toEqual(["hub-5.lock"]);
  });

  it.runIf(process.platform === "linux")(
    "is free when its holder's number belongs to another program by now",
    () => {
      mkdirSync(join(spare, "data"));
      const holder = { pid: process.ppid, began: "another boot 12345" };
      writeFileSync(join(spare, "data", "hub-1.lock"), JSON.stringify(holder));
      expect(open().path).toBe(join(spare, "data"));
    },
  );

  it.runIf(process.platform === "linux")(
    "is free when its holder has ended and its parent has not asked how",
    async () => {
      // The shell becomes a program that never asks after the child that it inherits.
      const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"]);
      onTestFinished(() => void parent.kill());
      const [said] = (await once(parent.stdout, "data")) as [Buffer];
      const stat = () => readFileSync(`/proc/${Number(said)}/stat`, "utf8");
      const fields = stat().split(") ")[1]?.split(" ") ?? [];
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      const holder = { pid: Number(said), began: `${boot} ${fields[19]}` };
      mkdirSync(join(spare, "data"));
      writeFileSync(join(spare, "data", "hub-1.lock"), JSON.stringify(holder));
      await vi.waitUntil(() => stat().includes(") Z "), { timeout: 5_000 });
      expect(open().path).toBe(join(spare, "data"));
    },
  );

  it("is free when what stands in it is no holder", () => {
    mkdirSync(join(spare, "data"));
    writeFileSync(join(spare, "data", "hub-1.lock"), "");
    expect(open().path).toBe(join(spare, "data"));
  });

  it("outlives the folder's removal under a running hub", () => {
    const folder = open();
    opened.splice(0);
    rmSync(folder.path, { recursive: true });
    expect(() => folder.close()).not.toThrow();
  });

  it("goes to exactly one of many processes that start together after a crash", {
    timeout: 30_000,
  }, async () => {
    const lock = compileLock(join(spare, "js"));
    for (let round = 0; round < 3; round += 1) {
      const folder = join(spare, `round-${round}`);
      mkdirSync(folder);
      writeFileSync(join(folder, "hub-1.lock"), JSON.stringify({ pid: 2 ** 22 + 1 }));
      expect(await race(lock, folder, 6)).toEqual([
        "refused",
        "refused",
        "refused",
        "refused",
        "refused",
        "taken",
      ]);
    }
  });
});

/** Processes to be run as plain JavaScript, because Node 20 reads no TypeScript. */
function compileLock(folder: string): string {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin",
    "tsc",
  );
  const flags = [
    "--ignoreConfig",
    "--outDir",
    folder,
    "--module",
    "nodenext",
    "--target",
    "es2023",
  ];
  const source = join(projectRoot, "core", "data-folder", "lock.ts");
  const types = ["--types", "node", "--typeRoots", join(projectRoot, "node_modules", "@types")];
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, ...flags, ...types, "--rewriteRelativeImportExtensions", source],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  return join(folder, "lock.js");
}

/** Start processes, let all of them go at once, and answer what each one got. All live until every one has answered. */
async function race(lock: string, folder: string, count: number): Promise<readonly string[]> {
  const program = `
    const { takeLock } = await import(${JSON.stringify(lock)});
    process.stdout.write("ready\\n");
    process.stdin.once("data", () => process.stdout.write(takeLock(${JSON.stringify(folder)}).kind));`;
  const runners = Array.from({ length: count }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", program]),
  );
  try {
    await Promise.all(runners.map((runner) => once(runner.stdout, "data")));
    const answers = runners.map(async (runner) => String((await once(runner.stdout, "data"))[0]));
    for (const runner of runners) runner.stdin.write("go\n");
    return (await Promise.all(answers)).toSorted();
  } finally {
    for (const runner of runners) runner.kill("SIGKILL");
  }
}

describe("findRunning", () => {
  it("finds the hub that said where it listens, the sandbox's first", () => {
    const live = open();
    const sandbox = open(undefined, { sandbox: true });
    expect(findRunning(join(spare, "data"))).toBeUndefined();
    live.writeRun("http://localhost:3000");
    const pid = process.pid;
    expect(findRunning(join(spare, "data"))).toEqual({
      url: "http://localhost:3000",
      ownUrl: "http://localhost:3000",
      pid,
      adminKey: live.adminKey,
    });
    live.writeRun("https://hub.example", "http://localhost:3000");
    expect(findRunning(join(spare, "data"))).toMatchObject({
      url: "https://hub.example",
      ownUrl: "http://localhost:3000",
    });
    sandbox.writeRun("http://localhost:3001");
    expect(findRunning(join(spare, "data"))?.adminKey).toBe(sandbox.adminKey);
  });

  it("finds nothing once the hub has ended, or was killed", () => {
    const live = open();
    live.writeRun("http://localhost:3000");
    opened.splice(0);
    live.close();
    expect(existsSync(join(live.path, "run.json"))).toBe(false);
    const killed = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(
      join(live.path, "run.json"),
      JSON.stringify({ url: "http://localhost:3000", pid: killed }),
    );
    expect(findRunning(join(spare, "data"))).toBeUndefined();
  });
});
