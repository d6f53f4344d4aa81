import { createHash } from "node:crypto";
import type { AnnouncingDeps } from "../../../core/approvals/announce.ts";
import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { deriveId, formatId } from "../../../core/domain/ids.ts";
import type { Policy } from "../../../core/domain/policy.ts";
import type { Producer } from "../../../core/domain/producer.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { type IngestDeps, type Ingested, ingest } from "../../../core/ingest/ingest.ts";
import { createOpenRequests } from "../../../core/ingest/open-requests.ts";
import { createPlanningCache, ruleSetId } from "../../../core/ingest/planning-table.ts";
import { raiseWanted } from "../../../core/ingest/raise.ts";
import type { Receipt } from "../../../core/ingest/receipt.ts";
import type { Log, LogEntry } from "../../../core/ports/log.ts";
import type { Random } from "../../../core/ports/random.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { Vault } from "../../../core/ports/vault.ts";
import { createVault } from "../../../core/secrets.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { type HandClock, handClock } from "../../contracts/hand-clock.ts";
import {
  ann,
  ben,
  chloe,
  organization,
  policy,
  producer,
  slackChannel,
  start,
  teamsChannel,
} from "../domain/samples.ts";

export const links = { hubUrl: "https://hub.example" };

/** Ids and tokens that count up, so that every run makes the same ones. */
function countingRandom(): Random {
  let made = 0;
  const next = () => {
    made += 1;
    return createHash("sha256").update(`made ${made}`).digest();
  };
  return {
    id: (kind) => formatId(kind, next()),
    token: () => next().toString("base64url"),
    fraction: () => 0.5,
  };
}

/** A receipt with the whole event. */
export type StoredReceipt = Receipt & { readonly accepted: AcceptedEvent };

/** What became of a request. */
export type Posting =
  | { readonly kind: "accepted"; readonly receipts: readonly StoredReceipt[] }
  | Extract<Ingested, { readonly kind: "refused" }>;

/** A hub's parts over a store in memory, a hand-wound clock, two channels, three people, one producer. */
export interface World {
  readonly organization: typeof organization;
  readonly store: Store;
  readonly clock: HandClock;
  readonly vault: Vault;
  readonly random: Random;
  readonly log: Log;
  readonly links: typeof links;
  readonly entries: LogEntry[];
  /** Nobody waits to be told of a change. */
  readonly changed: () => void;
  /** What the hub tells of requests is stored where a rule names it. */
  readonly raise: AnnouncingDeps["raise"];
  /** Every event that was stored, in order. */
  readonly storedEvents: AcceptedEvent[];
  readonly ingestDeps: IngestDeps;
  /** Post a body as a producer's request; receipts come with the events as they are stored. */
  post(content: unknown, as?: Producer): Promise<Posting>;
  /** Put other rules and policies in place. */
  route(rules: readonly Partial<Rule>[], fallback?: string): Promise<void>;
  keepPolicy(policy: Policy): Promise<void>;
  close(): Promise<void>;
}

/**
 * Make a world; deploys go to both channels under the policy `production`. With `oneByOne` its store takes one record
 * at a time, as MongoDB does.
 */
export async function openWorld({ oneByOne = false } = {}): Promise<World> {
  const clock = handClock();
  const { takeIn, ...rest } = openSqliteStore({ path: ":memory:", clock });
  const store: Store = takeIn && !oneByOne ? { ...rest, takeIn } : rest;
  const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
  const random = countingRandom();
  const entries: LogEntry[] = [];
  const log = { write: (entry: LogEntry) => void entries.push(entry) };
  const planning = createPlanningCache(store, organization);
  const storedEvents: AcceptedEvent[] = [];
  const shared = { organization, store, clock, vault, random, log, links };
  const ingestDeps: IngestDeps = {
    ...shared,
    planning: planning.current,
    openRequests: createOpenRequests(store, organization, {
      nowMs: () => clock.now().getTime(),
    }),
    stored: async (accepted) => void storedEvents.push(accepted),
    enqueued: () => {},
  };
  let version = 0;
  const world: World = {
    ...shared,
    changed: () => {},
    raise: (raised) => raiseWanted(ingestDeps, raised),
    entries,
    storedEvents,
    ingestDeps,
    post: async (content, as = producer) => {
      const contentType = "application/json";
      const body = JSON.stringify(content);
      const taken = await ingest(ingestDeps, as, { body, contentType, headers: {} });
      if (taken.kind === "refused") return taken;
      const receipts = taken.receipts.map(async (receipt) => {
        const accepted = await store.events.get(receipt.accepted.id);
        if (!accepted) throw new Error(`${receipt.accepted.id} was not stored`);
        return { ...receipt, accepted };
      });
      return { ...taken, receipts: await Promise.all(receipts) };
    },
    route: async (rules, fallback) => {
      version += 1;
      const whole = rules.map((rule, index) => ({
        ...{ name: `rule ${index + 1}`, types: ["*"], to: [], continue: false },
        ...rule,
      }));
      await store.ruleSets.insert({
        ...{
          id: ruleSetId(organization, version),
          organization,
          revision: 1,
          version,
          author: "Ann",
        },
        ...{ rules: whole, savedAt: start },
        ...(fallback === undefined ? {} : { fallback }),
      });
      planning.forget();
    },
    keepPolicy: async (kept) => {
      await store.policies.insert({ id: kept.id, organization, revision: 1, policy: kept });
      planning.forget();
    },
    close: () => store.close(),
  };
  await Promise.all([
    ...[ann, ben, chloe].map((person) => store.people.insert(person)),
    ...[slackChannel, teamsChannel].map((channel) => store.destinations.insert(channel)),
    store.producers.insert(producer),
    world.keepPolicy(policy),
    world.route([
      {
        name: "Deploys",
        types: ["deploy.*"],
        to: ["#releases", "Ops › General"],
        policy: "production",
      },
    ]),
  ]);
  return world;
}

/** A producer of its own for the same world. */
export const otherProducer: Producer = {
  ...producer,
  id: deriveId("producer", "other"),
  name: "other",
  callback: "https://other.example/hooks",
  callbackHosts: [],
};
