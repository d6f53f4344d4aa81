import type { Event, Plan } from "../domain/event.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { Policy } from "../domain/policy.ts";
import type { Producer } from "../domain/producer.ts";
import { type CompiledRules, isHubType, matchingRules } from "./compile.ts";

/** What planning looks names up in. */
export interface PlanningTable {
  readonly rules: CompiledRules;
  readonly destinationIds: ReadonlyMap<string, DestinationId>;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly defaultPolicy: Policy;
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
): Plan {
  const { ruleSet } = table.rules;
  const found = matchingRules(table.rules, event);
  const idsOf = (names: readonly string[]) =>
    names.flatMap((name) => table.destinationIds.get(name) ?? []);
  const matched = found.map(({ position, rule }) => ({
    rule: position + 1,
    name: rule.name,
    destinations: idsOf(rule.to),
  }));
  const ownEvent = isHubType(event.type);
  const unrouted = matched.length === 0 && !ownEvent;
  const fallback = unrouted && ruleSet.fallback ? idsOf([ruleSet.fallback]) : [];
  const named = found.map(({ rule }) => rule.policy);
  const policy = ownEvent ? undefined : policyFor(event, producer, table, named);
  return {
    ruleSetVersion: ruleSet.version,
    matched,
    destinations: [...new Set([...matched.flatMap((rule) => rule.destinations), ...fallback])],
    unrouted,
    ...(policy ? { policy } : {}),
  };
}

/** The first matching rule that names a policy, else the event's where its producer may, else the default. */
function policyFor(
  event: Event,
  producer: Pick<Producer, "mayNamePolicies">,
  { policies, defaultPolicy }: PlanningTable,
  named: readonly (string | undefined)[],
): Policy | undefined {
  const ruled = named.find((name) => name !== undefined);
  if (ruled !== undefined) return policies.get(ruled) ?? defaultPolicy;
  if (!event.approval) return undefined;
  const asked = producer.mayNamePolicies ? event.approval.policy : undefined;
  return (asked === undefined ? undefined : policies.get(asked)) ?? defaultPolicy;
}
