import type { Destination } from "../../domain/destination.ts";
import type { Person } from "../../domain/person.ts";
import type { Rule, RuleSet } from "../../domain/rule.ts";
import type { Hub } from "../../hub.ts";
import { say } from "../../words/say.ts";
import type { AddedRule } from "../pages/destination-page.tsx";

/** What was typed to route a type to a destination. */
export interface RuleWish {
  readonly type: string;
  /** Name of the policy; empty for information. */
  readonly policy: string;
  /** The version of the rules that the form was drawn from. */
  readonly version: number;
}

/** A type's name, or a beginning of one with a star. */
const typePattern = /^(\*|[A-Za-z0-9][\w.-]*\*?)$/;

/** Append a rule that brings one type to one destination, unless somebody saved other rules meanwhile. */
export async function addRule(
  hub: Hub,
  { name: to }: Destination,
  { type, policy, version }: RuleWish,
  by: Person,
): Promise<AddedRule> {
  const refused = (message: string): AddedRule => ({ kind: "refused", type, message });
  if (!typePattern.test(type)) {
    return refused(
      say`Expected a type such as deploy.requested, a beginning such as deploy.*, or *.`,
    );
  }
  const { rules, fallback } = await hub.rules.current();
  const rule: Rule = {
    name: freeName(`${type === "*" ? "Everything" : type.replace(/\.?\*$/, "")} to ${to}`, rules),
    types: [type],
    to: [to],
    ...(policy === "" ? {} : { policy }),
    continue: false,
  };
  const draft = { rules: [...rules, rule], ...(fallback === undefined ? {} : { fallback }) };
  const saved = await hub.rules.save(draft, version, by.name);
  switch (saved.kind) {
    case "saved":
      return describeAdded(saved.ruleSet, rule.name);
    case "stale":
      return refused(
        say`Somebody saved other rules meanwhile. Look at them below, and add it again.`,
      );
    case "invalid":
      return refused(saved.errors.map(({ message }) => message).join("; "));
  }
}

/** Say what a rule does that was added: whether one that stands before it takes all such events. */
export function describeAdded({ rules }: RuleSet, name: string): AddedRule {
  const place = rules.findIndex((one) => one.name === name);
  const types = rules[place]?.types ?? [];
  const before = rules
    .slice(0, Math.max(place, 0))
    .find((one) => !one.continue && types.every((type) => takesAlso(one, type)));
  return { kind: "added", rule: name, shadowedBy: before?.name };
}

function freeName(wanted: string, rules: readonly Rule[]): string {
  const taken = new Set(rules.map(({ name }) => name));
  const short = wanted.slice(0, 90);
  let name = short;
  for (let number = 2; taken.has(name); number += 1) name = `${short} ${number}`;
  return name;
}

/** Whether a rule without further conditions takes every event of the type. */
function takesAlso({ types, level, pattern }: Rule, type: string): boolean {
  if (level !== undefined || pattern) return false;
  return types.some((one) =>
    one.endsWith("*") ? type.startsWith(one.slice(0, -1)) : one === type,
  );
}
