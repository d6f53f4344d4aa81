import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PendingDelivery } from "../../../../core/domain/delivery.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Records, Store } from "../../../../core/ports/store.ts";
import type { Stored } from "../../../../core/ports/stored.ts";
import { openSqliteStore } from "../../../../core/stores/sqlite/store.ts";
import { mostRead, readBounded, readPageAsked } from "../../../../core/web/lists/bounded-page.ts";
import { opaque } from "../../../../core/web/lists/cursor.ts";
import { handClock } from "../../../contracts/hand-clock.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";

const start = new Date("2026-11-20T14:00:00Z");

const delivery = (number: number): PendingDelivery => ({
  ...{ id: deriveId("delivery", number), organization, revision: 1, lane: "lane:one", priority: 1 },
  ...{ task: { kind: "callback" }, event: deriveId("event", number), label: `place ${number}` },
  ...{ platform: "callback", attempts: 0, state: "pending", dueAt: start },
  createdAt: new Date(start.getTime() + number * 1_000),
});

/** The same records, with a count of how many scans have read. */
function counting<Value extends Stored, Index extends string>(records: Records<Value, Index>) {
  let read = 0;
  const watched: typeof records = {
    ...records,
    scan: async (index, scan) => {
      const found = await records.scan(index, scan);
      read += found.length;
      return found;
    },
  };
  return { watched, read: () => read };
}

describe("readBounded", () => {
  let store: Store;
  beforeEach(async () => {
    store = openSqliteStore({ path: ":memory:", clock: handClock() });
    await Promise.all(Array.from({ length: 60 }, (_, at) => store.deliveries.insert(delivery(at))));
  });
  afterEach(() => store.close());

  const read = (asked: Readonly<Record<string, string>>, over = {}) =>
    readBounded(store.deliveries, "byTime", readPageAsked(asked), {
      ...{ prefix: [organization], limit: 10, wanted: () => true },
      ...over,
    });
  const labels = ({ items }: { readonly items: readonly { readonly label: string }[] }) =>
    items.map(({ label }) => Number(label.slice(6)));

  it("leads page by page to the end and back again, and to nothing twice", async () => {
    const seen: number[] = [];
    let page = await read({});
    expect(page.newer).toBeUndefined();
    for (;;) {
      seen.push(...labels(page));
      if (page.older === undefined) break;
      page = await read({ after: page.older });
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => 59 - at));
    const back = await read({ before: page.newer ?? "" });
    expect(labels(back)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
    const first = await read({ before: (await read({ before: back.newer ?? "" })).newer ?? "" });
    expect(labels(first)[0]).toBe(39);
  });

  it("goes back no further than the time that is asked for", async () => {
    const since = new Date(start.getTime() + 57_000);
    expect(labels(await read({}, { since }))).toEqual([59, 58, 57]);
  });

  it("finds what a filter lets through across looks", async () => {
    const wanted = ({ label }: PendingDelivery) => Number(label.slice(6)) % 20 === 0;
    const page = await read({}, { wanted });
    expect(labels(page)).toEqual([40, 20, 0]);
    expect([page.older, page.stoppedAt]).toEqual([undefined, undefined]);
  });

  it("reads a bounded number of records, says where it stopped, and goes on from there", async () => {
    const many = Array.from({ length: mostRead + 500 }, (_, at) => delivery(100 + at));
    await Promise.all(many.map((one) => store.deliveries.insert(one)));
    const { watched, read: count } = counting(store.deliveries);
    const wanted = ({ label }: { readonly label: string }) => label === "place 5";
    const look = { prefix: [organization], limit: 10, wanted } as const;
    const page = await readBounded(watched, "byTime", {}, look);
    expect(count()).toBeLessThanOrEqual(mostRead + 50);
    expect([page.items.length, page.stoppedAt?.label]).toEqual([0, "place 600"]);
    const next = await readBounded(watched, "byTime", readPageAsked({ after: page.older }), look);
    expect(next.items.map(({ label }) => label)).toEqual(["place 5"]);
  });

  it("takes any text for a cursor, and shows nothing of another organization", async () => {
    const foreign = { ...delivery(500), organization: deriveId("organization", "other") };
    await store.deliveries.insert(foreign);
    for (const after of ["", "x", opaque("\u0001\uffff")]) {
      expect(labels(await read({ after }))).not.toContain(500);
      expect(labels(await read({ before: after }))).not.toContain(500);
    }
  });
});
