import { Command, CommanderError } from "commander";
import { addAdmin } from "./admin.ts";
import { createApiClient } from "./api-client.ts";
import { addApiKeys } from "./api-keys.ts";
import { addApprovals } from "./approvals.ts";
import { addAudit } from "./audit.ts";
import { findHub } from "./connection.ts";
import { addDeliveries } from "./deliveries.ts";
import { addDestinations } from "./destinations.ts";
import { addDoctor } from "./doctor.ts";
import { addEventTypes } from "./event-types.ts";
import { addEvents } from "./events.ts";
import { addKeys } from "./keys.ts";
import { addListen } from "./listen.ts";
import { addManifest } from "./manifest.ts";
import { addRoutes } from "./routes.ts";
import { addSandbox } from "./sandbox.ts";
import { addServe } from "./serve.ts";
import { addSettingsCode } from "./settings-code.ts";
import { addTrigger } from "./trigger.ts";
import { exitCodes, type World } from "./world.ts";

/** Run one command line, without the names of node and of the program, and answer its exit code. */
export async function runCommand(words: readonly string[], world: World): Promise<number> {
  let code: number = exitCodes.fine;
  const done = (ended: number) => {
    code = ended;
  };
  const program = createProgram(world);
  const api = createApiClient(() => findHub(program.opts(), world), world);
  addServe(program, world, done);
  addSandbox(program, world, done);
  addTrigger(program, world, api, done);
  addListen(program, world, api, done);
  addApprovals(program, world, api, done);
  addEvents(program, world, api, done);
  addEventTypes(program, world, api, done);
  addDeliveries(program, world, api, done);
  addDestinations(program, world, api, done);
  addRoutes(program, world, api, done);
  addApiKeys(program, world, api, done);
  addSettingsCode(program, world, api, done);
  addKeys(program, world, api, done);
  addManifest(program, world, done);
  addDoctor(program, world, done);
  addAdmin(program, world, api, done);
  addAudit(program, world, api, done);
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  }
}

/** The program with its global flags. Commands that are added later inherit how it ends and where it writes. */
function createProgram(world: World): Command {
  return new Command("countersign")
    .description("Events become cards in Slack and Teams; a click becomes one decision everywhere.")
    .version(world.version)
    .option(
      "--url <address>",
      "the hub to talk to (else COUNTERSIGN_URL, else the one that runs here)",
    )
    .option("--key <key>", "an API key of it (else COUNTERSIGN_KEY, else the local admin key)")
    .option(
      "--data-dir <folder>",
      "where to look for a hub that runs here (else DATA_DIR, else ./data)",
    )
    .exitOverride()
    .showHelpAfterError("(--help shows what is possible)")
    .configureOutput({
      writeOut: (text) => world.out.write(text),
      writeErr: (text) => world.err.write(text),
    });
}
