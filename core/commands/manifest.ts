import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { sayMistakes } from "./mistakes.ts";
import { exitCodes, print, type World } from "./world.ts";

interface SlackFlags {
  readonly socket?: true;
  readonly out?: string;
}

/** Add `manifest slack` to the program. It reads the settings and needs no hub. */
export function addManifest(program: Command, world: World, done: (code: number) => void): void {
  program
    .command("manifest")
    .description("what Slack needs to make your app for this hub")
    .command("slack")
    .description("write the manifest of your Slack app, made from the settings that hold")
    .option("--socket", "for Socket Mode: Slack calls no address of the hub")
    .option("--out <file>", "write it to a file")
    .action(async (flags: SlackFlags) => done(await writeSlack(world, flags)));
}

async function writeSlack(world: World, { socket, out }: SlackFlags): Promise<number> {
  const result = readConfig(world.env, false);
  if (!result.ok) {
    print(world.err, ...sayMistakes("No manifest was made.", result.mistakes));
    return exitCodes.failed;
  }
  const { publicUrl, port, instanceName, slackPlaces } = result.config;
  const hubUrl = publicUrl ?? `http://localhost:${port}`;
  const setup = await world.slackAppSetup(
    { hubUrl, ...(instanceName === undefined ? {} : { name: instanceName }) },
    slackPlaces,
  );
  const transport = socket ? "socket" : "http";
  const manifest = setup.manifest(transport);
  if (out === undefined) print(world.out, manifest);
  else {
    world.writeText(out, `${manifest}\n`);
    print(world.err, `Wrote ${out}. To make the app in one click: ${setup.createUrl(transport)}`);
  }
  if (publicUrl === undefined) {
    print(
      world.err,
      `PUBLIC_URL is not set, so the addresses in it begin with ${hubUrl}, which Slack does not take. Set it and run this again.`,
    );
  }
  return exitCodes.fine;
}
