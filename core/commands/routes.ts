import { type Command, InvalidArgumentError } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { plainText, table } from "../log/plain-text.ts";
import type { ApiClient } from "./api-client.ts";
import { overrideFields } from "./event-draft.ts";
import { objectsAt, textAt, textsAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import { backtest } from "./routes/backtest.ts";
import { sayExplanation } from "./routes/say-explanation.ts";
import { readEventFile, tryRules } from "./routes/try-rules.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Add `routes` to the program: reading the rules, and trying them. */
export function addRoutes(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  const routes = program.command("routes").description("routing rules");
  routes
    .command("show")
    .description("the rules in force, in order")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) =>
      done(show(world, await api.get("/v1/rules"), flags, sayRules)),
    );
  routes
    .command("test <type> [fields...]")
    .description("where an event of a type would go: routes test deploy.requested environment=test")
    .option("--expect <names>", "destinations that it must go to, with commas; exit 1 if not")
    .option("--level <level>", "its level")
    .option("--rules <file>", "the rules of a file instead of the hub's; no hub is needed")
    .option("--json", "print JSON")
    .action(async (type: string, fields: readonly string[], flags: TestFlags) =>
      done(await testType(type, fields, flags, world, api)),
    );
  routes
    .command("explain")
    .description("why an event goes where it goes, rule by rule and clause by clause")
    .requiredOption(
      "--event <file>",
      "the event as it would be posted, as JSON (- is standard input)",
    )
    .option("--rules <file>", "the rules of a file instead of the hub's; no hub is needed")
    .option("--json", "print JSON")
    .action(async (flags: ExplainFlags) => done(await explain(flags, world, api)));
  routes
    .command("backtest")
    .description("what the rules of a file would have done with the last events; nothing is sent")
    .requiredOption("--rules <file>", "the rules to try")
    .option("--last <n>", "how many events, 1 to 100000", parseLast, 1_000)
    .option("--json", "print JSON")
    .action(async (flags: BacktestFlags) => done(await backtest(flags, world, api)));
}

interface TestFlags {
  readonly expect?: string;
  readonly level?: string;
  readonly rules?: string;
  readonly json?: true;
}
interface ExplainFlags {
  readonly event: string;
  readonly rules?: string;
  readonly json?: true;
}
interface BacktestFlags {
  readonly rules: string;
  readonly last: number;
  readonly json?: true;
}

function parseLast(text: string): number {
  const last = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (last < 1 || last > 100_000) throw new InvalidArgumentError("Give a number from 1 to 100000.");
  return last;
}

async function testType(
  type: string,
  fields: readonly string[],
  { expect, level, rules, json }: TestFlags,
  world: World,
  api: ApiClient,
): Promise<number> {
  const data = overrideFields({}, fields);
  if (!data.ok) {
    print(world.err, data.wrong.replace("--data ", ""));
    return exitCodes.usage;
  }
  const event = { type, data: data.value, ...(level === undefined ? {} : { level }) };
  const tried = await tryRules(event, rules, world, api);
  if (!tried.ok) return tried.exit;
  const { explanation } = tried;
  print(
    world.out,
    ...(json ? [JSON.stringify(explanation, null, 2)] : sayExplanation(explanation)),
  );
  if (expect === undefined) return exitCodes.fine;
  const expected = expect
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
    .sort();
  const actual = [...explanation.destinations].sort();
  if (expected.join("\n") === actual.join("\n")) return exitCodes.fine;
  const height = Math.max(expected.length, actual.length);
  const rows = Array.from({ length: height }, (_, at) => [expected[at] ?? "", actual[at] ?? ""]);
  print(world.err, ...table([["EXPECTED", "ACTUAL"], ...rows]));
  return exitCodes.failed;
}

async function explain(flags: ExplainFlags, world: World, api: ApiClient): Promise<number> {
  const event = readEventFile(flags.event, world);
  if (!event) return exitCodes.usage;
  const tried = await tryRules(event, flags.rules, world, api);
  if (!tried.ok) return tried.exit;
  const { explanation } = tried;
  const said = flags.json ? [JSON.stringify(explanation, null, 2)] : sayExplanation(explanation);
  print(world.out, ...said);
  return exitCodes.fine;
}

function sayRules(body: JsonObject): readonly string[] {
  const rules = objectsAt(body, "rules");
  const fallback = textAt(body, "fallback");
  if (rules.length === 0)
    return ["No rules: every event goes to the fallback destination, if there is one."];
  const rows = rules.map((rule, at) => [
    String(at + 1),
    textAt(rule, "name"),
    textsAt(rule, "types").join(", "),
    sayConditions(rule),
    textsAt(rule, "to").join(", "),
    textAt(rule, "policy"),
    rule["continue"] === true ? "goes on" : "ends",
  ]);
  const last =
    fallback === ""
      ? "What no rule takes goes nowhere, and is listed as unrouted."
      : `What no rule takes goes to ${fallback}, and is listed as unrouted.`;
  return [...table([["#", "NAME", "TYPES", "WHEN", "TO", "POLICY", "THEN"], ...rows]), last];
}

/** The longest condition that is printed whole; `--json` has all of it. */
const mostCondition = 60;

function sayConditions(rule: JsonObject): string {
  const { level, pattern, when } = rule;
  const said = [
    ...(typeof level === "string" ? [`level ≥ ${level}`] : []),
    ...(pattern === undefined ? [] : [JSON.stringify(pattern)]),
    ...(typeof when === "string" ? [when] : []),
  ].join(" and ");
  return plainText(said.length > mostCondition ? `${said.slice(0, mostCondition - 1)}…` : said);
}
