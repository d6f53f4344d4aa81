import type { JsonObject } from "../../domain/json.ts";
import { table } from "../../log/plain-text.ts";
import { type ApiClient, fail } from "../api-client.ts";
import { objectsAt, textAt, textsAt } from "../read-json.ts";
import { readRulesFile } from "../rules-file.ts";
import { exitCodes, print, type World } from "../world.ts";
import { readOrSay } from "./try-rules.ts";

/** Plan the last events again under the rules of a file, and say what would be different. Nothing is sent. */
export async function backtest(
  flags: { readonly rules: string; readonly last: number; readonly json?: true },
  world: World,
  api: ApiClient,
): Promise<number> {
  const text = readOrSay(flags.rules, world);
  if (text === undefined) return exitCodes.usage;
  const file = readRulesFile(text, flags.rules);
  if (!file.ok) {
    print(world.err, ...file.mistakes);
    return exitCodes.usage;
  }
  const { rules, fallback = null } = file;
  const draft = JSON.parse(JSON.stringify({ rules, fallback, last: flags.last })) as JsonObject;
  const answer = await api.post("/v1/rules/backtest", draft);
  if (!answer.ok) return fail(world, answer);
  const said = flags.json ? [JSON.stringify(answer.body, null, 2)] : sayBacktest(answer.body);
  print(world.out, ...said);
  return exitCodes.fine;
}

/** So many of the events that move are printed; `--json` has more. */
const mostShown = 20;

function sayBacktest(body: JsonObject): readonly string[] {
  const messages = objectsAt(body, "messages").map((one) => [
    textAt(one, "destination"),
    textAt(one, "was"),
    textAt(one, "would"),
  ]);
  const examples = objectsAt(body, "examples")
    .slice(0, mostShown)
    .map((one) => [
      textAt(one, "event"),
      textAt(one, "type"),
      textAt(one, "subject"),
      saySide(one, "was"),
      saySide(one, "would"),
    ]);
  const said = (...path: readonly string[]) => textAt(body, ...path);
  return [
    `${said("events")} events planned again; ${said("moved")} would go elsewhere. Nothing was sent.`,
    `unrouted: ${said("unrouted", "was")} were, ${said("unrouted", "would")} would be`,
    ...(messages.length === 0 ? [] : ["", ...table([["TO", "WAS", "WOULD BE"], ...messages])]),
    ...(examples.length === 0
      ? []
      : ["", ...table([["EVENT", "TYPE", "SUBJECT", "WENT TO", "WOULD GO TO"], ...examples])]),
  ];
}

function saySide(example: JsonObject, side: "was" | "would"): string {
  const places = textsAt(example, side, "destinations").join(", ") || "nowhere";
  const policy = textAt(example, side, "policy");
  return policy === "" ? places : `${places} (${policy})`;
}
