import type { Level } from "./event.ts";
import type { EventTexts } from "./event-type.ts";
import type { OrganizationId } from "./ids.ts";
import type { Json, JsonObject } from "./json.ts";

/** Where events go: a matcher, destinations by name, and what to do next. */
export interface Rule {
  readonly name: string;
  /** Exact names, or a prefix with `*` at its end; `*` alone is every producer type. */
  readonly types: readonly string[];
  /** At least this level. */
  readonly level?: Level;
  /** An EventBridge event pattern over the CloudEvents JSON of the event. */
  readonly pattern?: JsonObject;
  /** A CEL condition over `event`, asked only where all else fits. */
  readonly when?: string;
  /** Names of destinations. */
  readonly to: readonly string[];
  /** Name of the policy under which matching events open an approval. */
  readonly policy?: string;
  /** What cards of these events say in place of the texts of their type. */
  readonly message?: EventTexts;
  /** Go on to the next rule after this one matched. */
  readonly continue: boolean;
}

/** An immutable, numbered version of all rules in their order. */
export interface RuleSet {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly version: number;
  readonly author: string;
  /** What the author said of this version. */
  readonly description?: string;
  readonly rules: readonly Rule[];
  /** Where events go that no rule matched; a destination's name. */
  readonly fallback?: string;
  readonly savedAt: Date;
}

/** What one version changed of the one before, by the names of rules. */
export interface RuleChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Rules that both have stand in another order. */
  readonly reordered: boolean;
}

/** One member of a rule that two versions have otherwise. */
export interface ChangedField {
  readonly field: string;
  /** As JSON; absent where that version has none. */
  readonly before?: Json;
  readonly after?: Json;
}

/** The members of a rule in the order in which they are written, before `continue`. */
const ruleMembers = [
  "name",
  "types",
  "level",
  "pattern",
  "when",
  "to",
  "policy",
  "message",
] as const satisfies readonly (keyof Rule)[];

/** Write a rule as people write it: members in their order, without what is the default. */
export function writeRule(rule: Rule): JsonObject {
  const written = ruleMembers.flatMap((member) => {
    const value = rule[member] as unknown as Json | undefined;
    return value === undefined ? [] : [[member, value] as const];
  });
  return { ...Object.fromEntries(written), ...(rule.continue ? { continue: true } : {}) };
}

/** List what two versions of one rule have otherwise, in the order in which rules are written. */
export function changedFields(before: Rule, after: Rule): readonly ChangedField[] {
  const fields = [...ruleMembers, "continue"] as const;
  return fields.flatMap((field): ChangedField[] => {
    const [was, is] = [before[field], after[field]] as unknown as (Json | undefined)[];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [
      {
        field,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ];
  });
}

/** Compare two versions. */
export function changesBetween(before: readonly Rule[], after: readonly Rule[]): RuleChanges {
  const earlier = new Map(before.map((rule) => [rule.name, rule]));
  const later = new Map(after.map((rule) => [rule.name, rule]));
  const stayed = after.filter(({ name }) => earlier.has(name));
  const order = before.filter(({ name }) => later.has(name)).map(({ name }) => name);
  return {
    added: after.filter(({ name }) => !earlier.has(name)).map(({ name }) => name),
    removed: before.filter(({ name }) => !later.has(name)).map(({ name }) => name),
    changed: stayed
      .filter((rule) => JSON.stringify(rule) !== JSON.stringify(earlier.get(rule.name)))
      .map(({ name }) => name),
    reordered: stayed.some(({ name }, index) => order[index] !== name),
  };
}
