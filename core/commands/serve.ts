import type { Command } from "commander";
import { type Config, readConfig } from "../config.ts";
import { type DataFolder, openDataFolder } from "../data-folder.ts";
import { createLog } from "../log.ts";
import type { GlobalFlags } from "./connection.ts";
import { sayMistakes } from "./mistakes.ts";
import type { RunningHub } from "./running-hub.ts";
import { settingsHelp } from "./settings-help.ts";
import { listenForSignals } from "./signals.ts";
import { startBlock } from "./start-block.ts";
import { exitCodes, print, type World } from "./world.ts";

/** How long Ctrl-C waits for work that is on its way (SURFACE §1). */
const drainMs = 10_000;
/** Add `serve` to the program. */
export function addServe(program: Command, world: World, done: (code: number) => void): void {
  program
    .command("serve")
    .description("run the hub")
    .addHelpText("after", settingsHelp())
    .action(async () => {
      const { dataDir } = program.opts<GlobalFlags>();
      const env = dataDir === undefined ? world.env : { ...world.env, DATA_DIR: dataDir };
      done(await serve({ ...world, env }));
    });
}

/**
 * Run the hub until Ctrl-C or SIGTERM, and answer the exit code.
 *
 * Rejects with `HubError` when it cannot start; its message is the one sentence that the operator reads.
 */
async function serve(world: World): Promise<number> {
  const settings = readConfig(world.env, world.out.terminal);
  if (!settings.ok) {
    print(world.err, ...sayMistakes("Countersign did not start.", settings.mistakes));
    return exitCodes.failed;
  }
  const { config } = settings;
  const folder = openDataFolder(config.dataDir, config);
  try {
    return await run(world, config, folder);
  } finally {
    folder.close();
  }
}

async function run(world: World, config: Config, folder: DataFolder): Promise<number> {
  const log = createLog({
    format: config.logFormat,
    level: config.logLevel,
    write: (line) => world.out.write(line),
    colour: world.out.terminal && !world.env["NO_COLOR"],
    now: world.now,
  });
  const signals = listenForSignals(world);
  try {
    const hub = await Promise.race([world.startHub(config, folder, log), signals.second]);
    if (!hub) return exitCodes.failed;
    folder.writeRun(hub.url, hub.ownUrl);
    print(world.err, ...startBlock(hub, world.version, world.folder));
    await signals.first;
    return await drain(world, hub, signals.second);
  } finally {
    signals.stop();
  }
}

async function drain(world: World, hub: RunningHub, second: Promise<void>): Promise<number> {
  print(
    world.err,
    "",
    "Stopping. Work on its way gets up to 10 s; press Ctrl-C again to end at once.",
  );
  const ended = await Promise.race([
    hub.stop(),
    world.pause(drainMs).then(() => "too_long" as const),
    second.then(() => "pressed_again" as const),
  ]);
  if (ended === "pressed_again") {
    print(world.err, "Ended at once. What is stored goes on at the next start.");
    return exitCodes.failed;
  }
  if (ended === "too_long") {
    print(
      world.err,
      "Not everything settled within 10 s. What is stored goes on at the next start.",
    );
    return exitCodes.fine;
  }
  print(world.err, sayLeft(ended.left));
  return exitCodes.fine;
}

function sayLeft(left: number): string {
  if (left === 0) return "Stopped. Nothing is left to do.";
  return `Stopped. ${left} ${left === 1 ? "delivery waits" : "deliveries wait"} for the next start.`;
}
