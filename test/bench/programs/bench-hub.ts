import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Destination } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { keepKey } from "../../../core/hub/callers.ts";
import { createHub, type Hub } from "../../../core/hub.ts";
import { createLog, type EntryLog } from "../../../core/log.ts";
import { createMetrics } from "../../../core/metrics.ts";
import type { Store } from "../../../core/ports/store.ts";
import { createRandom } from "../../../core/random.ts";
import { createVault } from "../../../core/secrets.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { createLoadLimits } from "../../../core/web/load-limits.ts";
import { createWebServer } from "../../../core/web/server.ts";
import { noSetup } from "../../fixtures/rig/no-setup.ts";

const organization = deriveId("organization", "default");
const clock = { now: () => new Date() };
const workspace = "T1";

/** What a bench's hub knows besides one producer. */
export interface Seed {
  readonly destinations: readonly string[];
  readonly rules: readonly Rule[];
}

/** A hub with its log. */
interface BenchHub {
  readonly hub: Hub;
  readonly log: EntryLog;
}

/**
 * Put together the hub and its web server as `countersign serve` does, over a database file, with two differences: one
 * key may ask without end, and log lines are written but go nowhere.
 */
export function createBenchHub(folder: string, commitMs?: number): BenchHub {
  const thread = writerThread(commitMs);
  return createHubOver(openSqliteStore({ path: join(folder, "hub.db"), clock, thread }));
}

/** The same over any store. */
export function createHubOver(opened: Store): BenchHub {
  const log = createLog({ format: "json", level: "info", write: () => {} });
  const metrics = createMetrics(() => performance.now());
  metrics.follow(log);
  const hub = createHub({
    organization,
    store: metrics.timeStore(opened),
    vault: createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) }),
    clock,
    wallClock: clock,
    random: createRandom(),
    log,
    links: { hubUrl: "http://localhost:3000" },
    callback: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  });
  return { hub, log };
}

/** The thread that writes; where `commitMs` is given, on a disk whose every commit takes so much longer. */
function writerThread(commitMs: number | undefined): URL {
  if (commitMs === undefined) {
    return new URL("../../../core/stores/sqlite/writer-thread.js", import.meta.url);
  }
  process.env["COMMIT_MS"] = String(commitMs);
  return new URL("./slow-writer-thread.js", import.meta.url);
}

/** Store a producer with its key, destinations in a connected workspace, and rules; answers the key. */
export async function seedHub({ store }: Hub, { destinations, rules }: Seed): Promise<string> {
  const key = `cs_${createRandom().token()}`;
  const id = deriveId("producer", "bench");
  const record = { organization, revision: 1 };
  const secrets = { callbackHosts: [], callbackSecret: "", mayNamePolicies: true };
  await store.producers.insert({ ...record, id, name: "bench", ...secrets });
  const owner = { kind: "producer", producer: id } as const;
  await keepKey(store, key, { organization, name: "bench", owner, scopes: ["events"] });
  await Promise.all(destinations.map((name) => store.destinations.insert(channelOf(name))));
  const saved = { version: 1, author: "bench", savedAt: new Date(), rules };
  await store.installations.insert({
    ...{ ...record, id: deriveId("installation", organization, "slack", workspace), workspace },
    ...{ name: "Bench", platform: "slack", state: "connected", scopes: [], sealed: "-" },
  });
  await store.ruleSets.insert({ ...record, id: `${organization} 1`, ...saved });
  return key;
}

/** A Slack channel of this name. */
export function channelOf(name: string): Destination {
  const id = deriveId("destination", name);
  const place = { kind: "slack", slackTeamId: workspace, channelId: name } as const;
  return { id, organization, revision: 1, name, ...place };
}

/** Serve the hub on a port of its own; answers where events are posted. */
export async function serveHub(hub: Hub, log: EntryLog): Promise<string> {
  const app = createWebServer({
    hub,
    log,
    feed: log,
    limits: createLoadLimits({
      allowance: { perSecond: 1e9, burst: 1e9 },
      nowMs: () => performance.now(),
      freeBytes: async () => undefined,
    }),
    rotateKeys: async () => ({ kind: "unreadable", places: [] }),
    metrics: { scrape: async () => ({ contentType: "text/plain", text: "" }) },
    instance: { sandbox: false },
    setup: noSetup,
    sessionSecret: "s".repeat(32),
    mounts: [],
    extensions: [],
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
}
