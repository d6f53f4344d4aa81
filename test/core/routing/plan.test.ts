import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Producer } from "../../../core/domain/producer.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { compileRules } from "../../../core/routing/compile.ts";
import { planEvent } from "../../../core/routing/plan.ts";
import { event, organization, policy, producer, start } from "../domain/samples.ts";

const idOf = (name: string) => deriveId("destination", name);
const named = (name: string) => ({ ...policy, id: deriveId("policy", name), name });
const defaultPolicy = named("default");
const rule = (name: string, fields: Partial<Rule> = {}): Rule => ({
  name,
  types: ["*"],
  to: ["#a"],
  continue: true,
  ...fields,
});
function plan(
  rules: readonly Rule[],
  over: Partial<Event> = {},
  more: { readonly fallback?: string; readonly producer?: Producer } = {},
) {
  const { fallback, producer: sender = producer } = more;
  const ruleSet = {
    id: "set",
    organization,
    revision: 1,
    version: 7,
    author: "Ann",
    savedAt: start,
    rules,
    ...(fallback === undefined ? {} : { fallback }),
  };
  return planEvent({ ...event, ...over }, sender, {
    rules: compileRules(ruleSet),
    destinationIds: new Map(["#a", "#b", "#ops"].map((name) => [name, idOf(name)])),
    policies: new Map(["production", "strict"].map((name) => [name, named(name)])),
    defaultPolicy,
  });
}

describe("the plan of an event", () => {
  it("names the version, the rules that took it by their place, and where it goes", () => {
    const rules = [rule("no", { types: ["x"] }), rule("one"), rule("two", { to: ["#b", "#a"] })];
    expect(plan(rules)).toEqual({
      ruleSetVersion: 7,
      matched: [
        { rule: 2, name: "one", destinations: [idOf("#a")] },
        { rule: 3, name: "two", destinations: [idOf("#b"), idOf("#a")] },
      ],
      destinations: [idOf("#a"), idOf("#b")],
      unrouted: false,
    });
  });

  it("makes one delivery where two rules, or one rule twice, name a destination", () => {
    expect(plan([rule("one", { to: ["#a", "#a"] }), rule("two")]).destinations).toEqual([
      idOf("#a"),
    ]);
  });

  it("leads what no rule took to the fallback, and says that it is unrouted", () => {
    const none = [rule("no", { types: ["x"] })];
    expect(plan(none, {}, { fallback: "#ops" })).toMatchObject({
      matched: [],
      destinations: [idOf("#ops")],
      unrouted: true,
    });
    expect(plan(none)).toMatchObject({ destinations: [], unrouted: true });
    expect(plan([rule("one")], {}, { fallback: "#ops" }).destinations).toEqual([idOf("#a")]);
  });

  it("leaves out a destination that has gone, and keeps the others", () => {
    const gone = plan([rule("one", { to: ["#gone", "#b"] })], {}, { fallback: "#gone" });
    expect(gone).toMatchObject({ destinations: [idOf("#b")], unrouted: false });
    expect(plan([], {}, { fallback: "#gone" }).destinations).toEqual([]);
  });
});

describe("the plan of an event that the hub raised", () => {
  it("opens no approval and is never unrouted", () => {
    const raised = { type: "callback.failed", approval: {} };
    const rules = [rule("own", { types: ["callback.*"], policy: "strict" })];
    expect(plan(rules, raised)).toMatchObject({ destinations: [idOf("#a")], unrouted: false });
    expect(plan(rules, raised)).not.toHaveProperty("policy");
    expect(plan([], raised, { fallback: "#ops" })).toMatchObject({
      destinations: [],
      unrouted: false,
    });
  });
});

describe("the policy of a plan", () => {
  const asks = { approval: { policy: "strict" } };
  const careful = { producer: { ...producer, mayNamePolicies: false } };
  const policyOf = (...asked: Parameters<typeof plan>) => plan(...asked).policy?.name;

  it("is the first that a matching rule names, whatever the event asks for", () => {
    const rules = [
      rule("no", { types: ["x"], policy: "strict" }),
      rule("one"),
      rule("two", { policy: "production" }),
      rule("three", { policy: "strict" }),
    ];
    expect(policyOf(rules)).toBe("production");
    expect(policyOf(rules, asks)).toBe("production");
  });

  it("is the event's, where no rule names one and its producer may", () => {
    expect(policyOf([rule("one")], asks)).toBe("strict");
    expect(policyOf([], asks)).toBe("strict");
  });

  it("is the default, where the event asks for an approval and nothing names a policy", () => {
    expect(policyOf([], { approval: {} })).toBe("default");
    expect(policyOf([], asks, careful)).toBe("default");
    expect(policyOf([], { approval: { policy: "gone" } })).toBe("default");
    expect(policyOf([rule("one", { policy: "gone" })])).toBe("default");
  });

  it("is none, where nothing asks for an approval", () => {
    expect(plan([rule("one")])).not.toHaveProperty("policy");
  });
});
