import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Event } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import type { Rule, RuleSet } from "../../../core/domain/rule.ts";
import {
  type CompiledRules,
  compileRules,
  eventContent,
  matchingRules,
  takesLevel,
  takesType,
} from "../../../core/routing/compile.ts";
import { matches } from "../../../core/routing/match.ts";

/** What is measured, in this order in every round. */
type Step = "parse" | "few" | "many" | "match" | "linear" | "ranges" | "rangesLinear";

/** Microseconds for one event, round by round; milliseconds for a rebuild. */
export interface Routing extends Readonly<Record<Step, readonly number[]>> {
  readonly rebuildMs: readonly number[];
  readonly bytesPerRule: number;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const organization = deriveId("organization", "bench");
const names = ["parse", "few", "many", "match", "linear", "ranges", "rangesLinear"] as const;
const rounds = 7;
const manyRules = 100_000;

const ruleSetOf = (rules: readonly Rule[]): RuleSet => ({
  id: "bench",
  organization,
  revision: 1,
  version: 1,
  author: "bench",
  rules,
  savedAt: new Date(0),
});

/** Rules as a large company might have: by service, by host, by amount, some for a kind of event alone. */
function mixedRule(index: number): Rule {
  const kinds: readonly JsonObject[] = [
    { data: { service: [`service-${index}`], environment: ["production"] } },
    { data: { environment: ["staging", "test"], team: [`team-${index % 20_000}`] } },
    { subject: [{ prefix: `shop-${index}/` }] },
    { data: { amount: [{ numeric: [">", index, "<=", index + 10] }], currency: ["EUR"] } },
    { source: [`source-${index}`], data: { owner: [{ exists: false }] } },
    { data: { service: [{ "anything-but": "web" }], host: [`host-${index}.example`] } },
    { data: { $or: [{ region: [`eu-${index}`] }, { zone: [`zone-${index}`] }] } },
    { data: { file: [{ suffix: `-${index}.log` }] } },
  ];
  return {
    name: `rule ${index}`,
    types: [index % 3 === 0 ? "*" : index % 3 === 1 ? "deploy.*" : `kind-${index % 1_000}.done`],
    pattern: kinds[index % kinds.length] as JsonObject,
    to: ["#a"],
    continue: true,
  };
}

/** P4: one type, and nothing that could be found by equality. */
function rangeRule(index: number): Rule {
  const prefix = { data: { host: [{ prefix: `host-${index.toString(36)}-` }] } };
  const range = { data: { load: [{ numeric: [">=", index, "<", index + 20] }] } };
  return {
    name: `rule ${index}`,
    types: ["metric.sampled"],
    pattern: index % 2 === 0 ? prefix : range,
    to: ["#a"],
    continue: true,
  };
}

const text = JSON.stringify({
  type: "deploy.requested",
  subject: "shop-50002/1.4.2",
  level: "notice",
  source: "ci",
  data: {
    service: "service-40000",
    environment: "production",
    host: "host-2a-7",
    load: 5_011,
    amount: 60_005,
    currency: "EUR",
    region: "eu-1",
    file: "/var/log/web-30007.log",
    team: "team-17",
    commits: Array.from({ length: 8 }, (_, number) => ({
      id: `3f9a61c2d0b94e7f8a55c1d2e3f4a5${number}`,
      author: "chloe@example.com",
      text: "Round totals once, at the end of it",
    })),
  },
});

function eventOf(content: JsonObject, type: string): Event {
  return {
    id: deriveId("event", "bench"),
    producer: deriveId("producer", "bench"),
    externalId: "bench",
    type,
    source: String(content["source"]),
    subject: String(content["subject"]),
    level: "notice",
    occurredAt: new Date(0),
    receivedAt: new Date(0),
    extensions: {},
    data: content["data"] as JsonObject,
  } as Event;
}

const parsed = JSON.parse(text) as JsonObject;
const mixedEvent = eventOf(parsed, "deploy.requested");
const rangesEvent = eventOf(parsed, "metric.sampled");

/** Walk all rules, each compiled: what routing costs without an index. */
function linear({ ruleSet, patternOf }: CompiledRules, event: Event): number {
  const content = eventContent(event);
  let taken = 0;
  for (const [position, rule] of ruleSet.rules.entries()) {
    if (!takesType(rule, event.type) || !takesLevel(rule, event.level)) continue;
    const pattern = patternOf(position);
    if (!pattern || matches(pattern, content)) taken += 1;
  }
  return taken;
}

/** Microseconds that one run of `step` takes, over as many as fit into some 60 ms. */
function cost(step: () => unknown): number {
  const until = performance.now() + 60;
  let count = 0;
  const from = performance.now();
  do {
    step();
    count += 1;
  } while (performance.now() < until);
  return ((performance.now() - from) / count) * 1_000;
}

function main(): Routing {
  const few = compileRules(ruleSetOf(Array.from({ length: 10 }, (_, index) => mixedRule(index))));
  const mixed = Array.from({ length: manyRules }, (_, index) => mixedRule(index));
  const heap = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  const before = heap();
  const many = compileRules(ruleSetOf(mixed));
  const bytesPerRule = (heap() - before) / manyRules;
  const rangeRules = ruleSetOf(Array.from({ length: manyRules }, (_, index) => rangeRule(index)));
  const ranges = compileRules(rangeRules);

  const taken = matchingRules(many, mixedEvent).length;
  if (taken === 0 || taken !== linear(many, mixedEvent)) throw new Error(`${taken} rules took it`);
  const inRange = matchingRules(ranges, rangesEvent).length;
  if (inRange === 0 || inRange !== linear(ranges, rangesEvent))
    throw new Error(`${inRange} took it`);

  const parseAndRoute = (rules: CompiledRules) => () =>
    matchingRules(rules, eventOf(JSON.parse(text) as JsonObject, "deploy.requested"));
  const steps: Readonly<Record<Step, () => unknown>> = {
    parse: () => JSON.parse(text),
    few: parseAndRoute(few),
    many: parseAndRoute(many),
    match: () => matchingRules(many, mixedEvent),
    linear: () => linear(many, mixedEvent),
    ranges: () => matchingRules(ranges, rangesEvent),
    rangesLinear: () => linear(ranges, rangesEvent),
  };
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const microseconds = cost(steps[name]);
      if (round > 0) measured[name]?.push(microseconds);
    }
  }
  const rebuildMs = Array.from({ length: rounds }, () => {
    const from = performance.now();
    compileRules(ruleSetOf(mixed));
    return performance.now() - from;
  });
  return { ...(measured as Record<Step, number[]>), rebuildMs, bytesPerRule };
}

process.stdout.write(`${JSON.stringify(main())}\n`);
