import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { runCommand } from "./commands/program.ts";
import { exitCodes, type Output, print, type World } from "./commands/world.ts";
import { withEnvFile } from "./config/env-file.ts";
import { HubError } from "./domain/hub-error.ts";

/** How long open sockets may hold up the end of the process once a command is done. */
const lingerMs = 500;

/**
 * Run the command line of this process and end with its exit code.
 *
 * What cannot be done for a known reason is one sentence on standard error, never a stack.
 */
export async function main(version: string): Promise<void> {
  // Everything that the hub writes is for its own user: keys, database, logs.
  process.umask(0o077);
  const err = outputOf(process.stderr);
  try {
    process.exitCode = await runCommand(process.argv.slice(2), thisWorld(version, err));
  } catch (error) {
    print(err, sentenceOf(error));
    process.exitCode = exitCodes.failed;
  }
  setTimeout(() => process.exit(), lingerMs).unref();
}

function sentenceOf(error: unknown): string {
  if (error instanceof HubError) return error.message;
  if (process.env["LOG_LEVEL"] === "debug") return (error as Error).stack ?? String(error);
  return `Countersign met a bug: ${error instanceof Error ? error.message : String(error)}. LOG_LEVEL=debug shows where.`;
}

function thisWorld(version: string, err: Output): World {
  return {
    env: withEnvFile(process.env, process.cwd()),
    folder: process.cwd(),
    version,
    out: outputOf(process.stdout),
    err,
    readText: (path) => readFileSync(path === "-" ? 0 : path, "utf8"),
    writeFile: (path, content) => writeFileSync(path, content),
    fetch: globalThis.fetch,
    now: () => new Date(),
    pause: (ms) => pause(ms),
    onSignal,
    // The hub is most of the program; commands that only talk to one start without it.
    checkDatabase: async (path) =>
      (await import("./stores/sqlite/quick-check.ts")).checkDatabaseFile(path),
    slackAppSetup: async (...args) =>
      (await import("./start/slack-app-setup.ts")).slackAppSetup(...args),
    teamsAppPackage: async (instance) =>
      (await import("./start/teams-app-package.ts")).teamsAppPackage(instance),
    startHub: async (...args) => (await import("./start/start-hub.ts")).startHub(...args),
    startSandbox: async (...args) =>
      (await import("./start/start-sandbox.ts")).startSandbox(...args),
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // A reader that went away, as in `countersign listen | head`, ends the command quietly.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
  });
  return { write: (text) => void stream.write(text), terminal: stream.isTTY === true };
}

function onSignal(listener: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
