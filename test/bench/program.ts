import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../fixtures/rig/hub-process.ts";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

/** The programs of the benches. Each takes one JSON text and prints JSON lines. */
const programs = {
  backtest: new URL("./programs/backtest.ts", import.meta.url),
  bareExpress: new URL("./programs/bare-express.ts", import.meta.url),
  fillStore: new URL("./programs/fill-store.ts", import.meta.url),
  ingestHub: new URL("./programs/ingest-hub.ts", import.meta.url),
  laneHub: new URL("./programs/lane-hub.ts", import.meta.url),
  load: new URL("./programs/load.ts", import.meta.url),
  mongoWorker: new URL("./programs/mongo-worker.ts", import.meta.url),
  route: new URL("./programs/route.ts", import.meta.url),
} as const;

/** A program that runs in a process of its own. */
export interface Running<Line> {
  readonly pid: number;
  /** The next line that it prints, as JSON. */
  next(): Promise<Line>;
  tell(word: string): void;
  /** Take it away and wait until it is gone. */
  end(): Promise<void>;
}

const compiled = (name: keyof typeof programs) =>
  join(projectRoot, "dist", "bench", relative(projectRoot, fileURLToPath(programs[name]))).replace(
    /\.ts$/,
    ".js",
  );

/** Start a program. What it writes to its error output is shown as it comes. */
export function start<Line>(name: keyof typeof programs, spec: object): Running<Line> {
  const child = spawn(process.execPath, [compiled(name), JSON.stringify(spec)], {
    env: cleanEnvironment(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? -1,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The program ${name} ended before it answered.`);
      return JSON.parse(value) as Line;
    },
    tell: (word) => void child.stdin.write(`${word}\n`),
    end: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}

/** Run a program to its end and read its one line. */
export async function run<Line>(name: keyof typeof programs, spec: object): Promise<Line> {
  const program = start<Line>(name, spec);
  try {
    return await program.next();
  } finally {
    await program.end();
  }
}
