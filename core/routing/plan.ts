import type { Event, Plan } from "../domain/event.ts";
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
  const { ruleSet } = table.rules;
  const found = matchingRules(table.rules, event);
  const idsOf = (names: readonly string[]) =>
    names.flatMap((name) => table.destinationIds.get(name) ?? []);
  const matched = found.map(({ position, rule }) => ({
    rule: position + 1,
    name: rule.name,
    destinations: idsOf(rule.to),
    ...(rule.message ? { message: rule.message } : {}),
  }));
  const ownEvent = isHubType(event.type);
  const unrouted = matched.length === 0 && !ownEvent;
  const fallback = unrouted && ruleSet.fallback ? idsOf([ruleSet.fallback]) : [];
  const { mayNamePolicies } = producer;
  const ruled = found.flatMap(({ rule: { name, policy } }) =>
    policy === undefined ? [] : [{ name, policy }],
  )[0];
  const chosen = ownEvent
    ? undefined
    : choosePolicy({ event, mayNamePolicies, ruled, type }, table);
  return {
    ruleSetVersion: ruleSet.version,
    matched,
    destinations: [...new Set([...matched.flatMap((rule) => rule.destinations), ...fallback])],
    unrouted,
    ...(chosen ? { policy: chosen.policy, policyFrom: chosen.from } : {}),
  };
}
