import type { Command } from "commander";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import { loadYaml } from "../settings-code/load-yaml.ts";
import { type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Add `event-types list | show | add` to the program. */
export function addEventTypes(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const types = program.command("event-types").description("the catalogue of event types");
  types
    .command("list")
    .description("all of them: level, what they do to requests, whose they are")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) =>
      done(show(world, await api.get("/v1/event-types"), flags, sayList)),
    );
  types
    .command("show")
    .description("one type with its schema, sample and texts, as `add` takes it")
    .argument("<name>", "its name")
    .option("--json", "print JSON, with what its sample would post on Slack and on Teams")
    .action(async (name: string, flags: ListFlags) =>
      done(show(world, await api.get(pathOf(name)), flags, sayOne)),
    );
  types
    .command("add")
    .description("add a type, or change one, from a file; it holds for the next event")
    .argument("<file>", "the type as JSON or YAML (- is standard input)")
    .option("--json", "print JSON")
    .action(async (file: string, flags: ListFlags) => done(await add(file, flags, world, api)));
}

const pathOf = (name: string) => `/v1/event-types/${encodeURIComponent(name)}`;

async function add(file: string, flags: ListFlags, world: World, api: ApiClient): Promise<number> {
  const read = readFile(file, world);
  if (typeof read === "string") {
    print(world.err, read);
    return exitCodes.usage;
  }
  const path = pathOf(read.name);
  const before = await api.get(path);
  if (!before.ok && before.status !== 404) return fail(world, before);
  const revision = before.ok ? Number(before.body["revision"]) : undefined;
  const answer = await api.put(path, read.type, revision);
  return show(world, answer, flags, (body) => [
    `${textAt(body, "name")} is ${before.ok ? "saved" : "added"}, version ${textAt(body, "version")}.`,
    ...warningsOf(body),
    `Try it: countersign trigger ${textAt(body, "name")}`,
  ]);
}

/** Read a type from a file, or say why that cannot be. */
function readFile(
  file: string,
  world: World,
): { readonly name: string; readonly type: JsonObject } | string {
  const named = file === "-" ? "standard input" : file;
  const { parse, YAMLParseError } = loadYaml();
  try {
    const type: unknown = parse(world.readText(file), { maxAliasCount: 100 });
    if (!isJsonObject(type)) return `${named} holds no event type: an object was expected.`;
    const name = type["name"];
    if (typeof name !== "string" || name === "") return `${named}: the type has no "name".`;
    return { name, type: JSON.parse(JSON.stringify(type)) as JsonObject };
  } catch (error) {
    if (error instanceof YAMLParseError) return `${named}: ${error.message.split("\n", 1)[0]}`;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return `${named} cannot be read (${code}).`;
  }
}

const warningsOf = (body: JsonObject): readonly string[] => {
  const warnings = body["warnings"];
  return Array.isArray(warnings) ? warnings.map((one: Json) => plainText(String(one))) : [];
};

function sayList(body: JsonObject): readonly string[] {
  const rows = objectsAt(body, "items").map((type) => [
    textAt(type, "name"),
    textAt(type, "level"),
    textAt(type, "approval", "kind"),
    type["on"] === false ? "off" : textAt(type, "origin"),
    plainText(textAt(type, "about")),
  ]);
  return table([["NAME", "LEVEL", "REQUESTS", "WHOSE", "WHEN"], ...rows]);
}

/** What of a type people write, as JSON. */
function sayOne(body: JsonObject): readonly string[] {
  const { pictures: _, warnings: __, origin, revision: ___, ...written } = body;
  const whose = origin === "builtin" ? "as it was shipped" : String(origin);
  return [
    `${textAt(body, "name")}  ${whose}, version ${textAt(body, "version")}`,
    ...warningsOf(body),
    JSON.stringify(written, null, 2),
  ];
}
