import { appendFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText } from "../log/plain-text.ts";
import { type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt, timeAt } from "./read-json.ts";
import { addPaging, type ListFlags, queryOf, readList, sayList, show } from "./reading.ts";
import { exitCodes, print, type World, writeOrSay } from "./world.ts";

interface VerifyFlags extends ListFlags {
  readonly head?: string | true;
}

interface AuditFlags extends ListFlags {
  readonly who?: string;
  readonly what?: string;
  readonly action?: string;
  readonly since?: string;
}

/** Add `audit list | verify | export` to the program. */
export function addAudit(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const audit = program.command("audit").description("what people and keys changed");
  addPaging(audit.command("list"))
    .description("newest first")
    .option("--who <name>", "id or a part of the name of who did it")
    .option("--what <name>", "id or a part of the name of what it was done to")
    .option("--action <action>", "an action, or how it begins: person. or approval.voted")
    .option("--since <time>", "from this RFC 3339 time on")
    .option("--json", "print JSON")
    .action(async ({ json, ...asked }: AuditFlags) => {
      const answer = await readList(api, "/v1/audit", { ...asked });
      done(show(world, answer, json ? { json } : {}, sayRows));
    });
  audit
    .command("verify")
    .description("look whether every row stands as it was written; exits 1 unless it does")
    .option(
      "--head [number:hash]",
      "hold it against a head that you noted; without one, print the head",
    )
    .option("--json", "print JSON")
    .action(async (flags: VerifyFlags) => done(await verify(world, api, flags)));
  audit
    .command("export")
    .description("every row, oldest first, one line of JSON each; its SHA-256 stands in the next")
    .option("--out <file>", "write it there")
    .action(async (flags: { readonly out?: string }) => done(await exportAll(world, api, flags)));
}

async function verify(world: World, api: ApiClient, flags: VerifyFlags): Promise<number> {
  const known = typeof flags.head === "string" ? flags.head : undefined;
  const answer = await api.get(`/v1/audit/verify${queryOf({ head: known })}`);
  const code = show(world, answer, flags, (body) => sayVerified(body, flags.head === true));
  return answer.ok && answer.body["intact"] !== true ? exitCodes.failed : code;
}

const causes: Readonly<Record<string, string>> = {
  altered: "was changed after it was written",
  missing: "is missing",
  out_of_order: "stands where another was written",
  cut_off: "is missing: rows were cut off the end",
  head_lost: "is the last, and the head that is kept beside the rows is gone",
  head_forged: "is the last, and the head that is kept beside the rows is not one of this hub's",
};

function sayVerified(body: JsonObject, headOnly: boolean): readonly string[] {
  if (body["intact"] === true) {
    if (headOnly) return [textAt(body, "head") || "0"];
    return [`Intact: ${String(body["rows"])} rows. Head ${textAt(body, "head") || "none yet"}`];
  }
  const { at, because } = body["broken"] as JsonObject;
  return [
    `Broken: row ${String(at)} ${causes[String(because)] ?? String(because)}.`,
    "Keep the database as it is, and compare it with a backup or an export from before.",
  ];
}

const sayRows = sayList("No such row.", ["ROW", "TIME", "WHO", "ACTION", "WHAT"], (one) => [
  String(one["number"]),
  timeAt(one, "at"),
  plainText(textAt(one, "actor", "name")),
  textAt(one, "action"),
  plainText(textAt(one, "target", "name")),
]);

/** Rows leave as they are kept, for their hashes are of these very bytes; only a terminal is spared what it would obey. */
async function exportAll(
  world: World,
  api: ApiClient,
  { out }: { readonly out?: string },
): Promise<number> {
  const begin = () => writeFileSync(out ?? "", "", { mode: 0o600 });
  if (out !== undefined && !writeOrSay(world, out, begin)) return exitCodes.failed;
  let after: string | undefined;
  let rows = 0;
  do {
    const answer = await api.get(`/v1/audit${queryOf({ order: "asc", limit: 200, after })}`);
    if (!answer.ok) return fail(world, answer);
    const lines = objectsAt(answer.body, "items").map((one) => String(one["line"]));
    if (out === undefined) print(world.out, ...(world.out.terminal ? lines.map(plainText) : lines));
    else if (lines.length > 0) appendFileSync(out, `${lines.join("\n")}\n`);
    rows += lines.length;
    after = textAt(answer.body, "next") || undefined;
  } while (after !== undefined);
  if (out !== undefined) print(world.out, `${rows} rows in ${out}`);
  return exitCodes.fine;
}
