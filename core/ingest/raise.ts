import type { AcceptedEvent, Event, Plan } from "../domain/event.ts";
import { type DestinationId, deriveId, type EventId, type OrganizationId } from "../domain/ids.ts";
import type { Producer } from "../domain/producer.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import { namesType } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";
import { planEvent } from "../routing/plan.ts";

export interface RaisingDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly planning: () => Promise<PlanningTable>;
  readonly stored: (accepted: AcceptedEvent) => void;
}

/** The producer of the hub's own events. */
function hubProducer(organization: OrganizationId): Producer {
  return {
    id: deriveId("producer", organization, "countersign"),
    organization,
    revision: 1,
    name: "countersign",
    callbackHosts: [],
    callbackSecret: "",
    mayNamePolicies: false,
  };
}

/**
 * Store an event of the hub's own, once for each occasion, however often it is raised. From there it is an event like
 * all others: rules that name its type take it, and it stands in the list. Answers its id.
 */
export async function raiseEvent(deps: RaisingDeps, raised: RaisedEvent): Promise<EventId> {
  const { organization, store, clock } = deps;
  const { type, occasion, subject, level, data } = raised;
  const producer = hubProducer(organization);
  const id = deriveId("event", producer.id, type, occasion);
  if (await store.events.get(id)) return id;
  await store.producers.insert(producer);
  const now = clock.now();
  const event: Event = {
    id,
    organization,
    producer: producer.id,
    externalId: occasion,
    type,
    source: producer.name,
    ...(subject === undefined ? {} : { subject }),
    level,
    extensions: {},
    data,
    occurredAt: now,
    receivedAt: now,
  };
  const plan = planFor(raised, planEvent(event, producer, await deps.planning()));
  const accepted: AcceptedEvent = {
    id,
    organization,
    revision: 1,
    event,
    plan,
    known: true,
    state: "accepted",
  };
  if ((await store.events.insert(accepted)) === "present") return id;
  deps.log.write({
    kind: "event.received",
    event: id,
    producer: producer.name,
    type,
    ...(subject === undefined ? {} : { subject }),
    known: true,
    duplicate: false,
    rules: plan.matched.map(({ name }) => name),
    destinations: plan.destinations.length,
    durationMs: 0,
  });
  deps.stored(accepted);
  return id;
}

/**
 * The same for what is only worth storing where somebody wants it: a rule of the current set names its type, or it has a
 * place of its own to go to. Answers undefined where it stored nothing.
 */
export async function raiseWanted(
  deps: RaisingDeps,
  raised: RaisedEvent,
): Promise<EventId | undefined> {
  const { rules } = await deps.planning();
  const hasPlace = raised.to !== undefined || raised.orTo !== undefined;
  return hasPlace || namesType(rules, raised.type) ? raiseEvent(deps, raised) : undefined;
}

function planFor({ to, notTo = [], orTo }: RaisedEvent, plan: Plan): Plan {
  if (to !== undefined) return { ...plan, matched: [], destinations: [to] };
  const without = (ids: readonly DestinationId[]) => ids.filter((id) => !notTo.includes(id));
  const matched = plan.matched.map((rule) => ({
    ...rule,
    destinations: without(rule.destinations),
  }));
  const destinations = without(plan.destinations);
  const last = orTo !== undefined && destinations.length === 0 ? [orTo] : [];
  return { ...plan, matched, destinations: [...destinations, ...last] };
}
