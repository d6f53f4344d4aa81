import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import { type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt, timeAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Add `destinations list | test` to the program. */
export function addDestinations(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const destinations = program.command("destinations").description("places that messages go to");
  destinations
    .command("list")
    .description("all of them, with what is broken")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) =>
      done(show(world, await api.get("/v1/destinations"), flags, sayList)),
    );
  destinations
    .command("test")
    .description("post a test there and say what became of it; exits 1 unless it arrived")
    .argument("[destination]", "name or id; left out with --kind: only what is typed")
    .option(
      "--kind <kind>",
      "webhook, slack-webhook or teams-workflow: try values that nobody saved",
    )
    .option("--workspace <id>", "with --channel: the connected workspace, ins_…")
    .option("--channel <channel>", "try a channel that nobody has chosen: its id, a link or #name")
    .option("--set <key=value...>", "a value to try, over those that are stored", collect, [])
    .option("--sample <type>", "post the sample of this event type")
    .option("--json", "print JSON")
    .action(async (named: string | undefined, flags: TestFlags) =>
      done(await test(world, api, named, flags)),
    );
}

interface TestFlags extends ListFlags {
  readonly kind?: string;
  readonly set: readonly string[];
  readonly sample?: string;
  readonly workspace?: string;
  readonly channel?: string;
}

const collect = (one: string, all: readonly string[]) => [...all, one];

async function test(
  world: World,
  api: ApiClient,
  named: string | undefined,
  flags: TestFlags,
): Promise<number> {
  const { kind, set, channel } = flags;
  if (kind !== undefined || set.length > 0 || channel !== undefined)
    return tryTyped(world, api, named, flags);
  if (named === undefined) {
    print(world.err, "Name a destination, or try values with --kind and --set, or with --channel.");
    return exitCodes.usage;
  }
  const listed = await api.get("/v1/destinations");
  if (!listed.ok) return fail(world, listed);
  const found = objectsAt(listed.body, "items").find(
    (one) => one["id"] === named || one["name"] === named,
  );
  if (!found) {
    print(world.err, `There is no destination ${named}; \`destinations list\` shows all.`);
    return exitCodes.failed;
  }
  const asked = flags.sample === undefined ? {} : { sample: flags.sample };
  return sayOutcome(
    world,
    await api.post(`/v1/destinations/${textAt(found, "id")}/test`, asked),
    flags,
  );
}

/** Try values that nobody has saved, alone or over those of a saved destination. */
async function tryTyped(
  world: World,
  api: ApiClient,
  named: string | undefined,
  { kind, set, sample, workspace, channel, ...flags }: TestFlags,
): Promise<number> {
  const pairs = set.map((one) => one.split(/=(.*)/s));
  const wrong = pairs.find(([key, value]) => !key || value === undefined);
  if (wrong) {
    print(world.err, `--set takes key=value, and got ${wrong[0]}.`);
    return exitCodes.usage;
  }
  const body = {
    ...(kind === undefined ? {} : { kind }),
    ...(named === undefined ? {} : { destination: named }),
    ...(sample === undefined ? {} : { sample }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(channel === undefined
      ? { settings: Object.fromEntries(pairs.map(([key, value]) => [key, value ?? ""])) }
      : { channel }),
  };
  return sayOutcome(world, await api.post("/v1/destinations/test", body), flags);
}

function sayOutcome(
  world: World,
  answer: Awaited<ReturnType<ApiClient["post"]>>,
  flags: ListFlags,
): number {
  const code = show(world, answer, flags, sayTest);
  return answer.ok && answer.body["outcome"] !== "passed" ? exitCodes.failed : code;
}

function sayList(body: JsonObject): readonly string[] {
  const items = objectsAt(body, "items");
  if (items.length === 0)
    return ["No destinations. Choose a channel under Workspaces in the console."];
  return table([["ID", "NAME", "KIND", "WHERE", "STATE"], ...items.map(row)]);
}

const row = (one: JsonObject) => [
  textAt(one, "id"),
  textAt(one, "name"),
  textAt(one, "kind"),
  textAt(one, "channel", "name") || textAt(one, "settings", "address"),
  sayState(one),
];

function sayState(one: JsonObject): string {
  const code = textAt(one, "broken", "code");
  if (code !== "") return `broken: ${code} since ${timeAt(one, "broken", "since")}`;
  if (one["state"] === "test") return "in test";
  return one["disabled"] === true ? "off" : "";
}

const signs: Readonly<Record<string, string>> = {
  done: "✓",
  failed: "✗",
  waiting: "…",
  not_tried: "–",
};

function sayTest(body: JsonObject): readonly string[] {
  const steps = objectsAt(body, "steps").map(
    (one) =>
      `${signs[textAt(one, "state")] ?? " "} ${textAt(one, "step")}: ${plainText(textAt(one, "detail"))}`,
  );
  const note = textAt(body, "note");
  const cause = textAt(body, "trouble", "cause");
  const next = textAt(body, "trouble", "next");
  return [
    ...steps,
    `${textAt(body, "outcome")} after ${textAt(body, "duration_ms")} ms`,
    ...(cause === "" ? [] : [plainText(cause), plainText(next)]),
    ...(note === "" ? [] : [note]),
  ];
}
