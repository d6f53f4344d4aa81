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
    .description("post a hello there and say what became of it; exits 1 unless it arrived")
    .argument("<destination>", "name or id")
    .option("--json", "print JSON")
    .action(async (named: string, flags: ListFlags) => done(await test(world, api, named, flags)));
}

async function test(
  world: World,
  api: ApiClient,
  named: string,
  flags: ListFlags,
): Promise<number> {
  const listed = await api.get("/v1/destinations");
  if (!listed.ok) return fail(world, listed);
  const found = objectsAt(listed.body, "items").find(
    (one) => one["id"] === named || one["name"] === named,
  );
  if (!found) {
    print(world.err, `There is no destination ${named}; \`destinations list\` shows all.`);
    return exitCodes.failed;
  }
  const answer = await api.post(`/v1/destinations/${textAt(found, "id")}/test`, {});
  const code = show(world, answer, flags, sayTest);
  return answer.ok && answer.body["outcome"] !== "passed" ? exitCodes.failed : code;
}

function sayList(body: JsonObject): readonly string[] {
  const items = objectsAt(body, "items");
  if (items.length === 0)
    return ["No destinations. Choose a channel under Workspaces in the console."];
  return table([["ID", "NAME", "KIND", "CHANNEL", "STATE"], ...items.map(row)]);
}

const row = (one: JsonObject) => [
  textAt(one, "id"),
  textAt(one, "name"),
  textAt(one, "kind"),
  textAt(one, "channel", "name"),
  sayState(one),
];

function sayState(one: JsonObject): string {
  const code = textAt(one, "broken", "code");
  if (code !== "") return `broken: ${code} since ${timeAt(one, "broken", "since")}`;
  return one["disabled"] === true ? "off" : "";
}

const signs: Readonly<Record<string, string>> = { done: "✓", failed: "✗", waiting: "…" };

function sayTest(body: JsonObject): readonly string[] {
  const steps = objectsAt(body, "steps").map(
    (one) =>
      `${signs[textAt(one, "state")] ?? " "} ${textAt(one, "step")}: ${plainText(textAt(one, "detail"))}`,
  );
  const note = textAt(body, "note");
  return [
    ...steps,
    `${textAt(body, "outcome")} after ${textAt(body, "duration_ms")} ms`,
    ...(note === "" ? [] : [note]),
  ];
}
