import type { Event, MatchedRule, Plan } from "../domain/event.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { Producer } from "../domain/producer.ts";
import { choosePolicy, type PolicyTable, type TypeApproval } from "./choose-policy.ts";
import { type CompiledRules, isHubType, matchingRules } from "./compile.ts";

/** What planning looks names up in. */
export interface PlanningTable extends PolicyTable {
  readonly rules: CompiledRules;
  readonly destinationIds: ReadonlyMap<string, DestinationId>;
}

/**
 * Settle where an event goes and whether it opens an approval. Pure: nothing is sent or stored.
 *
 * What the hub itself raises opens no approval and is never unrouted. Two rules that name one destination make one
 * delivery. A name that no destination has any more is left out; saving
 * a rule set refuses such names, so that only a destination deleted later can be missing.
 */
export function planEvent(
  event: Event,
  producer: Pick<Producer, "mayNamePolicies">,
  table: PlanningTable,
  type?: TypeApproval,
): Plan {
  const ownEvent = isHubType(event.type);
  const { plan, ruled } = routeBy(matchingRules(table.rules, event), table, ownEvent);
  const { mayNamePolicies } = producer;
  const chosen = ownEvent
    ? undefined
    : choosePolicy({ event, mayNamePolicies, ruled, type }, table);
  return chosen ? { ...plan, policy: chosen.policy, policyFrom: chosen.from } : plan;
}

/** Where the same rules send every event that they take, and the first of them that names a policy. */
interface Routed {
  readonly plan: Plan;
  readonly ruled: { readonly name: string; readonly policy: string } | undefined;
}

/** What was routed by a table, by the positions of the rules; a table lives for as long as its names hold. */
const routed = new WeakMap<PlanningTable, Map<string, Routed>>();
/** Most events of a hub meet one of a few lists of rules; where there are more, the list is begun anew. */
const mostRouted = 1_000;

type Taken = ReturnType<typeof matchingRules>;

/** Route by these rules: what was settled once is settled for every event that the same rules take. */
function routeBy(taken: Taken, table: PlanningTable, ownEvent: boolean): Routed {
  const known = routed.get(table) ?? new Map<string, Routed>();
  routed.set(table, known);
  const key = `${ownEvent} ${taken.map(({ position }) => position).join(" ")}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= mostRouted) known.clear();
  const made = route(taken, table, ownEvent);
  known.set(key, made);
  return made;
}

function route(taken: Taken, { rules, destinationIds }: PlanningTable, ownEvent: boolean): Routed {
  const { version, fallback } = rules.ruleSet;
  const idsOf = (names: readonly string[]) =>
    names.flatMap((name) => destinationIds.get(name) ?? []);
  const matched = taken.map(
    ({ position, rule }): MatchedRule => ({
      rule: position + 1,
      name: rule.name,
      destinations: idsOf(rule.to),
      ...(rule.message ? { message: rule.message } : {}),
    }),
  );
  const unrouted = matched.length === 0 && !ownEvent;
  const last = unrouted && fallback ? idsOf([fallback]) : [];
  const destinations = [...new Set([...matched.flatMap((rule) => rule.destinations), ...last])];
  const ruled = taken.flatMap(({ rule: { name, policy } }) =>
    policy === undefined ? [] : [{ name, policy }],
  )[0];
  return { plan: { ruleSetVersion: version, matched, destinations, unrouted }, ruled };
}
