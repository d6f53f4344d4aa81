import type { Event } from "../domain/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import type { Rule } from "../domain/rule.ts";
import { type CompiledRules, eventContent, takesLevel, takesType } from "./compile.ts";
import { matches } from "./match.ts";
import { parsePattern } from "./pattern.ts";

/** One thing that a rule asks for, and what the event has there. */
export interface Clause {
  /** `type`, `level`, a field as `data.environment`, `$or`, `same item`, or `when`. */
  readonly field: string;
  /** What the rule says there, as it was written. */
  readonly wanted: Json;
  /** What the event has there; absent where it has nothing. */
  readonly found?: Json;
  readonly holds: boolean;
  /** Why a condition could not be asked of this event. */
  readonly error?: string;
}

/** How one rule stands to an event. `not_reached`: a rule before it took the event and ended the walk. */
export interface RuleTrace {
  readonly position: number;
  readonly rule: Rule;
  readonly outcome: "taken" | "left" | "not_reached";
  readonly clauses: readonly Clause[];
}

/** Say of every rule, in order, why it takes the event or leaves it. Nothing is sent or stored. */
export function explainRules(compiled: CompiledRules, event: Event): readonly RuleTrace[] {
  const content = eventContent(event);
  let ended = false;
  return compiled.ruleSet.rules.map((rule, position) => {
    const clauses = clausesOf(compiled, position, rule, event, content);
    const fits = clauses.every(({ holds }) => holds);
    const outcome = ended ? "not_reached" : fits ? "taken" : "left";
    if (outcome === "taken" && !rule.continue) ended = true;
    return { position, rule, outcome, clauses };
  });
}

/** Write traces as the API and the command line give them: places counted from 1, and null for what is absent. */
export const writeTraces = (traces: readonly RuleTrace[]) =>
  traces.map(({ position, rule, outcome, clauses }) => ({
    rule: position + 1,
    name: rule.name,
    outcome,
    clauses: clauses.map(({ field, wanted, found, holds, error }) => ({
      field,
      wanted,
      found: found ?? null,
      holds,
      error: error ?? null,
    })),
  }));

function clausesOf(
  compiled: CompiledRules,
  position: number,
  rule: Rule,
  event: Event,
  content: JsonObject,
): readonly Clause[] {
  const { types, level, pattern, when } = rule;
  const before: readonly Clause[] = [
    { field: "type", wanted: types, found: event.type, holds: takesType(rule, event.type) },
    ...(level === undefined
      ? []
      : [
          {
            field: "level",
            wanted: level,
            found: event.level,
            holds: takesLevel(rule, event.level),
          },
        ]),
    ...(pattern ? patternClauses(pattern, content) : []),
  ];
  if (when === undefined) return before;
  const asked = compiled.conditionOf(position)?.(content);
  const error = asked?.kind === "error" ? { error: asked.message } : {};
  return [...before, { field: "when", wanted: when, holds: asked?.kind === "holds", ...error }];
}

function patternClauses(pattern: JsonObject, content: JsonObject): readonly Clause[] {
  const clauses = fieldClauses(pattern, [], content);
  const fits = matches(parsePattern(pattern).pattern, content);
  // `exists: false` alone looks at every item of a list, and beside other fields at the item that those chose.
  if (fits) return clauses.map((clause) => ({ ...clause, holds: true }));
  // Each field has what is asked for, but in different items of a list.
  const scattered = clauses.every(({ holds }) => holds);
  return scattered ? [...clauses, { field: "same item", wanted: pattern, holds: false }] : clauses;
}

function fieldClauses(
  pattern: JsonObject,
  path: readonly string[],
  content: JsonObject,
): readonly Clause[] {
  return Object.entries(pattern).flatMap(([name, wanted]): readonly Clause[] => {
    if (name === "$or") {
      const alone = within(path, { $or: wanted });
      const field = [...path, name].join(".");
      return [{ field, wanted, holds: matches(parsePattern(alone).pattern, content) }];
    }
    const here = [...path, name];
    if (isJsonObject(wanted)) return fieldClauses(wanted, here, content);
    const found = valuesAt(content, here);
    const holds = matches(parsePattern(within(here, wanted)).pattern, content);
    const [only] = found;
    const shown = found.length === 0 ? {} : { found: found.length === 1 ? (only as Json) : found };
    return [{ field: here.join("."), wanted, holds, ...shown }];
  });
}

/** A pattern that asks for one field alone. */
function within(path: readonly string[], pattern: Json): JsonObject {
  return path.reduceRight<Json>((below, name) => ({ [name]: below }), pattern) as JsonObject;
}

/** So many values of a list are shown. */
const mostShown = 20;

function valuesAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Json) => valuesAt(item, path)).slice(0, mostShown);
  }
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined ? [] : [value];
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return [];
  return valuesAt(value[name], rest);
}
