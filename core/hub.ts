import { announce, announceLeft } from "./approvals/announce.ts";
import { createChanges } from "./approvals/changes.ts";
import { expireDue } from "./approvals/close.ts";
import { createInbox } from "./approvals/inbox.ts";
import { reconcile } from "./approvals/reconcile.ts";
import type { VotingDeps } from "./approvals/record-vote.ts";
import { type Audit, createAudit } from "./audit/audit.ts";
import { auditStore } from "./audit/audited-store.ts";
import { type HeldFor, releaseForgotten, releaseHeld } from "./deliveries/held.ts";
import { type Redelivered, redeliver } from "./deliveries/redeliver.ts";
import { type Hurried, sendNow } from "./deliveries/send-now.ts";
import { wakeLanes } from "./deliveries/wake-lanes.ts";
import type { Destination, DestinationKind } from "./domain/destination.ts";
import type { AcceptedEvent } from "./domain/event.ts";
import type { DeliveryId, OrganizationId } from "./domain/ids.ts";
import type { Producer } from "./domain/producer.ts";
import type { RaisedEvent } from "./domain/raised-event.ts";
import { type ApiKeys, createApiKeys } from "./hub/api-keys.ts";
import { type Approvals, createApprovals } from "./hub/approvals.ts";
import { auditHand, auditInbox } from "./hub/audited-steps.ts";
import { createBackground } from "./hub/background.ts";
import { type Callers, rememberCallers } from "./hub/callers.ts";
import { createEventTypes, type EventTypes } from "./hub/event-types.ts";
import { createHousekeeping } from "./hub/housekeeping.ts";
import type { HubDeps } from "./hub/hub-deps.ts";
import { createOperations, type Operations, toOperations } from "./hub/operations.ts";
import { createOutgoing, type KnownAdapters, type OutgoingHooks } from "./hub/outgoing.ts";
import { createPeople, type People } from "./hub/people.ts";
import { createChannelPicking } from "./hub/pick-channel.ts";
import { createPlaces, type Places } from "./hub/places.ts";
import { createPolicies, type Policies } from "./hub/policies.ts";
import { createProducers, type Producers } from "./hub/producers.ts";
import { createRuleTrials, type RuleTrials } from "./hub/rule-trials.ts";
import { createRules, type Rules } from "./hub/rules.ts";
import { createSecretEnds, type SecretEnds } from "./hub/secret-ends.ts";
import { createSignInLinks, type SignInLinks } from "./hub/sign-in-links.ts";
import { createDraftSweep } from "./hub/try-draft.ts";
import { type ExpandingDeps, expandEvent, expandLeft } from "./ingest/expand.ts";
import { type IngestDeps, type Ingested, ingest } from "./ingest/ingest.ts";
import { createOpenRequests } from "./ingest/open-requests.ts";
import { createPlanningCache } from "./ingest/planning-table.ts";
import { type RaisingDeps, raiseEvent, raiseWanted } from "./ingest/raise.ts";
import type { Posted } from "./ingest/read-events.ts";
import { createSubjectTurns } from "./ingest/subject-turns.ts";
import type { CardLinks } from "./messages/approval-card.ts";
import type { DestinationAdapter } from "./ports/chat-platform.ts";
import type { Clock } from "./ports/clock.ts";
import type { Inbox } from "./ports/inbox.ts";
import type { Store } from "./ports/store.ts";

/** The use cases of one hub: what the web, the command line and tests talk to. */
export interface Hub extends Omit<Places, "lost" | "arrived" | "beginWatching"> {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly links: CardLinks;
  readonly inbox: Inbox;
  readonly rules: Rules;
  readonly ruleTrials: RuleTrials;
  readonly eventTypes: EventTypes;
  readonly policies: Policies;
  readonly signInLinks: SignInLinks;
  readonly secretEnds: SecretEnds;
  readonly approvals: Approvals;
  readonly people: People;
  /** What people and keys changed. What is written through `store` is told there by itself. */
  readonly audit: Audit;
  readonly operations: Operations;
  readonly callers: Callers;
  readonly producers: Producers;
  readonly apiKeys: ApiKeys;
  /** Read and take the events of one request of a producer. */
  receive(producer: Producer, posted: Posted): Promise<Received>;
  /** Put a dead delivery back into its lane; undefined when there is none of this id. */
  redeliver(id: DeliveryId): Promise<Redelivered | undefined>;
  /** Let a delivery that waits for its next try be tried now; undefined when there is none of this id. */
  sendNow(id: DeliveryId): Promise<Hurried | undefined>;
  /** Let go on what was held for a workspace or a channel; answers how many deliveries. */
  releaseHeld(held: HeldFor): Promise<number>;
  /** Forget what planning has read: names or policies were saved. */
  forgetPlanning(): void;
  /** Name the code that speaks to a kind of destination. Until then its deliveries wait. */
  connect(adapter: DestinationAdapter): void;
  /** The code of a kind is being loaded: until this settles, what goes there waits, and is no failure. */
  expect(kind: DestinationKind, loaded: Promise<unknown>): void;
  /** The code of a kind is gone, because its settings are. */
  disconnect(kind: DestinationKind): void;
  /** Finish what a crash left, and watch deadlines. Deliveries wait for `deliver`. */
  start(): Promise<void>;
  /** Bring out deliveries. Called once, when the code of every configured platform is named, expected or has failed. */
  deliver(): void;
  /** Look now: the clock was moved. */
  lookAtClock(): Promise<void>;
  /** Begin no more deliveries. Resolves when what is on its way has its result. */
  stopSending(): Promise<void>;
  /** Stop; answers how many deliveries wait for the next start. */
  stop(): Promise<number>;
}

export type Received =
  | (Extract<Ingested, { readonly kind: "accepted" }> & {
      /** Names destinations for the receipts; one that is gone by its id. */
      readonly nameOf: (destination: string) => string;
    })
  | Extract<Ingested, { readonly kind: "refused" }>;

/** How often deadlines are looked at, and what other processes left. FEATURES D9 allows five seconds. */
const tickMs = 1_000;
/** How often what nobody needs any more is removed. */
const tidyMs = 10_000;

/** How often what is held for nothing is let go, and drafts are removed: a step that failed left them, so it is rare. */
const heldMs = 60_000;

/** How often the head of the audit log is written into the hub's own log (FEATURES H5). */
const headMs = 3_600_000;

/** An event that was not expanded in this time was forgotten by a step that failed. */
const expandingMs = 5_000;

/** Goes only forward, whatever becomes of the hub's clock. */
const nowMs = () => performance.now();

/** Build the hub from what it needs from outside. */
export function createHub(given: HubDeps): Hub {
  const { audit, callers, store } = openRecords(given);
  const deps = { ...given, store };
  const { organization, clock, log, links } = deps;
  const adapters = adaptersOf(given);
  const planning = createPlanningCache(store, organization);
  const changes = createChanges();
  const background = createBackground(log);

  const expandInTurn = createSubjectTurns(async (accepted: AcceptedEvent) => {
    if (!background.isStopped()) await expandEvent(expanding, accepted);
  });
  const stored = (accepted: AcceptedEvent) =>
    background.runToEnd("expand", () => expandInTurn(accepted).then(() => worker.poke()));
  const operations = createOperations(deps);
  const { raise, telling } = voices({ ...deps, planning: planning.current, stored }, operations);
  const hooks: OutgoingHooks = { raise, arrived: (...told) => arrived(...told) };
  const worker = createOutgoing({ ...deps, placeTrouble: (found) => lost(found) }, adapters, hooks);
  const release = (held: HeldFor) => releaseHeld(deps, held).finally(worker.poke);
  const people = createPeople(deps, raise);
  const voting: VotingDeps = {
    store,
    clock,
    log,
    changed: (approval) => {
      changes.announce(approval);
      background.run("announce", () => announce(telling, approval, worker.poke));
    },
  };
  const expanding: ExpandingDeps = { ...telling, ...voting, stuck: new Map() };
  const ingestDeps = ingestDepsOf(deps, planning.current, { stored, enqueued: worker.poke });
  const rules = createRules({ organization, store, clock, planning });
  const { beginWatching, lost, arrived, ...places } = createPlaces(deps, {
    ...{ audit, rules, raise, background, release, forgetPlanning: planning.forget },
  });
  const look = () => finishLeft(expanding).then(worker.poke);

  return {
    ...{ organization, store, clock, links, people, callers, rules, audit, operations },
    wallClock: deps.wallClock,
    inbox: auditInbox(openInbox({ ...deps, ...voting, ...people, ...places }), audit, store),
    ...identities(deps),
    ruleTrials: createRuleTrials({ organization, store, clock, planning }),
    ...catalogues({ ...deps, planning }),
    ...places,
    signInLinks: createSignInLinks({ ...deps, clock: deps.wallClock }),
    secretEnds: createSecretEnds({ ...deps, clock: deps.wallClock, raise }),
    approvals: createApprovals(voting, changes),
    receive: (producer, posted) => receive(ingestDeps, producer, posted),
    ...handsOn(deps, audit, worker.poke),
    releaseHeld: release,
    forgetPlanning: planning.forget,
    ...adapterDesk(adapters, worker.poke),
    start: async () => {
      await takeUp({ ...deps, ...expanding });
      await look();
      beginWatching(tickMs);
      beginRounds({ ...deps, audit }, background, look, worker.poke);
    },
    deliver: worker.start,
    lookAtClock: look,
    stopSending: worker.stop,
    stop: async () => {
      // What goes on behind may take longer than a stop is given, and a send that is begun meanwhile would be cut off.
      await Promise.all([background.stop(), worker.stop()]);
      return leave(store, audit);
    },
  };
}

/** Where people act who come by a chat: they vote, and choose channels. */
function openInbox(
  deps: Parameters<typeof createInbox>[0] &
    Omit<Parameters<typeof createChannelPicking>[0], "greet">,
): Inbox {
  const votes = createInbox(deps);
  return { ...votes, ...createChannelPicking({ ...deps, greet: votes.greet }) };
}

/** Who posts events, and with which keys. */
const identities = (deps: HubDeps): Pick<Hub, "producers" | "apiKeys"> => ({
  producers: createProducers(deps),
  apiKeys: createApiKeys(deps),
});

/** What rules and events name, besides places. */
const catalogues = (
  deps: Parameters<typeof createEventTypes>[0] & Parameters<typeof createPolicies>[0],
): Pick<Hub, "eventTypes" | "policies"> => ({
  eventTypes: createEventTypes(deps),
  policies: createPolicies(deps),
});

/** What people do to single deliveries. */
const handsOn = (
  deps: HubDeps,
  audit: Audit,
  poke: () => void,
): Pick<Hub, "redeliver" | "sendNow"> => ({
  redeliver: auditHand("redelivered", audit, (id) => redeliver(deps, id).finally(poke)),
  sendNow: auditHand("sent_now", audit, (id) => sendNow(deps, id).finally(poke)),
});

/** The store as the use cases write it, and who is told of it. */
function openRecords(given: HubDeps) {
  const audit = createAudit(given);
  const { callers, store } = rememberCallers(given.store, nowMs);
  return { audit, callers, store: auditStore(store, audit.record) };
}

/**
 * What the hub says of itself goes where rules send it, its troubles else to Operations. What it says of requests is
 * stored only where somebody wants it: `telling`.
 */
const voices = <Deps extends RaisingDeps>(deps: Deps, operations: Operations) => ({
  raise: async (raised: RaisedEvent) => raiseEvent(deps, await toOperations(operations, raised)),
  telling: {
    ...deps,
    raise: async (raised: RaisedEvent) => raiseWanted(deps, await toOperations(operations, raised)),
  },
});

/** What can send from the start: hooks need nobody's settings. */
const adaptersOf = ({ hooks = [] }: HubDeps): KnownAdapters => ({
  adapters: new Map(hooks.map((hook) => [hook.kind, hook as DestinationAdapter])),
  expected: new Map(),
});

const ingestDepsOf = (
  deps: HubDeps,
  planning: IngestDeps["planning"],
  told: Pick<IngestDeps, "stored" | "enqueued">,
): IngestDeps => ({
  ...deps,
  ...told,
  planning,
  openRequests: createOpenRequests(deps.store, deps.organization, { nowMs }),
});

/** Store what is still to be told, and count what waits for the next start. */
async function leave({ deliveries }: Store, audit: Audit): Promise<number> {
  await audit.settle();
  return (await deliveries.scan("byQueue", { limit: 10_000 })).length;
}

function adapterDesk(
  { adapters, expected }: KnownAdapters,
  poke: () => void,
): Pick<Hub, "connect" | "disconnect" | "expect"> {
  return {
    expect: (kind, loaded) => void expected.set(kind, loaded),
    connect: (adapter) => {
      adapters.set(adapter.kind, adapter);
      poke();
    },
    disconnect: (kind) => void adapters.delete(kind),
  };
}

/** What goes on behind everything while the hub runs. */
function beginRounds(
  deps: HubDeps & { readonly audit: Audit },
  background: ReturnType<typeof createBackground>,
  look: () => Promise<void>,
  poke: () => void,
): void {
  background.every(headMs, "audit head", deps.audit.logHead);
  background.every(tickMs, "audit", deps.audit.storeLeft);
  background.run("reconcile", () => reconcile(deps).then(poke));
  const letGo = () => releaseForgotten(deps).then(poke);
  background.run("held", letGo);
  background.every(heldMs, "held", letGo);
  const sweepDrafts = createDraftSweep(deps);
  background.run("drafts", sweepDrafts);
  background.every(heldMs, "drafts", sweepDrafts);
  background.every(tickMs, "clock", look);
  background.every(tidyMs, "housekeeping", createHousekeeping({ retentionDays: 30, ...deps }));
}

/** Take up what the process before this one had begun. */
async function takeUp(deps: ExpandingDeps): Promise<void> {
  await expandLeft(deps);
  await wakeLanes(deps.store, deps.clock.now());
}

/** Do what the time, a crash or a failed step left to do. */
async function finishLeft(deps: ExpandingDeps): Promise<void> {
  await expireDue(deps);
  await announceLeft(deps);
  await expandLeft(deps, new Date(deps.clock.now().getTime() - expandingMs));
}

async function receive(deps: IngestDeps, producer: Producer, posted: Posted): Promise<Received> {
  const taken = await ingest(deps, producer, posted);
  if (taken.kind === "refused") return taken;
  const { destinations } = await deps.planning();
  const names: ReadonlyMap<string, Destination> = destinations;
  return { nameOf: (id) => names.get(id)?.name ?? id, ...taken };
}
