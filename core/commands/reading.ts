import { type Command, InvalidArgumentError } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { type ApiAnswer, fail } from "./api-client.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Flags of commands that read. */
export interface ListFlags {
  readonly json?: true;
  readonly limit?: number;
}

/** Let a list be cut. The API gives 200 at most (SURFACE §3). */
export function addLimit(command: Command): Command {
  return command.option("--limit <n>", "how many, 1 to 200", parseLimit);
}

function parseLimit(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 200) throw new InvalidArgumentError("Give a number from 1 to 200.");
  return limit;
}

/** Write a query; parts that are undefined are left out, and no part at all is no query. */
export function queryOf(parts: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query}`;
}

/** Print an answer as lines for people, or as the API's own JSON, and answer the exit code. */
export function show(
  world: World,
  answer: ApiAnswer,
  flags: ListFlags,
  lines: (body: JsonObject) => readonly string[],
): number {
  if (!answer.ok) return fail(world, answer);
  print(world.out, ...(flags.json ? [JSON.stringify(answer.body, null, 2)] : lines(answer.body)));
  return exitCodes.fine;
}
