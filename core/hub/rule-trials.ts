import type { Event, Plan } from "../domain/event.ts";
import type { EventId, OrganizationId, ProducerId } from "../domain/ids.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Producer } from "../domain/producer.ts";
import type { RuleSet } from "../domain/rule.ts";
import { findType } from "../event-types/find-type.ts";
import { planTyped } from "../ingest/candidate.ts";
import type { EventDraft } from "../ingest/parse-event.ts";
import { sampleEvent } from "../ingest/sample-event.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { compileRules } from "../routing/compile.ts";
import { explainRules, type RuleTrace } from "../routing/explain.ts";
import type { PlanningTable } from "../routing/plan.ts";
import { type PreviewedMessage, previewMessages } from "./preview-messages.ts";
import { type Comparison, type ComparisonAsk, compareRules, namesOf } from "./rule-comparison.ts";
import { mistakesOf, type RulesDraft } from "./rules.ts";

/** Where an event would go, with the reason at every rule. */
export interface Explained {
  readonly kind: "explained";
  readonly plan: Plan;
  readonly traces: readonly RuleTrace[];
  /** Names of the plan's destinations, in its order. */
  readonly destinations: readonly string[];
  /** What each of them would show. */
  readonly messages: readonly PreviewedMessage[];
}

/** An event that the draft would send elsewhere, or for which it would open an approval under another policy. */
export interface Moved {
  readonly event: EventId;
  readonly type: string;
  readonly subject?: string;
  readonly was: { readonly destinations: readonly string[]; readonly policy?: string };
  readonly would: { readonly destinations: readonly string[]; readonly policy?: string };
}

export interface Backtested {
  readonly kind: "backtested";
  readonly events: number;
  readonly moved: number;
  /** The first of them, newest first. */
  readonly examples: readonly Moved[];
  /** Messages to each destination, as they were planned and as the draft would plan them. */
  readonly messages: readonly {
    readonly destination: string;
    readonly was: number;
    readonly would: number;
  }[];
  readonly unrouted: { readonly was: number; readonly would: number };
}

export type Invalid = { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** As whose an event is tried: what planning asks of a producer. */
export type TrialProducer = Pick<Producer, "id" | "name" | "mayNamePolicies">;

/** Trying rules on events. Nothing is sent, nothing is stored. */
export interface RuleTrials {
  /** Follow one event through the rules in force, or through a draft. */
  explain(
    draft: EventDraft,
    producer: TrialProducer,
    rules?: RulesDraft,
  ): Promise<Explained | Invalid>;
  /** Plan the last events again under a draft, and say what would be different. `last` is 100,000 at most. */
  backtest(rules: RulesDraft, last: number): Promise<Backtested | Invalid>;
  /** Plan the last events of some types under the rules in force and under a draft, side by side. */
  compare(
    rules: RulesDraft,
    about: Pick<ComparisonAsk, "types" | "rule" | "last">,
  ): Promise<Comparison | Invalid>;
}

interface TrialDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly planning: { current(): Promise<PlanningTable>; forget(): void };
}

/** How many events one look reads; others get their turn between two looks. */
const oneLook = 500;
const mostExamples = 100;

/** Bind the trials to a store. */
export function createRuleTrials(deps: TrialDeps): RuleTrials {
  const tableFor = async (rules: RulesDraft | undefined): Promise<PlanningTable | Invalid> => {
    let table = await deps.planning.current();
    if (!rules) return table;
    if (mistakesOf(rules, table).length > 0) {
      // What is missing may have been saved by another process a moment ago.
      deps.planning.forget();
      table = await deps.planning.current();
      const errors = mistakesOf(rules, table);
      if (errors.length > 0) return { kind: "invalid", errors };
    }
    return { ...table, rules: compileRules(draftSet(deps, table.rules.ruleSet, rules)) };
  };
  return {
    explain: async (draft, producer, rules) => {
      const table = await tableFor(rules);
      if ("kind" in table) return table;
      const { organization, store, clock } = deps;
      const type = await findType(store, organization, draft.type);
      const event = sampleEvent(draft, {
        organization,
        producer: producer.id,
        producerName: producer.name,
        level: type?.level,
        now: clock.now(),
      });
      const plan = planTyped(event, producer, table, type);
      const nameOf = namesOf(table);
      return {
        kind: "explained",
        plan,
        traces: explainRules(table.rules, event),
        destinations: plan.destinations.map(nameOf),
        messages: await previewMessages(store, event, plan, type),
      };
    },
    backtest: async (rules, last) => {
      const table = await tableFor(rules);
      return "kind" in table ? table : backtest(deps, table, last);
    },
    compare: async (rules, about) => {
      const draft = await tableFor(rules);
      if ("kind" in draft) return draft;
      return compareRules(deps, { ...about, live: await deps.planning.current(), draft });
    },
  };
}

const draftSet = (
  { clock }: TrialDeps,
  newest: RuleSet,
  { rules, fallback }: RulesDraft,
): RuleSet => {
  const { fallback: _, description: __, ...set } = newest;
  return { ...set, rules, savedAt: clock.now(), ...(fallback === undefined ? {} : { fallback }) };
};

async function backtest(
  { organization, store }: TrialDeps,
  table: PlanningTable,
  last: number,
): Promise<Backtested> {
  const nameOf = namesOf(table);
  const producerOf = once((id: ProducerId) => store.producers.get(id));
  const typeOf = once((name: string) => findType(store, organization, name));
  const tally = createTally(nameOf);
  let events = 0;
  let after: string | undefined;
  do {
    const part = await store.events.scan("byTime", {
      prefix: [organization],
      order: "descending",
      limit: Math.min(oneLook, last - events),
      ...(after === undefined ? {} : { after }),
    });
    for (const { event, plan } of part) {
      const producer = await producerOf(event.producer);
      const type = await typeOf(event.type);
      if (producer) tally.add(event, plan, planTyped(event, producer, table, type));
    }
    events += part.length;
    const end = part.at(-1);
    after = end && part.length === oneLook ? store.events.cursorOf("byTime", end) : undefined;
  } while (after !== undefined && events < last);
  return tally.answer(events);
}

/** Ask for each thing once, however often it is needed. */
function once<Id extends string, Value>(read: (id: Id) => Promise<Value>) {
  const known = new Map<Id, Promise<Value>>();
  return (id: Id) => {
    const value = known.get(id) ?? read(id);
    known.set(id, value);
    return value;
  };
}

/** Count what two plans of each event differ in. */
function createTally(nameOf: (id: string) => string) {
  const messages = new Map<string, { was: number; would: number }>();
  const unrouted = { was: 0, would: 0 };
  const examples: Moved[] = [];
  let moved = 0;
  const count = (plan: Plan, when: "was" | "would") => {
    if (plan.unrouted) unrouted[when] += 1;
    for (const destination of plan.destinations) {
      const counts = messages.get(destination) ?? { was: 0, would: 0 };
      counts[when] += 1;
      messages.set(destination, counts);
    }
  };
  const say = ({ destinations, policy }: Plan) => ({
    destinations: destinations.map(nameOf),
    ...(policy ? { policy: policy.name } : {}),
  });
  return {
    add: ({ id, type, subject }: Event, was: Plan, would: Plan) => {
      count(was, "was");
      count(would, "would");
      if (isSame(was, would)) return;
      moved += 1;
      if (examples.length >= mostExamples) return;
      const named = subject === undefined ? { event: id, type } : { event: id, type, subject };
      examples.push({ ...named, was: say(was), would: say(would) });
    },
    answer: (events: number): Backtested => ({
      kind: "backtested",
      events,
      moved,
      examples,
      messages: [...messages]
        .map(([id, counts]) => ({ destination: nameOf(id), ...counts }))
        .sort((one, other) => one.destination.localeCompare(other.destination)),
      unrouted,
    }),
  };
}

function isSame(one: Plan, other: Plan): boolean {
  return (
    one.policy?.name === other.policy?.name &&
    one.destinations.length === other.destinations.length &&
    one.destinations.every((destination) => other.destinations.includes(destination))
  );
}
