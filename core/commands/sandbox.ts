import { join } from "node:path";
import type { Command } from "commander";
import { parseOrigin, webAddress, wholeNumber } from "../config/parsers.ts";
import { readDataDir } from "../config.ts";
import { type DataFolder, openDataFolder } from "../data-folder.ts";
import { createLog } from "../log.ts";
import type { GlobalFlags } from "./connection.ts";
import type { RunningSandbox, SandboxOptions } from "./running-sandbox.ts";
import { listenForSignals } from "./signals.ts";
import { headLine } from "./start-block.ts";
import { exitCodes, print, type World } from "./world.ts";

interface SandboxFlags {
  readonly hub: string;
  readonly port?: string;
  readonly uninstalled?: boolean;
}

/** Where it listens unless told otherwise: a hub that moves from port to port does not come so far. */
const defaultPort = 3100;

/** Add `sandbox` to the program. */
export function addSandbox(program: Command, world: World, done: (code: number) => void): void {
  program
    .command("sandbox")
    .description("run the sandbox's Slack and Teams as a process of their own, for a hub elsewhere")
    .requiredOption("--hub <address>", "where Slack and Teams reach the hub: its PUBLIC_URL")
    .option("--port <number>", `port to listen on (else ${defaultPort}, or the next free one)`)
    .option(
      "--uninstalled",
      "begin without the app in Slack and Teams, so that it can be installed from the hub",
    )
    .addHelpText(
      "after",
      "\nIt prints the settings that the hub needs to take it for Slack and Teams. With --key, a producer's key of the\nhub, its page can send events and show what became of them.",
    )
    .action(async (flags: SandboxFlags) => {
      const { dataDir, key } = program.opts<GlobalFlags>();
      const env = dataDir === undefined ? world.env : { ...world.env, DATA_DIR: dataDir };
      const hubKey = key ?? (world.env["COUNTERSIGN_KEY"] || undefined);
      const options = readFlags(flags, hubKey);
      if (typeof options === "string") {
        print(world.err, options);
        return done(exitCodes.usage);
      }
      const folder = openDataFolder(join(readDataDir(env, world.folder), "sandbox-process"), {
        sandbox: false,
      });
      try {
        done(await run(world, options, folder));
      } finally {
        folder.close();
      }
    });
}

function readFlags(
  { hub, port, uninstalled }: SandboxFlags,
  hubKey?: string,
): SandboxOptions | string {
  const hubUrl = parseOrigin(hub);
  if (hubUrl === undefined) return `--hub: came ${hub}; allowed is ${webAddress}, without a path`;
  const chosen = port === undefined ? defaultPort : wholeNumber(0, 65_535)(port);
  if (chosen === undefined) return `--port: came ${port}; allowed is a port from 0 to 65535`;
  return {
    hubUrl,
    port: chosen,
    portChosen: port !== undefined,
    installed: !uninstalled,
    ...(hubKey === undefined ? {} : { hubKey }),
  };
}

async function run(world: World, options: SandboxOptions, folder: DataFolder): Promise<number> {
  const log = createLog({
    format: world.out.terminal ? "feed" : "json",
    level: "info",
    write: (line) => world.out.write(line),
    colour: world.out.terminal && !world.env["NO_COLOR"],
    now: world.now,
  });
  const signals = listenForSignals(world);
  try {
    const sandbox = await world.startSandbox(options, folder, log);
    print(world.err, ...sandboxBlock(sandbox, options, folder.path, world));
    await signals.first;
    await Promise.race([sandbox.stop(), signals.second]);
    return exitCodes.fine;
  } finally {
    signals.stop();
  }
}

/** What is told when the sandbox listens: where to go, and what to give to the hub. */
function sandboxBlock(
  { signInUrl, url, apiKey, hubSettings, socketSetting, callback }: RunningSandbox,
  { hubUrl }: SandboxOptions,
  path: string,
  world: World,
): readonly string[] {
  return [
    headLine(`Countersign ${world.version} sandbox`, path, world.folder),
    `  Sandbox   ${signInUrl}    signs you in once, valid 30 minutes`,
    `  API       ${url}/sandbox/api`,
    `  Key       ${apiKey}`,
    "",
    `  Start the hub at ${hubUrl} with these settings:`,
    "",
    ...hubSettings.map((line) => `    ${line}`),
    "",
    ...(socketSetting === undefined
      ? []
      : [`  Socket Mode, in place of the signing secret: ${socketSetting}`, ""]),
    `  A producer here takes callbacks at ${callback.url}`,
    `  and checks their signatures with ${callback.secret}`,
    "",
  ];
}
