import type { Command } from "commander";
import { type Config, type ConfigResult, readConfig, readDataDir } from "../config.ts";
import { findRunning, type RunningHere } from "../data-folder.ts";
import { plainText, table } from "../log/plain-text.ts";
import type { GlobalFlags } from "./connection.ts";
import { type Check, fine } from "./doctor/check.ts";
import { checkDatabase, checkDisk, checkFolder, checkSecrets, folderOf } from "./doctor/folder.ts";
import { checkIssuer } from "./doctor/issuer.ts";
import { checkClock, checkPort, checkPublicUrl, checkReady } from "./doctor/network.ts";
import { checkSettings, effectiveSettings } from "./doctor/settings.ts";
import type { ListFlags } from "./reading.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Add `doctor` to the program. It works with a running hub and without one, and changes nothing. */
export function addDoctor(program: Command, world: World, done: (code: number) => void): void {
  program
    .command("doctor")
    .description("show the settings that hold, and look whether a hub can run here")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) => {
      const { dataDir } = program.opts<GlobalFlags>();
      const env = dataDir === undefined ? world.env : { ...world.env, DATA_DIR: dataDir };
      done(await examine({ ...world, env }, flags));
    });
}

async function examine(world: World, flags: ListFlags): Promise<number> {
  const settings = effectiveSettings(world.env);
  const checks = await runChecks(world);
  if (flags.json) print(world.out, JSON.stringify({ settings, checks }, null, 2));
  else {
    const rows = settings.map(({ name, value, from }) => [name, plainText(value), `(${from})`]);
    print(world.out, ...table([["Setting", "Value", ""], ...rows]), "", ...checks.flatMap(say));
  }
  return checks.every(({ ok }) => ok) ? exitCodes.fine : exitCodes.failed;
}

function say(check: Check): readonly string[] {
  const line = `${check.ok ? "✓" : "✗"} ${check.name}: ${plainText(check.found)}`;
  return check.ok ? [line] : [line, `    ${plainText(check.remedy)}`];
}

async function runChecks(world: World): Promise<readonly Check[]> {
  const result = readConfig(world.env, false);
  const node = fine("Node", process.versions.node);
  return [node, ...checkSettings(result), ...(await checkPlace(world, result))];
}

/** A running hub answers for its store. Without one only a file can be looked at without changing anything. */
async function checkStore(
  world: World,
  config: Config,
  running: RunningHere | undefined,
): Promise<Check> {
  if (running) return checkReady(world, running);
  if (config.mongodbUrl !== undefined)
    return fine("database", "MongoDB; run the hub and look again, it says whether it can store");
  return checkDatabase(folderOf(config), world.checkDatabase);
}

/** Look at the folder, the disk, the port and the address. Where settings cannot be used, at the folder alone. */
async function checkPlace(world: World, result: ConfigResult): Promise<readonly Check[]> {
  const dataDir = readDataDir(world.env, world.folder);
  const running = findRunning(dataDir);
  if (!result.ok) return [...checkFolder(dataDir), await checkDisk(dataDir)];
  const config = { ...result.config, dataDir };
  const folder = folderOf(config);
  return [
    ...checkFolder(folder),
    ...checkSecrets(folder, config.keys),
    await checkStore(world, config, running),
    await checkDisk(folder),
    await checkPort(config, running),
    ...(config.publicUrl === undefined
      ? []
      : [await checkPublicUrl(world, config.publicUrl, running)]),
    ...(config.singleSignOn === undefined
      ? []
      : [await checkIssuer(world, config.singleSignOn.issuer, config)]),
    await checkClock(world, config, running),
  ];
}
