import { isJsonObject, type Json } from "../domain/json.ts";
import { say } from "../words/say.ts";
import {
  comparisons,
  escapePointer,
  type Matcher,
  type Note,
  operators,
  parseMatcher,
} from "./matchers.ts";

/**
 * A pattern ready to match.
 *
 * `fields` names what an object must hold; `any_of` tests the values that stand at one place; `all_of` is several
 * patterns for one place, and `either` the alternatives that `$or` makes. An `either` stands at the root alone.
 */
export type Pattern =
  | { readonly kind: "fields"; readonly fields: readonly Field[] }
  | { readonly kind: "any_of"; readonly matchers: readonly Matcher[] }
  | { readonly kind: "all_of"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "either"; readonly patterns: readonly Pattern[] };

type Field = readonly [name: string, Pattern];

export interface PatternMistake {
  readonly pointer: string;
  readonly message: string;
}

/** So many alternatives one pattern may come to when its `$or`s are multiplied out; EventBridge allows as many. */
const mostAlternatives = 1_000;

/** Read an event pattern. Every mistake is listed, each with a JSON pointer into the pattern. */
export function parsePattern(
  source: Json,
  pointer = "",
): { readonly pattern: Pattern; readonly mistakes: readonly PatternMistake[] } {
  const mistakes: PatternMistake[] = [];
  const note = (where: string, message: string) => void mistakes.push({ pointer: where, message });
  const patterns = alternativesOf(source, pointer, note);
  const [only = nothing] = patterns;
  const pattern: Pattern = patterns.length > 1 ? { kind: "either", patterns } : only;
  return { pattern, mistakes };
}

const nothing: Pattern = { kind: "any_of", matchers: [] };

/** What a place may hold: one pattern, or several where a `$or` stands below it. */
function alternativesOf(source: Json, pointer: string, note: Note): readonly Pattern[] {
  if (Array.isArray(source)) {
    if (source.length === 0)
      note(pointer, say`An empty list matches nothing. Give at least one value.`);
    const matchers = source.map((item, index) => parseMatcher(item, `${pointer}/${index}`, note));
    return [{ kind: "any_of", matchers: matchers.filter((matcher) => matcher !== undefined) }];
  }
  if (!isJsonObject(source)) {
    note(pointer, say`Values stand in a list. Write [${JSON.stringify(source)}].`);
    return [nothing];
  }
  const names = Object.keys(source);
  if (names.length === 0)
    note(pointer, say`An empty object says nothing. Name a field, or leave it out.`);
  let ways: readonly Pattern[] = [{ kind: "fields", fields: [] }];
  for (const name of names) {
    const below = `${pointer}/${escapePointer(name)}`;
    const more =
      name === "$or"
        ? eitherOf(source[name] as Json, below, note)
        : fieldOf(name, source[name] as Json, below, note);
    if (ways.length * more.length > mostAlternatives) {
      note(below, say`The alternatives multiply to more than ${mostAlternatives}. Split the rule.`);
      return [nothing];
    }
    ways = ways.flatMap((way) => more.map((other) => together(way, other)));
  }
  return ways;
}

function fieldOf(name: string, source: Json, pointer: string, note: Note): readonly Pattern[] {
  if (isMisplaced(name, source)) {
    note(
      pointer,
      say`An operator stands in a list. Write [${JSON.stringify({ [name]: source })}].`,
    );
    return [nothing];
  }
  const ways = alternativesOf(source, pointer, note);
  return ways.map((way) => ({ kind: "fields", fields: [[name, way]] }));
}

function eitherOf(source: Json, pointer: string, note: Note): readonly Pattern[] {
  if (!Array.isArray(source) || source.length < 2 || !source.every(isJsonObject)) {
    note(pointer, say`$or takes a list of two patterns or more: [{ "a": ["x"] }, { "b": ["y"] }].`);
    return [nothing];
  }
  return source.flatMap((one, index) => alternativesOf(one, `${pointer}/${index}`, note));
}

/** Ask for both at one place. Fields below the same name are about the same item of a list. */
function together(one: Pattern, other: Pattern): Pattern {
  if (one.kind !== "fields" || other.kind !== "fields") {
    return { kind: "all_of", patterns: [one, other] };
  }
  const fields = new Map(one.fields);
  for (const [name, below] of other.fields) {
    const known = fields.get(name);
    fields.set(name, known ? together(known, below) : below);
  }
  return { kind: "fields", fields: [...fields] };
}

/** Tell an operator that somebody forgot to put into a list from a field that happens to have its name. */
function isMisplaced(name: string, source: Json): boolean {
  if (!operators.includes(name)) return false;
  if (name === "anything-but") return true;
  if (!Array.isArray(source)) return !isJsonObject(source);
  return name === "numeric" && comparisons.includes(String(source[0]));
}
