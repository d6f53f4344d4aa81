import type { Event, Plan } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { OrganizationId, ProducerId } from "../domain/ids.ts";
import type { Policy } from "../domain/policy.ts";
import type { Producer } from "../domain/producer.ts";
import { findType } from "../event-types/find-type.ts";
import { planTyped } from "../ingest/candidate.ts";
import type { MissingField } from "../messages/liquid-text.ts";
import type { Store } from "../ports/store.ts";
import { takesType } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";
import { sayWeaker } from "../routing/weaker-policy.ts";
import { missingFields } from "./preview-messages.ts";

/** Where one event goes, by names. */
export interface Side {
  readonly destinations: readonly string[];
  /** Names of the rules that take it. */
  readonly rules: readonly string[];
  readonly unrouted: boolean;
  readonly policy?: Policy;
}

/** One event that came, with where it goes now and where a draft would send it. */
export interface ComparedEvent {
  readonly event: Event;
  readonly now: Side;
  readonly would: Side;
  readonly moved: boolean;
  /** In what the draft would ask for less, as an end of a sentence. */
  readonly weaker?: string;
}

/** The last events of some types under the rules in force and under a draft. Nothing is sent. */
export interface Comparison {
  readonly kind: "compared";
  readonly events: readonly ComparedEvent[];
  /** How many of the latest events were looked through to find them; absent where all that are kept were. */
  readonly lookedThrough?: number;
  /** How many of them the rule that is edited would take. */
  readonly taken: number;
  /** Fields that texts of these messages ask for and some of the events lack, the most often missing first. */
  readonly missing: readonly OftenMissing[];
  /** A rule that stands before it and ends the walk, and how many of the events that it would take else go there. */
  readonly shadowedBy?: { readonly rule: string; readonly events: number };
}

/** A field that a text asks for, and how many of the events that would be shown so lack it. */
export interface OftenMissing extends MissingField {
  readonly events: number;
  /** The latest of them. */
  readonly example: Event;
}

/** What is compared. */
export interface ComparisonAsk {
  readonly live: PlanningTable;
  readonly draft: PlanningTable;
  /** Whose events are looked at: types as a rule names them. */
  readonly types: readonly string[];
  /** The rule that is edited, by its name in the draft. */
  readonly rule?: string;
  readonly last: number;
}

/** So many of the latest events are looked through: of a rare type there may be none among them. */
const mostLookedThrough = 5_000;
const oneLook = 500;
/** Up to so many whole types are looked up one by one. */
const mostNamed = 10;

/** Find the last events of the types, and plan each of them twice. */
export async function compareRules(
  { organization, store }: { readonly organization: OrganizationId; readonly store: Store },
  ask: ComparisonAsk,
): Promise<Comparison> {
  const { events, lookedThrough } = await lastEvents(store, organization, ask);
  const producers = new Map<ProducerId, Producer | undefined>();
  const types = new Map<string, EventType | undefined>();
  const nameOf = namesOf(ask.live);
  const compared: ComparedEvent[] = [];
  const missing = new Map<string, OftenMissing>();
  for (const event of events) {
    if (!producers.has(event.producer)) {
      producers.set(event.producer, await store.producers.get(event.producer));
    }
    if (!types.has(event.type)) {
      types.set(event.type, await findType(store, organization, event.type));
    }
    const type = types.get(event.type);
    const producer = producers.get(event.producer) ?? { mayNamePolicies: false };
    const now = sideOf(planTyped(event, producer, ask.live, type), nameOf);
    const plan = planTyped(event, producer, ask.draft, type);
    const would = sideOf(plan, nameOf);
    if (ask.rule === undefined || would.rules.includes(ask.rule)) {
      count(missing, event, missingFields(event, type, plan));
    }
    const weaker = sayWeaker(now.policy, would.policy);
    compared.push({
      ...{ event, now, would, moved: isMoved(now, would) },
      ...(weaker === undefined ? {} : { weaker }),
    });
  }
  const shadowed = shadowOf(ask, compared);
  return {
    kind: "compared",
    events: compared,
    ...(lookedThrough === undefined ? {} : { lookedThrough }),
    taken: compared.filter(({ would }) => would.rules.includes(ask.rule ?? "")).length,
    missing: [...missing.values()].sort((one, other) => other.events - one.events),
    ...(shadowed ? { shadowedBy: shadowed } : {}),
  };
}

function count(
  all: Map<string, OftenMissing>,
  example: Event,
  found: readonly MissingField[],
): void {
  for (const one of found) {
    const key = `${one.place} ${one.field}`;
    const known = all.get(key) ?? { ...one, example, events: 0 };
    all.set(key, { ...known, events: known.events + 1 });
  }
}

async function lastEvents(
  store: Store,
  organization: OrganizationId,
  { types, last }: ComparisonAsk,
): Promise<{ readonly events: readonly Event[]; readonly lookedThrough?: number }> {
  if (types.length <= mostNamed && types.every((type) => !type.endsWith("*"))) {
    return { events: await eventsOfTypes(store, organization, types, last) };
  }
  const events: Event[] = [];
  let lookedThrough = 0;
  let after: string | undefined;
  for (let more = true; more && events.length < last && lookedThrough < mostLookedThrough; ) {
    const part = await store.events.scan("byTime", {
      prefix: [organization],
      order: "descending",
      limit: oneLook,
      ...(after === undefined ? {} : { after }),
    });
    lookedThrough += part.length;
    events.push(...part.map(({ event }) => event).filter(({ type }) => takesType({ types }, type)));
    const end = part.at(-1);
    more = end !== undefined && part.length === oneLook;
    if (end) after = store.events.cursorOf("byTime", end);
  }
  return { events: events.slice(0, last), lookedThrough };
}

/** Name destinations by their ids; one that is gone by its id. */
export function namesOf({ destinationIds }: PlanningTable): (id: string) => string {
  const names = new Map<string, string>([...destinationIds].map(([name, id]) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** Whole types are in an index of their own, so that those of a rare one are found however long ago they came. */
async function eventsOfTypes(
  store: Store,
  organization: OrganizationId,
  types: readonly string[],
  last: number,
): Promise<readonly Event[]> {
  const found = await Promise.all(
    [...new Set(types)].map((type) =>
      store.events.scan("byType", {
        prefix: [organization, type],
        order: "descending",
        limit: last,
      }),
    ),
  );
  return found
    .flat()
    .map(({ event }) => event)
    .sort((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime())
    .slice(0, last);
}

function sideOf(plan: Plan, nameOf: (id: string) => string): Side {
  return {
    destinations: plan.destinations.map(nameOf),
    rules: plan.matched.map(({ name }) => name),
    unrouted: plan.unrouted,
    ...(plan.policy ? { policy: plan.policy } : {}),
  };
}

const isMoved = (one: Side, other: Side) =>
  one.policy?.id !== other.policy?.id ||
  one.policy?.version !== other.policy?.version ||
  one.unrouted !== other.unrouted ||
  [...one.destinations].sort().join("\n") !== [...other.destinations].sort().join("\n");

/** Which rule before the edited one takes most of the events that end before they reach it. */
function shadowOf({ draft, rule }: ComparisonAsk, events: readonly ComparedEvent[]) {
  const { rules } = draft.rules.ruleSet;
  const place = rules.findIndex(({ name }) => name === rule);
  if (place < 0) return undefined;
  const before = new Map(rules.slice(0, place).map((one) => [one.name, one]));
  const counts = new Map<string, number>();
  for (const { would } of events) {
    const last = would.rules.at(-1) ?? "";
    const ends = before.get(last);
    if (ends && !ends.continue) counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most && { rule: most[0], events: most[1] };
}
