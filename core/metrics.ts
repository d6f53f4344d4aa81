import { collectDefaultMetrics, Registry } from "prom-client";
import type { OrganizationId } from "./domain/ids.ts";
import { createLogMeters } from "./metrics/log-meters.ts";
import { createStoreGauges } from "./metrics/store-gauges.ts";
import { createTimers } from "./metrics/timers.ts";
import type { Clock } from "./ports/clock.ts";
import type { Inbox } from "./ports/inbox.ts";
import type { Feed } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";

/** What Prometheus reads at `/metrics`. */
export interface Scrape {
  readonly contentType: string;
  readonly text: string;
}

/** The figures of one process. No label holds an id, a name that a producer chose, or anything secret. */
export interface Metrics {
  /** The same store, with the time of each write measured. */
  timeStore(store: Store): Store;
  /** The same inbox, with the time from a click to its stored answer measured. */
  timeInbox(inbox: Inbox): Inbox;
  /** Count what the log tells from now on. Answers how to stop. */
  follow(feed: Feed): () => void;
  /** Look into this store at each scrape. */
  watch(watched: {
    readonly store: Store;
    readonly organization: OrganizationId;
    readonly clock: Clock;
  }): void;
  scrape(): Promise<Scrape>;
}

/** Make the figures of this process. `nowMs` only goes forward; it is not the hub's clock, which the sandbox moves. */
export function createMetrics(nowMs: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const timers = createTimers(registry, nowMs);
  const meters = createLogMeters(registry, nowMs);
  return {
    ...timers,
    follow: (feed) => feed.subscribe(meters.count),
    watch: ({ store, organization, clock }) => {
      createStoreGauges(registry, { store, organization, clock, nowMs });
    },
    scrape: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
