import { destinationNamePattern } from "../domain/destination.ts";
import type { OrganizationId } from "../domain/ids.ts";
import { nearestName } from "../domain/nearest-name.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Rule, RuleSet } from "../domain/rule.ts";
import { newestRuleSet, ruleSetId } from "../ingest/planning-table.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { patternMistakes } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";

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

/** What is wrong with a draft beyond its shape: names that nothing has, names used twice, patterns. */
export function mistakesOf(
  { rules, fallback }: RulesDraft,
  { destinationIds, policies }: PlanningTable,
): readonly ProblemAt[] {
  const firstOf = new Map<string, number>();
  for (const [index, { name }] of rules.entries()) {
    if (!firstOf.has(name)) firstOf.set(name, index);
  }
  const unknown = (pointer: string, kind: string, name: string, known: Iterable<string>) => {
    const near = nearestName(name, [...known]);
    return {
      pointer,
      message: `there is no ${kind} "${name}"${near ? `; did you mean "${near}"?` : ""}`,
    };
  };
  const ofRules = rules.flatMap((rule, index): ProblemAt[] => [
    ...(firstOf.get(rule.name) === index
      ? []
      : [{ pointer: `/rules/${index}/name`, message: `another rule is called "${rule.name}"` }]),
    ...(destinationNamePattern.test(rule.name)
      ? []
      : [
          {
            pointer: `/rules/${index}/name`,
            message: "expected letters, digits, space and # - _ . › /",
          },
        ]),
    ...rule.to.flatMap((name, place) =>
      destinationIds.has(name)
        ? []
        : [unknown(`/rules/${index}/to/${place}`, "destination", name, destinationIds.keys())],
    ),
    ...(rule.policy === undefined || policies.has(rule.policy)
      ? []
      : [unknown(`/rules/${index}/policy`, "policy", rule.policy, policies.keys())]),
  ]);
  const ofFallback =
    fallback === undefined || destinationIds.has(fallback)
      ? []
      : [unknown("/fallback", "destination", fallback, destinationIds.keys())];
  return [...ofRules, ...patternMistakes(rules), ...ofFallback];
}
