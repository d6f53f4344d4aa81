import type { Command } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { table } from "../log/plain-text.ts";
import type { ApiClient } from "./api-client.ts";
import { objectsAt, textAt, textsAt } from "./read-json.ts";
import { type ListFlags, show } from "./reading.ts";
import type { World } from "./world.ts";

/** Add `routes show` to the program. */
export function addRoutes(
  program: Command,
  world: World,
  api: ApiClient,
  done: (code: number) => void,
): void {
  program
    .command("routes")
    .description("routing rules")
    .command("show")
    .description("the rules in force, in order")
    .option("--json", "print JSON")
    .action(async (flags: ListFlags) =>
      done(show(world, await api.get("/v1/rules"), flags, sayRules)),
    );
}

function sayRules(body: JsonObject): readonly string[] {
  const rules = objectsAt(body, "rules");
  if (rules.length === 0)
    return ["No rules: every event goes to the fallback destination, if there is one."];
  const rows = rules.map((rule, at) => [
    String(at + 1),
    textAt(rule, "name"),
    textsAt(rule, "types").join(", "),
    textsAt(rule, "to").join(", "),
    textAt(rule, "policy"),
    rule["continue"] === true ? "goes on" : "ends",
  ]);
  return table([["#", "NAME", "TYPES", "TO", "POLICY", "THEN"], ...rows]);
}
