import { describe, expect, it } from "vitest";
import { type Event, levels } from "../../../core/domain/event.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import {
  compileRules,
  eventContent,
  isHubType,
  matchingRules,
  namesType,
  patternMistakes,
} from "../../../core/routing/compile.ts";
import { event, organization, start } from "../domain/samples.ts";

const rule = (name: string, fields: Partial<Rule> = {}): Rule => ({
  name,
  types: ["*"],
  to: ["#releases"],
  continue: false,
  ...fields,
});
const setOf = (rules: readonly Rule[]) => ({
  id: "set",
  organization,
  revision: 1,
  version: 7,
  author: "Ann",
  savedAt: start,
  rules,
});
const taking = (rules: readonly Rule[], over: Partial<Event> = {}) =>
  matchingRules(compileRules(setOf(rules)), { ...event, ...over }).map(
    ({ rule: { name } }) => name,
  );
const takes = (fields: Partial<Rule>, over: Partial<Event> = {}) =>
  taking([rule("one", fields)], over).length === 1;

describe("the types of a rule", () => {
  it.each([
    ["deploy.requested", "deploy.requested", true],
    ["deploy.requested", "deploy.requested.again", false],
    ["deploy.requested", "Deploy.requested", false],
    ["deploy.*", "deploy.requested", true],
    ["deploy.*", "deploy.a.b", true],
    ["deploy.*", "deploy.", true],
    ["deploy.*", "deploy", false],
    ["deploy.*", "deployment.requested", false],
    ["deploy*", "deployment.requested", true],
    ["*", "deploy.requested", true],
    ["*", "x", true],
    ["approval.approved", "approval.approved", true],
    ["approval.*", "approval.approved", true],
    ["approval.app*", "approval.approved", true],
    ["installation.*", "installation.revoked", true],
    ["*", "approval.approved", false],
    ["a*", "approval.approved", false],
    ["approval*", "approval.approved", false],
    ["*", "destination.dead", false],
    ["*", "callback.failed", false],
    ["*", "approvals.weekly", true],
  ])("%j take %j: %s", (wanted, type, result) => {
    expect(takes({ types: [wanted] }, { type })).toBe(result);
    expect(namesType(compileRules(setOf([rule("one", { types: [wanted] })])), type)).toBe(result);
  });

  it("are alternatives", () => {
    expect(takes({ types: ["a", "deploy.*"] })).toBe(true);
    expect(takes({ types: ["a", "b"] })).toBe(false);
  });

  it("tell the hub's own types by their first word", () => {
    expect(["approval.x", "installation.x", "destination.x", "callback.x"].map(isHubType)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["approval", "approvals.x", "x.approval.y", "Approval.x"].some(isHubType)).toBe(false);
  });
});

describe("the level of a rule", () => {
  it.each(levels.flatMap((least) => levels.map((level) => [least, level] as const)))(
    "at least %s against %s",
    (least, level) => {
      const heavyEnough = levels.indexOf(level) >= levels.indexOf(least);
      expect(takes({ level: least }, { level })).toBe(heavyEnough);
    },
  );
});

describe("the pattern of a rule", () => {
  it("speaks of the event as CloudEvents JSON", () => {
    expect(
      eventContent({ ...event, link: "/deploys/812", extensions: { team: "a", id: "?" } }),
    ).toEqual({
      specversion: "1.0",
      id: "812",
      source: "ci",
      type: "deploy.requested",
      time: "2026-11-20T14:00:00.000Z",
      level: "notice",
      subject: "web/1.4.2",
      link: "/deploys/812",
      team: "a",
      data: { service: "web", environment: "production" },
    });
    const production = { data: { environment: ["production"] } };
    expect(takes({ pattern: production })).toBe(true);
    expect(takes({ pattern: production }, { data: {} })).toBe(false);
    expect(takes({ pattern: { subject: [{ prefix: "web/" }] } })).toBe(true);
    const { subject: _, ...nameless } = event;
    const missing = [rule("one", { pattern: { subject: [{ exists: false }] } })];
    expect(matchingRules(compileRules(setOf(missing)), nameless)).toHaveLength(1);
    expect(taking(missing)).toEqual([]);
  });

  it.each<[string, Partial<Rule>]>([
    ["itself", { pattern: { time: [{ prefix: "2026-11-20T14" }] } }],
    ["in an alternative", { pattern: { $or: [{ type: ["x"] }, { time: [{ prefix: "2026" }] }] } }],
    [
      "in one of an alternative's",
      {
        pattern: {
          $or: [{ type: ["x"] }, { $or: [{ type: ["y"] }, { time: [{ prefix: "2026" }] }] }],
        },
      },
    ],
    ["by a condition", { when: 'event.time.startsWith("2026")' }],
  ])("finds the time where it names it %s, also behind rules that do not", (_, asks) => {
    const other = rule("other", { types: ["x"] });
    expect(taking([other, rule("timely", asks)])).toEqual(["timely"]);
    const { readsTime } = compileRules(setOf([other]));
    expect(readsTime).toBe(false);
  });

  it("must hold together with type and level", () => {
    const all = { types: ["deploy.*"], level: "notice", pattern: { source: ["ci"] } } as const;
    expect(takes(all)).toBe(true);
    expect(takes(all, { type: "x" })).toBe(false);
    expect(takes(all, { level: "info" })).toBe(false);
    expect(takes(all, { source: "x" })).toBe(false);
  });

  it("is checked with a pointer into the list of rules", () => {
    const rules = [rule("fine"), rule("wrong", { pattern: { data: { a: "x" } } })];
    expect(patternMistakes(rules)).toEqual([
      { pointer: "/rules/1/pattern/data/a", message: 'Values stand in a list. Write ["x"].' },
    ]);
  });
});

describe("the order of rules", () => {
  const rules = [
    rule("never", { types: ["x"] }),
    rule("first", { continue: true }),
    rule("never either", { types: ["x"], continue: false }),
    rule("second"),
    rule("third"),
  ];

  it("ends at the first match that does not say continue", () => {
    expect(taking(rules)).toEqual(["first", "second"]);
    const found = matchingRules(compileRules(setOf(rules)), event);
    expect(found.map(({ position }) => position)).toEqual([1, 3]);
  });

  it("takes nothing where no rule fits", () => {
    expect(taking([])).toEqual([]);
    expect(taking([rule("never", { types: ["x"] })])).toEqual([]);
  });
});
