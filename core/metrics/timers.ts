import { Histogram, type Registry } from "prom-client";
import { type CollectionName, collections } from "../ports/collections.ts";
import type { Inbox } from "../ports/inbox.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";

/** Seconds, from one commit on a fast disk to the patience of a click and beyond. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 10];

/** Wrap what is measured by being called. */
export function createTimers(registry: Registry, nowMs: () => number) {
  const clicks = new Histogram({
    name: "countersign_click_seconds",
    help: "From a verified click to its answer; a vote is on disk by then",
    labelNames: ["platform", "answer"] as const,
    buckets,
    registers: [registry],
  });
  const writes = new Histogram({
    name: "countersign_store_write_seconds",
    help: "From asking the store for a write to its commit",
    labelNames: ["step", "result"] as const,
    buckets,
    registers: [registry],
  });
  const since = (begun: number) => (nowMs() - begun) / 1_000;
  /** It is given the promise and not the step: what is being stored need not be held until it is. */
  const timed = async <Value>(
    step: "insert" | "replace" | "remove",
    begun: number,
    written: Promise<Value>,
  ): Promise<Value> => {
    let result = "failed";
    try {
      const value = await written;
      result = "stored";
      return value;
    } finally {
      writes.observe({ step, result }, since(begun));
    }
  };
  const timeRecords = <Value extends Stored, Index extends string>(
    records: Records<Value, Index>,
  ): Records<Value, Index> => ({
    get: (id) => records.get(id),
    scan: (index, scan) => records.scan(index, scan),
    cursorOf: (index, record) => records.cursorOf(index, record),
    insert: (record) => timed("insert", nowMs(), records.insert(record)),
    replace: (record, readRevision) =>
      timed("replace", nowMs(), records.replace(record, readRevision)),
    remove: (id) => timed("remove", nowMs(), records.remove(id)),
  });

  return {
    timeStore: (store: Store): Store => {
      const { takeIn } = store;
      const names = Object.keys(collections) as CollectionName[];
      const timedRecords = names.map((name) => [
        name,
        timeRecords(store[name] as Records<Stored, string>),
      ]);
      return {
        ...(Object.fromEntries(timedRecords) as Omit<
          Store,
          "lanes" | "takeIn" | "probe" | "close"
        >),
        lanes: store.lanes,
        ...(takeIn ? { takeIn: (taken) => timed("insert", nowMs(), takeIn(taken)) } : {}),
        probe: () => store.probe(),
        close: () => store.close(),
      } satisfies Store;
    },
    timeInbox: (inbox: Inbox): Inbox => ({
      ...inbox,
      click: async (click) => {
        const begun = nowMs();
        const answer = await inbox.click(click);
        clicks.observe({ platform: click.platform, answer: answer.kind }, since(begun));
        return answer;
      },
    }),
  };
}
