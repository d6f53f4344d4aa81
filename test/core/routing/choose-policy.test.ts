import { describe, expect, it } from "vitest";
import { deadlineOf } from "../../../core/approvals/open.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import {
  choosePolicy,
  type PolicyAsk,
  type PolicyTable,
  sayPolicyFrom,
} from "../../../core/routing/choose-policy.ts";
import { event, later, policy, producer, start } from "../domain/samples.ts";

const named = (name: string, votes = 1) => ({
  ...policy,
  id: deriveId("policy", name),
  name,
  votes,
});
const policies = new Map(
  ["pinned", "ruled", "asked", "typed"].map((name) => [name, named(name)] as const),
);
policies.set("two votes", named("two votes", 2));
const table: PolicyTable = { policies, defaultPolicy: named("default") };
const onType = { types: new Map([[event.type, "pinned"]]), producers: new Map() };
const onProducer = (name: string) => ({
  types: new Map<string, string>(),
  producers: new Map([[producer.id, { name: "ci", policy: name }]]),
});
const everything: PolicyAsk = {
  event: { ...event, approval: { policy: "asked" } },
  mayNamePolicies: true,
  ruled: { name: "Deploys", policy: "ruled" },
  type: { opens: true, policy: "typed" },
};
const { ruled: _, ...withoutRule } = everything;
const choose = (ask: PolicyAsk, more: Partial<PolicyTable> = {}) => {
  const chosen = choosePolicy(ask, { ...table, ...more });
  return chosen && `${chosen.policy.name}: ${chosen.from.kind}`;
};

describe("the policy of a request", () => {
  it("is the pinned one, else the rule's, the event's, the type's, the default", () => {
    expect(choose(everything, { pins: onType })).toBe("pinned: pin");
    expect(choose(everything, { pins: onProducer("pinned") })).toBe("pinned: pin");
    expect(choose(everything)).toBe("ruled: rule");
    expect(choose(withoutRule)).toBe("asked: event");
    expect(choose({ ...withoutRule, mayNamePolicies: false })).toBe("typed: type");
    expect(choose({ ...withoutRule, event: { ...event, approval: {} } })).toBe("typed: type");
    expect(choose({ event: { ...event, approval: {} }, mayNamePolicies: true })).toBe(
      "default: default",
    );
  });

  it("is none where nothing opens a request: a pin of the producer alone asks nobody", () => {
    const silent = { event, mayNamePolicies: true };
    expect(choose(silent)).toBeUndefined();
    expect(choose({ ...silent, type: { opens: false, policy: "typed" } })).toBeUndefined();
    expect(choose(silent, { pins: onProducer("pinned") })).toBeUndefined();
  });

  it("cannot be taken away from a pinned type: it opens a request whatever the rules say", () => {
    expect(choose({ event, mayNamePolicies: true }, { pins: onType })).toBe("pinned: pin");
  });

  it("is the one with more votes where type and producer are both pinned, else the type's", () => {
    const both = (name: string) => ({ ...onProducer(name), types: onType.types });
    expect(choose(everything, { pins: both("two votes") })).toBe("two votes: pin");
    expect(choose(everything, { pins: both("typed") })).toBe("pinned: pin");
  });

  it("says what a pin overrules", () => {
    const said = (ask: PolicyAsk) =>
      sayPolicyFrom(
        choosePolicy(ask, { ...table, pins: onType })?.from as { readonly kind: "default" },
      );
    expect(said(everything)).toBe(
      "pinned by an admin to the type deploy.requested; the rule Deploys names ruled, which has no effect",
    );
    expect(said(withoutRule)).toBe(
      "pinned by an admin to the type deploy.requested; the event names asked, which has no effect",
    );
    expect(said({ event, mayNamePolicies: true })).toBe(
      "pinned by an admin to the type deploy.requested",
    );
  });

  it("lets an event ask for less time than a pinned policy gives, and never for more", () => {
    const pinned = { ...policy, expiresInMs: 60_000, pinned: true } as const;
    const until = (approval: NonNullable<typeof everything.event.approval>) =>
      deadlineOf({ receivedAt: start, approval }, pinned);
    expect(until({ expiresInMs: 30_000 })).toEqual(later(30));
    expect(until({ expiresInMs: 3_600_000 })).toEqual(later(60));
    expect(until({ expiresAt: later(3_600) })).toEqual(later(60));
  });
});
