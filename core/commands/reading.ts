import { type Command, InvalidArgumentError } from "commander";
import type { JsonObject } from "../domain/json.ts";
import { table } from "../log/plain-text.ts";
import { type ApiAnswer, type ApiClient, fail } from "./api-client.ts";
import { objectsAt, textAt } from "./read-json.ts";
import { exitCodes, print, type World } from "./world.ts";

/** Flags of commands that read. */
export interface ListFlags {
  readonly json?: true;
  readonly limit?: number;
  readonly after?: string;
}

/** Let a list be read in parts. The API gives 200 at most (SURFACE §3). */
export function addPaging(command: Command): Command {
  return command
    .option("--limit <n>", "how many, 1 to 200", parseLimit)
    .option("--after <next>", "go on where a list ended that had more");
}

function parseLimit(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 200) throw new InvalidArgumentError("Give a number from 1 to 200.");
  return limit;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** Write a query; parts that are undefined are left out, and no part at all is no query. */
export function queryOf(parts: Query): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query}`;
}

/** How many an answer of the API holds where nothing else is asked. */
const usualLimit = 50;
/** The hub looks at 1,000 records for one answer at most, so a list looks at 10,000. */
const mostAnswers = 10;

/** Read a list on, until it ends or holds as many as are asked for: an answer may hold fewer, or none, and say `next`. */
export async function readList(
  api: ApiClient,
  path: string,
  asked: Query & { readonly limit?: number | undefined },
): Promise<ApiAnswer> {
  const first = await api.get(`${path}${queryOf(asked)}`);
  if (!first.ok) return first;
  const items = [...objectsAt(first.body, "items")];
  let { body } = first;
  for (let answers = 1; answers < mostAnswers; answers += 1) {
    const [after, limit] = [textAt(body, "next"), (asked.limit ?? usualLimit) - items.length];
    if (after === "" || limit <= 0) break;
    const answer = await api.get(`${path}${queryOf({ ...asked, limit, after })}`);
    if (!answer.ok) return answer;
    ({ body } = answer);
    items.push(...objectsAt(body, "items"));
  }
  return { ...first, body: { ...body, items } };
}

/** The lines of a list: a table, or that nothing is there, and how to go on where there may be more. */
export function sayList(
  none: string,
  head: readonly string[],
  row: (one: JsonObject) => readonly string[],
): (body: JsonObject) => readonly string[] {
  return (body) => {
    const items = objectsAt(body, "items");
    const next = textAt(body, "next");
    if (items.length === 0) {
      return [next === "" ? none : `Nothing so far. Look further with --after ${next}`];
    }
    const more = next === "" ? [] : [`There are more. Go on with --after ${next}`];
    return [...table([head, ...items.map(row)]), ...more];
  };
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
