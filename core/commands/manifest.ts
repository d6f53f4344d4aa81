import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { sayMistakes } from "./mistakes.ts";
import { exitCodes, print, type World, writeOrSay } from "./world.ts";

interface SlackFlags {
  readonly socket?: true;
  readonly out?: string;
}

/** Add `manifest slack` and `manifest teams` to the program. They read the settings and need no hub. */
export function addManifest(program: Command, world: World, done: (code: number) => void): void {
  const manifest = program
    .command("manifest")
    .description("what Slack and Teams need to make your app for this hub");
  manifest
    .command("slack")
    .description("write the manifest of your Slack app, made from the settings that hold")
    .option("--socket", "for Socket Mode: Slack calls no address of the hub")
    .option("--out <file>", "write it to a file")
    .action(async (flags: SlackFlags) => done(await writeSlack(world, flags)));
  manifest
    .command("teams")
    .description(
      "pack your Teams app as the zip that a Teams admin uploads; without --out, its manifest",
    )
    .option("--out <file>", "write the zip to a file")
    .action(async (flags: TeamsFlags) => done(await writeTeams(world, flags)));
}

interface TeamsFlags {
  readonly out?: string;
}

async function writeTeams(world: World, { out }: TeamsFlags): Promise<number> {
  const result = readConfig(world.env, false);
  if (!result.ok) {
    print(world.err, ...sayMistakes("No package was made.", result.mistakes));
    return exitCodes.failed;
  }
  const { publicUrl, port, instanceName, teams } = result.config;
  if (!teams) {
    print(
      world.err,
      "The package names your Azure Bot. Set TEAMS_APP_ID and the settings beside it.",
    );
    return exitCodes.failed;
  }
  const { manifest, zip } = await world.teamsAppPackage({
    hubUrl: publicUrl ?? `http://localhost:${port}`,
    appId: teams.appId,
    ...(instanceName === undefined ? {} : { name: instanceName }),
  });
  if (out === undefined) print(world.out, manifest);
  else {
    if (!writeOrSay(world, out, () => world.writeFile(out, zip))) return exitCodes.failed;
    print(world.err, `Wrote ${out}. A Teams admin uploads it under Teams apps, Manage apps.`);
  }
  return exitCodes.fine;
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
    const write = () => world.writeFile(out, `${manifest}\n`);
    if (!writeOrSay(world, out, write)) return exitCodes.failed;
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
