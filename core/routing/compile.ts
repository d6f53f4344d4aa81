import type { Event, Level } from "../domain/event.ts";
import { levels } from "../domain/event.ts";
import type { JsonObject } from "../domain/json.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import { matches } from "./match.ts";
import { type Pattern, type PatternMistake, parsePattern } from "./pattern.ts";

interface CompiledRule {
  readonly rule: Rule;
  readonly pattern: Pattern | undefined;
}

/** A rule set ready to match. */
export interface CompiledRules {
  readonly ruleSet: RuleSet;
  readonly rules: readonly CompiledRule[];
}

/** Make a rule set ready. Its patterns were checked when it was saved, so no mistake is expected here. */
export function compileRules(ruleSet: RuleSet): CompiledRules {
  return {
    ruleSet,
    rules: ruleSet.rules.map((rule) => ({
      rule,
      pattern: rule.pattern && parsePattern(rule.pattern).pattern,
    })),
  };
}

/** List what is wrong with the patterns of a draft, each with a pointer into the list of rules. */
export function patternMistakes(rules: readonly Rule[]): readonly PatternMistake[] {
  return rules.flatMap(({ pattern }, index) =>
    pattern ? parsePattern(pattern, `/rules/${index}/pattern`).mistakes : [],
  );
}

/**
 * Walk the rules in their order and give those that take the event, with their positions.
 *
 * The first match ends the walk unless it says `continue`. Types that the hub itself raises are taken by an exact
 * name or by a prefix of their own, never by `*` alone.
 */
export function matchingRules(
  { rules }: CompiledRules,
  event: Event,
): readonly { readonly position: number; readonly rule: Rule }[] {
  const content = eventContent(event);
  const taken: { position: number; rule: Rule }[] = [];
  for (const [position, { rule, pattern }] of rules.entries()) {
    if (!takesType(rule, event.type) || !takesLevel(rule, event.level)) continue;
    if (pattern && !matches(pattern, content)) continue;
    taken.push({ position, rule });
    if (!rule.continue) break;
  }
  return taken;
}

const hubPrefixes = ["approval.", "installation.", "destination.", "callback."];

/** Tell whether a type belongs to the hub: no producer may send it. */
export const isHubType = (type: string) => hubPrefixes.some((prefix) => type.startsWith(prefix));

function takesType(rule: Rule, type: string): boolean {
  return rule.types.some((wanted) => {
    if (!wanted.endsWith("*")) return wanted === type;
    const prefix = wanted.slice(0, -1);
    if (isHubType(type) && !isHubType(prefix)) return false;
    return type.startsWith(prefix);
  });
}

const weightOf = (level: Level) => levels.indexOf(level);

function takesLevel(rule: Rule, level: Level): boolean {
  return rule.level === undefined || weightOf(level) >= weightOf(rule.level);
}

/** The event as CloudEvents JSON, the form that patterns speak of. */
export function eventContent(event: Event): JsonObject {
  return {
    ...event.extensions,
    specversion: "1.0",
    id: event.externalId,
    source: event.source,
    type: event.type,
    time: event.occurredAt.toISOString(),
    level: event.level,
    ...(event.subject === undefined ? {} : { subject: event.subject }),
    ...(event.link === undefined ? {} : { link: event.link }),
    data: event.data,
  };
}
