import type { Command } from "commander";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { plainText } from "../log/plain-text.ts";
import { loadYaml } from "../settings-code/load-yaml.ts";
import { type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt } from "./read-json.ts";
import { readOrSay } from "./routes/try-rules.ts";
import { exitCodes, print, type World } from "./world.ts";

interface FileFlags {
  readonly file: string;
  readonly prune?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Add `export`, `diff` and `apply` to the program: the settings of a hub as a file. */
export function addSettingsCode(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("export")
    .description("all settings as YAML, without secrets")
    .option("--json", "print JSON")
    .action(async (flags: Pick<FileFlags, "json">) => done(await exportAll(flags, world, api)));
  program
    .command("diff")
    .description("what applying a file would change; exit 1 where it differs")
    .requiredOption("-f, --file <file>", "the settings (- is standard input)")
    .option("--prune", "count what the file leaves out as removed")
    .option("--json", "print JSON")
    .action(async (flags: FileFlags) => done(await send({ ...flags, isDiff: true }, world, api)));
  program
    .command("apply")
    .description("bring the hub to what a file says; what it leaves out stays")
    .requiredOption("-f, --file <file>", "the settings (- is standard input)")
    .option("--dry-run", "only say what would change")
    .option("--prune", "remove what the file leaves out")
    .option("--json", "print JSON")
    .action(async (flags: FileFlags) => done(await send({ ...flags, isDiff: false }, world, api)));
}

async function exportAll(
  { json }: Pick<FileFlags, "json">,
  world: World,
  api: ApiClient,
): Promise<number> {
  const answer = await api.get("/v1/export");
  if (!answer.ok) return fail(world, answer);
  // As it came: YAML has no sign in it that a terminal would obey, because it writes those out.
  const text = String(answer.body["settings"] ?? "");
  if (json) print(world.out, JSON.stringify(loadYaml().parseDocument(text).toJS() ?? {}, null, 2));
  else world.out.write(text);
  return exitCodes.fine;
}

async function send(
  { file, prune, dryRun, json, isDiff }: FileFlags & { readonly isDiff: boolean },
  world: World,
  api: ApiClient,
): Promise<number> {
  const read = readOrSay(file, world);
  if (read === undefined) return exitCodes.usage;
  const filled = fillIn(read, world.env);
  if (!filled.ok) {
    const names = filled.missing.join(", ");
    print(world.err, `${file} names ${names}, and the environment has no such variable.`);
    return exitCodes.usage;
  }
  const isDry = isDiff || dryRun === true;
  const query = new URLSearchParams({
    ...(isDry ? { dry_run: "true" } : {}),
    ...(prune ? { prune: "true" } : {}),
  });
  const answer = await api.post(`/v1/apply${query.size > 0 ? `?${query}` : ""}`, filled.text);
  if (!answer.ok) return fail(world, answer);
  const changes = objectsAt(answer.body, "changes");
  print(world.out, ...(json ? [JSON.stringify(answer.body, null, 2)] : sayChanges(changes, isDry)));
  return isDiff && changes.length > 0 ? exitCodes.failed : exitCodes.fine;
}

/**
 * Put what `${env:NAME}` names in its place, from the environment of whoever applies the file. A file that names
 * nothing is sent as it is, so that the lines of a mistake are its own.
 */
export function fillIn(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
):
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: readonly string[] } {
  if (!text.includes("${env:")) return { ok: true, text };
  const missing = new Set<string>();
  const { isScalar, parseDocument, visit } = loadYaml();
  const document = parseDocument(text);
  visit(document, {
    Scalar: (_key, node) => {
      if (!isScalar(node) || typeof node.value !== "string") return;
      node.value = node.value.replaceAll(/\$\{env:(\w+)\}/g, (_whole, name: string) => {
        const value = env[name];
        if (value === undefined) missing.add(name);
        return value ?? "";
      });
    },
  });
  if (missing.size > 0) return { ok: false, missing: [...missing] };
  return { ok: true, text: document.toString({ lineWidth: 0 }) };
}

const signs: Readonly<Record<string, string>> = { added: "+", changed: "~", removed: "-" };
const nothing = "Nothing differs: the hub is as the file says.";

function sayChanges(changes: readonly JsonObject[], isDry: boolean): readonly string[] {
  if (changes.length === 0) return [nothing];
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return [
    ...changes.flatMap((change) => [
      `${signs[textAt(change, "change")] ?? "?"} ${textAt(change, "section")} ${plainText(textAt(change, "name"))}`,
      ...differences(change["before"] ?? null, change["after"] ?? null).map(
        (line) => `    ${plainText(line)}`,
      ),
    ]),
    isDry ? `${count}; nothing was changed.` : `${count} made.`,
  ];
}

/** The members that two versions of a thing have otherwise, a line each; lists item by item where items have names. */
function differences(before: Json, after: Json, path = ""): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [membersOf(before), membersOf(after)];
  if (!was && !is) {
    return [
      `${path}: ${before === null ? "" : `${say(before)} `}→ ${after === null ? "none" : say(after)}`,
    ];
  }
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  const lines = names.flatMap((name) =>
    differences(was?.[name] ?? null, is?.[name] ?? null, path === "" ? name : `${path} › ${name}`),
  );
  const order = (list: Readonly<Record<string, Json>> | undefined) =>
    Object.keys(list ?? {}).join("\n");
  return lines.length === 0 && order(was) !== order(is) ? [`${path}: in another order`] : lines;
}

/** An object's members; of a list of things with names, these by their names. */
function membersOf(value: Json): Readonly<Record<string, Json>> | undefined {
  if (isJsonObject(value)) return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const named = value.map((item: Json) =>
    isJsonObject(item) && typeof item["name"] === "string"
      ? ([item["name"], item] as const)
      : undefined,
  );
  return named.every((one) => one !== undefined) ? Object.fromEntries(named) : undefined;
}

const say = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
