import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Producer } from "../../../core/domain/producer.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { createRuleTrials } from "../../../core/hub/rule-trials.ts";
import { createPlanningCache } from "../../../core/ingest/planning-table.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";

/** Fills a database with events of many kinds, and plans all of them again under a draft. */
export interface BacktestSpec {
  readonly database: string;
  readonly events: number;
  readonly rules: number;
  readonly rounds: number;
}

export interface BacktestTimes {
  readonly events: number;
  readonly moved: number;
  /** Milliseconds of each round. */
  readonly rounds: readonly number[];
}

const organization = deriveId("organization", "default");
const producer: Producer = {
  id: deriveId("producer", "bench"),
  organization,
  revision: 1,
  name: "bench",
  callbackHosts: [],
  callbackSecret: "",
  mayNamePolicies: false,
};
const inOneCommit = 1_000;
const places = Array.from({ length: 20 }, (_, at) => `#place-${at}`);

function accepted(number: number): AcceptedEvent {
  const externalId = `event-${number}`;
  const id = deriveId("event", "bench", externalId);
  const receivedAt = new Date(Date.now() - number * 1_000);
  const place = deriveId("destination", places[number % places.length] as string);
  return {
    ...{ id, organization, revision: 1, known: false, state: "expanded" },
    event: {
      ...{ id, organization, producer: producer.id, externalId, source: "bench" },
      type: `service-${number % 50}.event`,
      subject: `run/${number}`,
      level: "info",
      extensions: {},
      data: {
        environment: number % 3 === 0 ? "production" : "staging",
        region: `eu-${number % 9}`,
        amount: number % 1_000,
        log: `step ${number} finished; `.repeat(30),
      },
      ...{ occurredAt: receivedAt, receivedAt, contentHash: id },
    },
    plan: {
      ruleSetVersion: 1,
      matched: [{ rule: 1, name: "rule 0", destinations: [place] }],
      ...{ destinations: [place], unrouted: false },
    },
  };
}

const draftOf = (count: number): readonly Rule[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `rule ${at}`,
    types: [`service-${at % 50}.*`],
    pattern: {
      data: {
        environment: [at % 2 === 0 ? "production" : "staging"],
        region: [`eu-${at % 9}`],
        amount: [{ numeric: [">=", at % 500] }],
      },
    },
    to: [places[at % places.length] as string],
    continue: at % 4 === 0,
  }));

async function measure({ database, events, rules, rounds }: BacktestSpec): Promise<BacktestTimes> {
  const clock = { now: () => new Date() };
  const store = openSqliteStore({ path: database, clock });
  await store.producers.insert(producer);
  for (const name of places) {
    const id = deriveId("destination", name);
    const channel = { kind: "slack", slackTeamId: "T1", channelId: name } as const;
    await store.destinations.insert({ id, organization, revision: 1, name, ...channel });
  }
  for (let first = 0; first < events; first += inOneCommit) {
    const numbers = Array.from({ length: inOneCommit }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => store.events.insert(accepted(number))));
  }
  const planning = createPlanningCache(store, organization);
  const trials = createRuleTrials({ organization, store, clock, planning });
  const times: number[] = [];
  let moved = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const tried = await trials.backtest({ rules: draftOf(rules), fallback: "#place-0" }, events);
    times.push(performance.now() - began);
    if (tried.kind === "invalid" || tried.events !== events) {
      throw new Error(`The backtest saw something else: ${JSON.stringify(tried).slice(0, 300)}`);
    }
    moved = tried.moved;
  }
  await store.close();
  return { events, moved, rounds: times };
}

const measured = await measure(JSON.parse(process.argv[2] ?? "{}") as BacktestSpec);
process.stdout.write(`${JSON.stringify(measured)}\n`);
