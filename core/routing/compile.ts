import type { Event, Level } from "../domain/event.ts";
import { levels } from "../domain/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import { type Condition, readCondition } from "./condition.ts";
import { matches } from "./match.ts";
import { type Pattern, type PatternMistake, parsePattern } from "./pattern.ts";
import { RuleIndex } from "./rule-index.ts";

/** A rule set ready to match: what it costs to route an event hardly follows from how many rules there are. */
export interface CompiledRules {
  readonly ruleSet: RuleSet;
  /** Positions of rules by what stands in their `types`: whole names, and starts with their star. */
  readonly byType: ReadonlyMap<string, RuleGroup>;
  /** The lengths of the starts, without their star. */
  readonly startLengths: readonly number[];
  /** A rule may ask for the time of an event. */
  readonly readsTime: boolean;
  /** The pattern and the condition of a rule, read when they are first needed. */
  readonly patternOf: (position: number) => Pattern | undefined;
  readonly conditionOf: (position: number) => Condition | undefined;
}

/** Rules of one type: a few are tried one after the other, many are looked up. */
type RuleGroup = readonly number[] | RuleIndex;

/** Up to so many rules it costs less to try them than to look them up. */
const few = 8;

/** Make a rule set ready. Its patterns were checked when it was saved, so no mistake is expected here. */
export function compileRules(ruleSet: RuleSet): CompiledRules {
  const { rules } = ruleSet;
  const parse = (position: number) => {
    const source = rules[position]?.pattern;
    return source && parsePattern(source).pattern;
  };
  const members = membersByType(rules);
  const starts = [...members.keys()].filter((type) => type.endsWith("*"));
  const patterns: (Pattern | undefined)[] = [];
  const conditions: (Condition | undefined)[] = [];
  return {
    ruleSet,
    byType: new Map(
      [...members].map(([type, group]) => [
        type,
        group.length <= few ? group : new RuleIndex(group, parse),
      ]),
    ),
    startLengths: [...new Set(starts.map((type) => type.length - 1))],
    readsTime: rules.some(({ pattern, when }) => when !== undefined || namesTime(pattern)),
    patternOf: (position) => (patterns[position] ??= parse(position)),
    conditionOf: (position) => (conditions[position] ??= conditionOf(rules[position])),
  };
}

/** Tell whether a pattern has a place for the time, be it in one of its alternatives. */
function namesTime(pattern: Json | undefined): boolean {
  if (!isJsonObject(pattern)) return false;
  const either = pattern["$or"];
  return Object.hasOwn(pattern, "time") || (Array.isArray(either) && either.some(namesTime));
}

function conditionOf(rule: Rule | undefined): Condition | undefined {
  const read = rule?.when === undefined ? undefined : readCondition(rule.when);
  return read?.kind === "condition" ? read.condition : undefined;
}

function membersByType(rules: readonly Rule[]): ReadonlyMap<string, readonly number[]> {
  const members = new Map<string, number[]>();
  for (const [position, { types }] of rules.entries()) {
    for (const type of new Set(types)) {
      const known = members.get(type);
      if (known) known.push(position);
      else members.set(type, [position]);
    }
  }
  return members;
}

/** List what is wrong with the patterns and conditions of a draft, each with a pointer into the list of rules. */
export function patternMistakes(rules: readonly Rule[]): readonly PatternMistake[] {
  return rules.flatMap(({ pattern, when }, index) => {
    const read = when === undefined ? undefined : readCondition(when);
    return [
      ...(pattern ? parsePattern(pattern, `/rules/${index}/pattern`).mistakes : []),
      ...(read?.kind === "mistake"
        ? [{ pointer: `/rules/${index}/when`, message: read.message }]
        : []),
    ];
  });
}

/**
 * Walk the rules in their order and give those that take the event, with their positions.
 *
 * The first match ends the walk unless it says `continue`. A condition that cannot be asked of the event, because a
 * field is missing, does not hold. Types that the hub itself raises are taken by an exact
 * name or by a prefix of their own, never by `*` alone.
 */
export function matchingRules(
  compiled: CompiledRules,
  event: Event,
): readonly { readonly position: number; readonly rule: Rule }[] {
  const content = eventContent(event, compiled.readsTime);
  const taken: { position: number; rule: Rule }[] = [];
  let before = -1;
  for (const position of candidates(compiled, event.type, content)) {
    if (position === before) continue;
    before = position;
    const rule = compiled.ruleSet.rules[position];
    if (!rule || !takesLevel(rule, event.level)) continue;
    const pattern = compiled.patternOf(position);
    if (pattern && !matches(pattern, content)) continue;
    if (rule.when !== undefined && compiled.conditionOf(position)?.(content).kind !== "holds")
      continue;
    taken.push({ position, rule });
    if (!rule.continue) break;
  }
  return taken;
}

/** The positions of the rules that may take an event, in order; one that its type alone excludes is not among them. */
function candidates(
  { byType, startLengths }: CompiledRules,
  type: string,
  content: JsonObject,
): readonly number[] {
  const found: number[] = [];
  const collect = (key: string) => {
    const group = byType.get(key);
    if (group instanceof RuleIndex) group.collect(content, found);
    else if (group) found.push(...group);
  };
  collect(type);
  const ownEvent = isHubType(type);
  for (const length of startLengths) {
    const start = type.slice(0, length);
    if (length <= type.length && (!ownEvent || isHubType(start))) collect(`${start}*`);
  }
  return inOrder(found);
}

/** Up to so many numbers are put in order by hand sooner than by a function that compares. */
const byHand = 32;

function inOrder(found: number[]): readonly number[] {
  if (found.length > byHand) return found.sort((one, other) => one - other);
  for (let end = 1; end < found.length; end += 1) {
    const moving = found[end] as number;
    let at = end;
    for (; at > 0 && (found[at - 1] as number) > moving; at -= 1) {
      found[at] = found[at - 1] as number;
    }
    found[at] = moving;
  }
  return found;
}

const hubPrefixes = ["approval.", "installation.", "destination.", "callback."];

/** Tell whether a type belongs to the hub: no producer may send it. */
export const isHubType = (type: string) => hubPrefixes.some((prefix) => type.startsWith(prefix));

/** Tell whether one of the types of a rule stands for this one. */
export function takesType({ types }: Pick<Rule, "types">, type: string): boolean {
  return types.some((wanted) => {
    if (!wanted.endsWith("*")) return wanted === type;
    const start = wanted.slice(0, -1);
    return type.startsWith(start) && (!isHubType(type) || isHubType(start));
  });
}

const weightOf = (level: Level) => levels.indexOf(level);

/** Tell whether any rule of a set stands for this type, whatever else it asks. */
export function namesType({ byType, startLengths }: CompiledRules, type: string): boolean {
  const starts = startLengths
    .filter((length) => length <= type.length)
    .map((length) => type.slice(0, length));
  const own = isHubType(type) ? starts.filter(isHubType) : starts;
  return byType.has(type) || own.some((start) => byType.has(`${start}*`));
}

/** Tell whether a level is heavy enough for a rule. */
export function takesLevel({ level: least }: Pick<Rule, "level">, level: Level): boolean {
  return least === undefined || weightOf(level) >= weightOf(least);
}

/**
 * The event as CloudEvents JSON, the form that patterns speak of. Without its time where nobody asks for that: writing it
 * takes as long as the rest.
 */
export function eventContent(event: Event, withTime = true): JsonObject {
  const content: Record<string, Json> = {
    specversion: "1.0",
    id: event.externalId,
    source: event.source,
    type: event.type,
    level: event.level,
    data: event.data,
  };
  if (withTime) content["time"] = event.occurredAt.toISOString();
  if (event.subject !== undefined) content["subject"] = event.subject;
  if (event.link !== undefined) content["link"] = event.link;
  for (const name in event.extensions) content[name] ??= event.extensions[name] as Json;
  return content;
}
