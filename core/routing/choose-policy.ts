import type { Event, PolicyFrom } from "../domain/event.ts";
import type { ProducerId } from "../domain/ids.ts";
import type { Policy } from "../domain/policy.ts";
import { say } from "../words/say.ts";

/** What admins have pinned: names of policies by type and by producer. */
export interface Pins {
  readonly types: ReadonlyMap<string, string>;
  readonly producers: ReadonlyMap<ProducerId, { readonly name: string; readonly policy: string }>;
}

/** What the catalogue says of a type's requests. */
export interface TypeApproval {
  readonly opens: boolean;
  /** Nothing makes its events open a request: they tell of one, or of none. */
  readonly never?: boolean;
  /** Name of the policy where nobody names another. */
  readonly policy?: string | undefined;
}

/** What a policy is chosen from. */
export interface PolicyTable {
  readonly policies: ReadonlyMap<string, Policy>;
  readonly defaultPolicy: Policy;
  readonly pins?: Pins;
}

/** Who asks, and what matched: all that weighs on the choice besides the pins. */
export interface PolicyAsk {
  readonly event: Event;
  readonly mayNamePolicies: boolean;
  /** The first matching rule that names a policy. */
  readonly ruled?: { readonly name: string; readonly policy: string } | undefined;
  readonly type?: TypeApproval | undefined;
}

/** A policy with the reason why it is this one. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly from: PolicyFrom;
}

/**
 * Choose the policy of a request: what is pinned, else the rule's, else the event's where its producer may name one,
 * else the type's, else the default (SURFACE §8). Undefined where nothing opens a request.
 *
 * A type that is pinned always opens one: else a rule that leaves its policy out would take the pin away. Where the
 * type and the producer are both pinned, the one that asks for more votes wins, and at a tie the type's.
 */
export function choosePolicy(ask: PolicyAsk, table: PolicyTable): ChosenPolicy | undefined {
  const { event, ruled, type } = ask;
  const onType = table.pins?.types.get(event.type);
  const opens =
    onType !== undefined ||
    ruled !== undefined ||
    event.approval !== undefined ||
    type?.opens === true;
  if (!opens || type?.never) return undefined;
  const free = withoutPins(ask, table);
  const pinned = pinnedPolicy(ask, table, onType);
  return pinned ? { ...pinned, from: { ...pinned.from, ...insteadOf(free, pinned) } } : free;
}

interface PinnedPolicy {
  readonly policy: Policy;
  readonly from: Extract<PolicyFrom, { kind: "pin" }>;
}

function pinnedPolicy(
  { event }: PolicyAsk,
  { policies, pins }: PolicyTable,
  onType: string | undefined,
): PinnedPolicy | undefined {
  const onProducer = pins?.producers.get(event.producer);
  const found = [
    { name: onType, from: { kind: "pin", on: "type", name: event.type } as const },
    {
      name: onProducer?.policy,
      from: { kind: "pin", on: "producer", name: onProducer?.name ?? event.source } as const,
    },
  ].flatMap(({ name, from }): PinnedPolicy[] => {
    const policy = name === undefined ? undefined : policies.get(name);
    return policy ? [{ policy: { ...policy, pinned: true }, from }] : [];
  });
  const [first, second] = found;
  return second && first && second.policy.votes > first.policy.votes ? second : first;
}

function insteadOf(free: ChosenPolicy, pinned: PinnedPolicy) {
  const { from, policy } = free;
  if (policy.name === pinned.policy.name) return {};
  if (from.kind === "rule") {
    return { insteadOf: { by: `the rule ${from.name}`, policy: policy.name } };
  }
  return from.kind === "event" ? { insteadOf: { by: "the event", policy: policy.name } } : {};
}

function withoutPins(
  { event, mayNamePolicies, ruled, type }: PolicyAsk,
  { policies, defaultPolicy }: PolicyTable,
): ChosenPolicy {
  if (ruled) {
    const policy = policies.get(ruled.policy) ?? defaultPolicy;
    return { policy, from: { kind: "rule", name: ruled.name } };
  }
  const asked = mayNamePolicies ? event.approval?.policy : undefined;
  const ofEvent = asked === undefined ? undefined : policies.get(asked);
  if (ofEvent) return { policy: ofEvent, from: { kind: "event" } };
  const ofType = type?.policy === undefined ? undefined : policies.get(type.policy);
  if (ofType) return { policy: ofType, from: { kind: "type" } };
  return { policy: defaultPolicy, from: { kind: "default" } };
}

/** Say in one sentence why a policy is this one, and what it overrules, to whoever reads. */
export function sayPolicyFrom(from: PolicyFrom): string {
  switch (from.kind) {
    case "pin": {
      const pinned =
        from.on === "type"
          ? say`pinned by an admin to the type ${from.name}`
          : say`pinned by an admin to the producer ${from.name}`;
      const instead = from.insteadOf;
      if (!instead) return pinned;
      const rule = ruleNamed(instead.by);
      return rule === undefined
        ? say`${pinned}; the event names ${instead.policy}, which has no effect`
        : say`${pinned}; the rule ${rule} names ${instead.policy}, which has no effect`;
    }
    case "rule":
      return say`named by the rule ${from.name}`;
    case "event":
      return say`named by the event`;
    case "type":
      return say`named by the event type`;
    case "default":
      return say`nothing names another, so it is the default`;
  }
}

/** Events keep in English who named a policy: "the event", "the rule Deploys". */
const ruleNamed = (by: string) => /^the rule (.*)$/su.exec(by)?.[1];
