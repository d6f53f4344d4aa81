import { destinationNamePattern } from "../domain/destination.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import { newestRuleSet, ruleSetId } from "../ingest/planning-table.ts";
import { textMistakes } from "../messages/text-mistakes.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { Pins } from "../routing/choose-policy.ts";
import { patternMistakes } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";
import { say } from "../words/say.ts";
import { unknown } from "./policy-text.ts";

export type SavedRules =
  | { readonly kind: "saved"; readonly ruleSet: RuleSet }
  | { readonly kind: "stale"; readonly newest: RuleSet }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** What a version is made of. */
export interface RulesDraft {
  readonly rules: readonly Rule[];
  readonly fallback?: string;
  readonly description?: string;
}

export interface Rules {
  current(): Promise<RuleSet>;
  version(version: number): Promise<RuleSet | undefined>;
  /** Save a new version after `readVersion`. Of two who saved the same one, the later is told `stale`. */
  save(draft: RulesDraft, readVersion: number, author: string): Promise<SavedRules>;
  /** Save what an earlier version said as a new one after `readVersion`; undefined when there is no such version. */
  rollBack(version: number, readVersion: number, author: string): Promise<SavedRules | undefined>;
}

/** Keep the rule sets of one organization. */
export function createRules(deps: {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly planning: { current(): Promise<PlanningTable>; forget(): void };
}): Rules {
  const { organization, store, clock, planning } = deps;
  const current = () => newestRuleSet(store, organization);
  const version = (number: number) => store.ruleSets.get(ruleSetId(organization, number));
  const save: Rules["save"] = async (draft, readVersion, author) => {
    planning.forget();
    const errors = mistakesOf(draft, await planning.current());
    if (errors.length > 0) return { kind: "invalid", errors };
    const newest = await current();
    if (newest.version !== readVersion) return { kind: "stale", newest };
    const next = newest.version + 1;
    const ruleSet: RuleSet = {
      id: ruleSetId(organization, next),
      organization,
      revision: 1,
      version: next,
      author,
      ...draft,
      savedAt: clock.now(),
    };
    const inserted = await store.ruleSets.insert(ruleSet);
    planning.forget();
    return inserted === "inserted"
      ? { kind: "saved", ruleSet }
      : { kind: "stale", newest: await current() };
  };
  return {
    current,
    version,
    save,
    rollBack: async (number, readVersion, author) => {
      const before = await version(number);
      if (!before) return undefined;
      const { rules, fallback } = before;
      const draft = { rules, description: `Version ${number} again` };
      return save(fallback === undefined ? draft : { ...draft, fallback }, readVersion, author);
    },
  };
}

/** The names that rules may say, and what is pinned. */
export interface RuleNames {
  readonly destinationIds: ReadonlyMap<string, unknown>;
  readonly policies: ReadonlyMap<string, unknown>;
  readonly pins?: Pick<Pins, "types">;
}

/** So many mistakes are told at once: nobody corrects more, and ten thousand pasted rules may all be wrong. */
const mostMistakes = 100;

/** What is wrong with a draft beyond its shape: names that nothing has, names used twice, patterns, pins. */
export function mistakesOf(
  { rules, fallback }: RulesDraft,
  table: RuleNames,
): readonly ProblemAt[] {
  const { destinationIds } = table;
  const firstOf = new Map<string, number>();
  for (const [index, { name }] of rules.entries()) {
    if (!firstOf.has(name)) firstOf.set(name, index);
  }
  const errors: ProblemAt[] = [];
  for (const [index, rule] of rules.entries()) {
    if (errors.length >= mostMistakes) break;
    errors.push(...mistakesIn(rule, index, firstOf.get(rule.name) !== index, table));
  }
  if (fallback !== undefined && !destinationIds.has(fallback)) {
    const message = unknown("destination", fallback, destinationIds.keys());
    errors.push({ pointer: "/fallback", message });
  }
  errors.push(...patternMistakes(rules));
  return errors.slice(0, mostMistakes);
}

function mistakesIn(
  rule: Rule,
  index: number,
  isTaken: boolean,
  { destinationIds, policies, pins }: RuleNames,
): readonly ProblemAt[] {
  const at = `/rules/${index}`;
  const { name, to, policy, types, message: texts } = rule;
  const errors: ProblemAt[] = [];
  if (texts) errors.push(...textMistakes(texts, `${at}/message`));
  if (isTaken)
    errors.push({ pointer: `${at}/name`, message: say`another rule is called "${name}"` });
  if (!destinationNamePattern.test(name)) {
    const message = say`expected letters, digits, space and # - _ . › /`;
    errors.push({ pointer: `${at}/name`, message });
  }
  for (const [place, wanted] of to.entries()) {
    if (destinationIds.has(wanted)) continue;
    const message = unknown("destination", wanted, destinationIds.keys());
    errors.push({ pointer: `${at}/to/${place}`, message });
  }
  if (policy === undefined) return errors;
  if (!policies.has(policy)) {
    const message = unknown("policy", policy, policies.keys());
    errors.push({ pointer: `${at}/policy`, message });
  }
  for (const type of types) {
    const pinned = pins?.types.get(type);
    if (pinned === undefined || pinned === policy) continue;
    const message = say`an admin has pinned ${type} to the policy "${pinned}", which no rule changes; name that one or none`;
    errors.push({ pointer: `${at}/policy`, message });
  }
  return errors;
}
