import type { AcceptedEvent } from "../domain/event.ts";
import type { Hub } from "../hub.ts";
import { compileRules } from "../routing/compile.ts";
import { explainRules } from "../routing/explain.ts";
import type { Traced } from "./pages/rule-trace.tsx";

/** Rules of a longer set that are not told one by one: a page that nobody reads to its end helps nobody. */
const mostTold = 50;

/**
 * Tell why each rule took an event or left it, by the version that was in force when it came: versions are kept, so the
 * answer is the same next month. Undefined where that version is not there, as in a hub without rules.
 */
export async function traceEvent(
  { rules }: Pick<Hub, "rules">,
  { event, plan }: AcceptedEvent,
): Promise<Traced | undefined> {
  const ruleSet = await rules.version(plan.ruleSetVersion);
  if (!ruleSet) return undefined;
  const last = Math.max(mostTold, ...plan.matched.map(({ rule }) => rule));
  const told = { ...ruleSet, rules: ruleSet.rules.slice(0, last) };
  const traces = explainRules(compileRules(told), event);
  const near = traces.filter(({ outcome, position }) => position < mostTold || outcome === "taken");
  return { traces: near, untold: ruleSet.rules.length - near.length };
}
