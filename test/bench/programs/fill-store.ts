import { statSync } from "node:fs";
import { pending } from "../../../core/deliveries/enqueue.ts";
import { channelLane, postId } from "../../../core/deliveries/keys.ts";
import type { Destination } from "../../../core/domain/destination.ts";
import type { AcceptedEvent, Event } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";

/** Fills a database with events whose deliveries to one channel wait, as a long outage of that channel leaves them. */
export interface FillSpec {
  readonly database: string;
  /** Name of the channel. */
  readonly to: string;
  readonly count: number;
}

export interface Filled {
  /** Bytes of the events as their producer posted them. */
  readonly posted: number;
  /** Bytes of the database on disk. */
  readonly stored: number;
}

const inOneCommit = 1_000;

/** Store so many waiting deliveries of this channel, with their events; answers the bytes of the posted events. */
export async function fillLane(store: Store, to: Destination, count: number): Promise<number> {
  let posted = 0;
  for (let first = 0; first < count; first += inOneCommit) {
    const numbers = Array.from(
      { length: Math.min(inOneCommit, count - first) },
      (_, index) => first + index,
    );
    await Promise.all(
      numbers.flatMap((number) => {
        const accepted = acceptedEvent(to, number);
        const { externalId: id, type, data } = accepted.event;
        posted += Buffer.byteLength(JSON.stringify({ id, type, data }));
        return [store.events.insert(accepted), store.deliveries.insert(post(to, accepted))];
      }),
    );
  }
  await store.lanes.wake(channelLane(to), new Date());
  return posted;
}

const post = (to: Destination, { id, organization, event }: AcceptedEvent) =>
  pending({
    id: postId(event, to.id),
    organization,
    lane: channelLane(to),
    task: { kind: "post", destination: to.id },
    priority: 1,
    event: id,
    label: to.name,
    platform: to.kind,
    createdAt: event.receivedAt,
  });

function acceptedEvent({ id: destination, organization }: Destination, number: number) {
  const externalId = `pending-${number}`;
  const id = deriveId("event", "bench", externalId);
  const receivedAt = new Date();
  const event: Event = {
    id,
    organization,
    producer: deriveId("producer", "bench"),
    externalId,
    type: "backup.done",
    source: "bench",
    level: "info",
    extensions: {},
    data: { size: "12.4 GB", took: "41 s", log: `step ${number} finished; `.repeat(40) },
    occurredAt: receivedAt,
    receivedAt,
    contentHash: id,
  };
  const matched = [{ rule: 1, name: "Everything", destinations: [destination] }];
  const plan = { ruleSetVersion: 1, matched, destinations: [destination], unrouted: false };
  return { id, organization, revision: 1, event, plan, known: false, state: "expanded" } as const;
}

async function fill({ database, to, count }: FillSpec): Promise<Filled> {
  const store = openSqliteStore({ path: database, clock: { now: () => new Date() } });
  const organization = deriveId("organization", "default");
  const found = await store.destinations.scan("byName", { prefix: [organization], limit: 1_000 });
  const destination = found.find(({ name }) => name === to);
  if (!destination) throw new Error(`There is no channel ${to}.`);
  const posted = await fillLane(store, destination, count);
  await store.close();
  return { posted, stored: statSync(database).size };
}

if (process.argv[1]?.endsWith("fill-store.js")) {
  const filled = await fill(JSON.parse(process.argv[2] ?? "{}") as FillSpec);
  process.stdout.write(`${JSON.stringify(filled)}\n`);
}
