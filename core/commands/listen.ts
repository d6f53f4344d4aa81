import type { Command } from "commander";
import pc from "picocolors";
import { isJsonObject } from "../domain/json.ts";
import { feedLine, type TimedEntry } from "../log/feed-line.ts";
import { type ApiClient, fail, isFinal } from "./api-client.ts";
import { exitCodes, print, type World } from "./world.ts";

interface ListenFlags {
  readonly types?: string;
  readonly json?: true;
}

const againMs = 1_000;

/** Add `listen` to the program. */
export function addListen(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("listen")
    .description("the live feed, until Ctrl-C")
    .option(
      "--types <a,b>",
      "only events of these types, and what follows from them; deploy.* for all that begin so",
    )
    .option("--json", "print JSON, one entry a line")
    .action(async (flags: ListenFlags) => done(await listen(flags, world, api)));
}

/** Follow the feed. It outlives restarts of the hub; only Ctrl-C, or a hub that refuses the key, ends it. */
async function listen(flags: ListenFlags, world: World, api: ApiClient): Promise<number> {
  const colours = pc.createColors(world.out.terminal && !world.env["NO_COLOR"]);
  const wanted = filterOf(flags.types);
  const entryCame = (entry: TimedEntry, text: string) => {
    if (wanted(entry)) print(world.out, flags.json ? text : feedLine(entry, colours));
  };
  let stop = () => {};
  const pressed = new Promise<number>((resolve) => {
    stop = world.onSignal(() => resolve(exitCodes.fine));
  });
  try {
    return await Promise.race([follow(world, api, entryCame), pressed]);
  } finally {
    stop();
  }
}

type EntryCame = (entry: TimedEntry, text: string) => void;

/** Answers only when it must not go on: the hub refuses, or was never there. */
async function follow(world: World, api: ApiClient, entryCame: EntryCame): Promise<number> {
  for (let heardBefore = false; ; ) {
    const stream = await api.stream("/v1/feed");
    if (stream.ok) {
      print(world.err, heardBefore ? "Listening again." : "Listening. Ctrl-C ends it.");
      heardBefore = true;
      await printEntries(stream.lines, entryCame);
      print(world.err, "The hub went away; trying again until it is back.");
    } else if (!heardBefore || isFinal(stream)) {
      return fail(world, stream);
    }
    await world.pause(againMs);
  }
}

/** Read entries off a stream until it ends or breaks; both mean that the hub went away. */
async function printEntries(lines: AsyncIterable<string>, entryCame: EntryCame): Promise<void> {
  try {
    for await (const line of lines) {
      const text = line.startsWith("data:") ? line.slice("data:".length).trim() : "";
      const entry = text ? parseEntry(text) : undefined;
      if (entry) entryCame(entry, text);
    }
  } catch {
    return;
  }
}

const knownKinds: Readonly<Record<TimedEntry["kind"], true>> = {
  "event.received": true,
  "delivery.attempted": true,
  "approval.voted": true,
  "approval.closed": true,
  "approval.marked": true,
  "approval.conflict": true,
  "click.refused": true,
  "request.refused": true,
  "keys.rotated": true,
  "audit.head": true,
  "installation.connected": true,
  "installation.disconnected": true,
  "installation.revoked": true,
  sign_in: true,
  "hub.reconciled": true,
  "hub.started": true,
  "hub.stopped": true,
  "hub.trouble": true,
};

/** Read one entry. One of a kind that this version does not know, from a newer hub, is left out. */
function parseEntry(text: string): TimedEntry | undefined {
  try {
    const entry: unknown = JSON.parse(text);
    if (!isJsonObject(entry) || !Object.hasOwn(knownKinds, String(entry["kind"]))) return undefined;
    const next = typeof entry["nextAt"] === "string" ? { nextAt: new Date(entry["nextAt"]) } : {};
    return { ...entry, ...next, at: new Date(String(entry["at"])) } as unknown as TimedEntry;
  } catch {
    return undefined;
  }
}

/** Choose by type; deliveries, votes and clicks carry no type and follow the event or the approval that was chosen. */
function filterOf(types: string | undefined): (entry: TimedEntry) => boolean {
  if (types === undefined) return () => true;
  const wanted = types.split(",").map((type) => type.trim());
  const fits = (type: string) =>
    wanted.some(
      (want) => want === type || (want.endsWith("*") && type.startsWith(want.slice(0, -1))),
    );
  const followed = new Set<string>();
  return (entry) => {
    if (entry.kind === "event.received") {
      if (!fits(entry.type)) return false;
      followed.add(entry.event);
      if (entry.approval) followed.add(entry.approval);
      return true;
    }
    return (
      ("event" in entry && followed.has(entry.event)) ||
      ("approval" in entry && followed.has(entry.approval ?? ""))
    );
  };
}
