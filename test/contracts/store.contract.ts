import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { castVote } from "../../core/domain/cast-vote.ts";
import type { Delivery } from "../../core/domain/delivery.ts";
import type { EventType } from "../../core/domain/event-type.ts";
import { deriveId } from "../../core/domain/ids.ts";
import type { Scan, Store, TakenIn } from "../../core/ports/store.ts";
import type { KeyPart } from "../../core/ports/stored.ts";
import {
  acceptedOf,
  ann,
  approval,
  ben,
  event,
  later,
  organization,
  personOf,
  postOf,
  start,
  voteOf,
} from "../core/domain/samples.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import { describeLanes } from "./lanes.contract.ts";

type Taken = TakenIn["events"][number];

const writers = Array.from({ length: 64 }, (_, index) => index);
const count = (answers: readonly string[], wanted: string) =>
  answers.filter((answer) => answer === wanted).length;
const idsOf = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

/** What every engine must keep to. `open` gives an empty store that reads this clock. */
export function describeStore(name: string, open: (clock: HandClock) => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open(handClock());
    });
    afterEach(() => store.close());

    describe("records", () => {
      it("lets one of 64 writers insert a record, and keeps what that one wrote", async () => {
        const answers = await Promise.all(
          writers.map((writer) => store.people.insert({ ...ann, name: `Ann ${writer}` })),
        );
        expect(count(answers, "inserted")).toBe(1);
        expect(count(answers, "present")).toBe(63);
        expect((await store.people.get(ann.id))?.name).toBe(`Ann ${answers.indexOf("inserted")}`);
      });

      it("lets one of 64 writers replace the revision that all of them read", async () => {
        await store.people.insert(ann);
        const answers = await Promise.all(
          writers.map((writer) =>
            store.people.replace({ ...ann, name: `Ann ${writer}`, revision: 2 }, 1),
          ),
        );
        expect(count(answers, "saved")).toBe(1);
        expect(count(answers, "stale")).toBe(63);
        expect((await store.people.get(ann.id))?.name).toBe(`Ann ${answers.indexOf("saved")}`);
      });

      it("replaces nothing that is not there", async () => {
        expect(await store.people.replace({ ...ann, revision: 2 }, 1)).toBe("stale");
        expect(await store.people.get(ann.id)).toBeUndefined();
      });

      it("forgets a removed record in its indexes too, and takes it again", async () => {
        await store.people.insert(ann);
        await store.people.remove(ann.id);
        await store.people.remove(ann.id);
        expect(await store.people.get(ann.id)).toBeUndefined();
        expect(await store.people.scan("byName", { limit: 9 })).toEqual([]);
        expect(await store.people.insert(ann)).toBe("inserted");
      });

      it("finds nothing under an id that nobody has", async () => {
        expect(await store.people.get("")).toBeUndefined();
        expect(await store.people.get("per_\u0000' OR 1=1 --")).toBeUndefined();
      });

      it("gives back times as times, however deep they lie", async () => {
        const voted = { ...approval, votes: [voteOf(ann, "reject")] };
        await store.approvals.insert(voted);
        expect(await store.approvals.get(approval.id)).toEqual(voted);
      });

      it("leaves content from outside as it came, whatever its members are called", async () => {
        const content = {
          at: "2026-11-20T14:00:00Z",
          seenAt: "not a time",
          nested: [{ createdAt: 5, at: null, odd: "\u0000 \u0001 😀 \u2028" }],
          "": "",
          constructor: "kept",
        };
        const accepted = acceptedOf(1, { data: content, extensions: { dueat: "x", dueAt: "y" } });
        await store.events.insert(accepted);
        expect(await store.events.get(accepted.id)).toEqual(accepted);
        const type = { id: "t", organization, revision: 1, name: "t", level: "info" } as const;
        const sampled: EventType = {
          ...{ ...type, version: 1, about: "", texts: {}, approval: { kind: "no" } },
          sample: { data: content },
        };
        await store.eventTypes.insert(sampled);
        expect(await store.eventTypes.get("t")).toEqual(sampled);
      });

      it("D23: leaves what a producer reports as it came, whatever its fields are called", async () => {
        const fields = { at: "14:02", grantedAt: "2026-11-20", expiresAt: "tomorrow", seats: 2 };
        const counted = castVote(approval, voteOf(ann, "approve"), { mayDecide: true });
        if (counted.kind !== "decided") throw new Error("One vote did not decide.");
        const outcome = { kind: "granted", fields, at: later(5) } as const;
        const decided = { ...counted.approval, outcome };
        await store.approvals.insert(decided);
        expect(await store.approvals.get(approval.id)).toEqual(decided);
        const plan = {
          ...acceptedOf(1).plan,
          effect: { kind: "outcome", outcome: "granted", fields },
        } as const;
        const accepted = { ...acceptedOf(1), plan };
        await store.events.insert(accepted);
        expect(await store.events.get(accepted.id)).toEqual(accepted);
      });

      it("leaves the schema of a type as it came, whatever the values in it are called", async () => {
        const known = { id: "t", organization, revision: 1, name: "t", level: "info" } as const;
        const type: EventType = {
          ...{ ...known, version: 1, about: "", texts: {}, approval: { kind: "no" } },
          sample: { data: {} },
          schema: { examples: [{ seenAt: "2026-11-20" }], default: { at: "soon" } },
        };
        await store.eventTypes.insert(type);
        expect(await store.eventTypes.get("t")).toEqual(type);
      });

      it("keeps the organization of every record, and finds each under its own", async () => {
        const other = deriveId("organization", "other");
        const stranger = { ...personOf("Ann"), id: deriveId("person", "x"), organization: other };
        await Promise.all([store.people.insert(ann), store.people.insert(stranger)]);
        expect(await store.people.scan("byName", { prefix: [other], limit: 9 })).toEqual([
          stranger,
        ]);
        expect(await store.people.scan("byName", { prefix: [organization], limit: 9 })).toEqual([
          ann,
        ]);
      });
    });

    describe("scans", () => {
      const deliveries = [3, 1, 2, 5, 4].map((number) => postOf(number));
      const inOrder = [1, 2, 3, 4, 5].map((number) => postOf(number).id);
      const byTime = (scan: Partial<Scan>) =>
        store.deliveries.scan("byTime", { prefix: [organization], limit: 99, ...scan });
      const pagesOf = async (read: (cursor?: string) => Promise<readonly Delivery[]>) => {
        const seen: string[] = [];
        let page = await read();
        for (let last = page.at(-1); last; last = page.at(-1)) {
          seen.push(...idsOf(page));
          page = await read(store.deliveries.cursorOf("byTime", last));
        }
        return seen;
      };
      beforeEach(async () => {
        await Promise.all(deliveries.map((delivery) => store.deliveries.insert(delivery)));
      });

      it("gives records in the order of the index, from either end, as many as asked for", async () => {
        expect(idsOf(await byTime({}))).toEqual(inOrder);
        expect(idsOf(await byTime({ order: "descending" }))).toEqual([...inOrder].reverse());
        expect(idsOf(await byTime({ limit: 2 }))).toEqual(inOrder.slice(0, 2));
        expect(await byTime({ limit: 0 })).toEqual([]);
      });

      it("goes up to and including a part", async () => {
        expect(idsOf(await byTime({ upTo: later(3) }))).toEqual(inOrder.slice(0, 3));
        expect(idsOf(await byTime({ upTo: later(0) }))).toEqual([]);
      });

      it("begins at a part, and with it", async () => {
        expect(idsOf(await byTime({ from: later(3) }))).toEqual(inOrder.slice(2));
        expect(idsOf(await byTime({ from: later(3), upTo: later(3) }))).toEqual(
          inOrder.slice(2, 3),
        );
        expect(idsOf(await byTime({ from: later(99) }))).toEqual([]);
      });

      it.each(["ascending", "descending"] as const)(
        "reads every record once, %s, page after page",
        async (order) => {
          const seen = await pagesOf((cursor) =>
            byTime({ order, limit: 2, ...(cursor === undefined ? {} : { after: cursor }) }),
          );
          expect(seen).toEqual(order === "ascending" ? inOrder : [...inOrder].reverse());
        },
      );

      it.each(["ascending", "descending"] as const)(
        "reads every one of many records of one key once, %s",
        async (order) => {
          const alike = Array.from({ length: 7 }, (_, index) => ({
            ...postOf(20 + index),
            createdAt: later(3),
          }));
          await Promise.all(alike.map((one) => store.deliveries.insert(one)));
          const seen = await pagesOf((cursor) =>
            byTime({ order, limit: 2, ...(cursor === undefined ? {} : { after: cursor }) }),
          );
          expect(seen).toHaveLength(12);
          expect(new Set(seen).size).toBe(12);
          const reading = order === "ascending" ? seen : seen.toReversed();
          expect([reading.slice(0, 2), reading.slice(-2)]).toEqual([
            inOrder.slice(0, 2),
            inOrder.slice(-2),
          ]);
        },
      );

      it("goes on after a cursor whose record has gone", async () => {
        const third = postOf(3);
        const cursor = store.deliveries.cursorOf("byTime", third);
        await store.deliveries.remove(third.id);
        expect(idsOf(await byTime({ after: cursor }))).toEqual(inOrder.slice(3));
        expect(idsOf(await byTime({ after: cursor, order: "descending" }))).toEqual(
          inOrder.slice(0, 2).reverse(),
        );
      });

      it("never leaves the prefix, whatever cursor came from outside", async () => {
        const others = ["a", "zzz"].map((name) => `org_${name}` as const);
        await Promise.all(
          others.map((one, index) =>
            store.deliveries.insert({ ...postOf(50 + index), organization: one }),
          ),
        );
        for (const cursor of [" ", "org_", "org_zzzz", "\u{10ffff}", "\uffff"]) {
          for (const order of ["ascending", "descending"] as const) {
            const found = await byTime({ after: cursor, order });
            expect(found.filter((one) => one.organization !== organization)).toEqual([]);
          }
        }
      });

      it("leaves out records for which the index has no key, from the change on", async () => {
        const open = { ...approval, key: "a" };
        const { key: _, ...keyless } = { ...approval, id: deriveId("approval", "no key") };
        await Promise.all([store.approvals.insert(open), store.approvals.insert(keyless)]);
        expect(idsOf(await store.approvals.scan("byKey", { limit: 9 }))).toEqual([open.id]);
        const due = { upTo: later(99_999), limit: 9 };
        expect(await store.approvals.scan("toExpire", due)).toHaveLength(2);
        await store.approvals.replace(
          { ...open, state: "expired", revision: 2, closedAt: later(9) },
          1,
        );
        expect(idsOf(await store.approvals.scan("toExpire", due))).toEqual([keyless.id]);
      });

      it("tells whole parts from beginnings of parts", async () => {
        await Promise.all(["a", "ab", "b"].map((name) => store.people.insert(personOf(name))));
        const found = await store.people.scan("byName", { prefix: [organization, "a"], limit: 9 });
        expect(found.map(({ name }) => name)).toEqual(["a"]);
      });

      it("orders numbers by their size", async () => {
        const attempt = { organization, revision: 1, delivery: postOf(1).id } as const;
        const fields = { outcome: "retry", request: "", response: "", durationMs: 1 } as const;
        const made = [10, 9, 100, 1].map((number) => ({
          ...attempt,
          ...fields,
          id: deriveId("attempt", number),
          number,
          startedAt: start,
        }));
        await Promise.all(made.map((one) => store.attempts.insert(one)));
        const found = await store.attempts.scan("byDelivery", {
          prefix: [attempt.delivery],
          upTo: 10,
          limit: 9,
        });
        expect(found.map(({ number }) => number)).toEqual([1, 9, 10]);
      });
    });

    describe("odd texts in keys", () => {
      const odd = [
        "",
        "\u0000",
        "a\u0000b",
        "\u0001",
        "a\u0001",
        "a\u0001\u0001b",
        "\u0002",
        "\u0003",
        "\u00030",
        "a",
        "a b",
        "ä",
        "😀",
        "\uffff",
        "%_'\"",
        "x".repeat(5_000),
      ];
      const found = async (prefix: readonly KeyPart[]) =>
        (await store.people.scan("byName", { prefix, limit: 99 })).map(({ name }) => name);
      beforeEach(async () => {
        await Promise.all(odd.map((name) => store.people.insert(personOf(name))));
      });

      it("finds each by its whole text and no other with it", async () => {
        for (const name of odd) expect(await found([organization, name])).toEqual([name]);
      });

      it("orders them by their code points", async () => {
        const bytes = (name: string) => Buffer.from(name);
        const sorted = [...odd].sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
        expect(await found([organization])).toEqual(sorted);
      });
    });

    it("takes reads and writes of different kinds at once", async () => {
      const accepted = acceptedOf(1);
      const [inserted, , absent] = await Promise.all([
        store.events.insert(accepted),
        store.people.insert(ben),
        store.people.get("nobody"),
      ]);
      expect([inserted, absent]).toEqual(["inserted", undefined]);
      expect((await store.events.get(accepted.id))?.event.subject).toBe(event.subject);
    });

    describe("events with their deliveries", () => {
      const takenOf = (number: number): Taken => ({ accepted: acceptedOf(number) });
      const [one, two, three] = [takenOf(1), takenOf(2), takenOf(3)];
      const taking = () => store.takeIn;

      it("are stored together, and their lanes are due, where the engine can", async () => {
        const takeIn = taking();
        if (!takeIn) return expect(name).toMatch(/MongoDB/);
        const deliveries = [postOf(1), postOf(2)];
        expect(await takeIn({ events: [one, two], deliveries })).toBe("inserted");
        expect(await store.events.get(two.accepted.id)).toEqual(two.accepted);
        expect(await store.deliveries.scan("byTime", { limit: 9 })).toEqual(deliveries);
        expect(await store.lanes.nextDueAt()).toEqual(postOf(2).dueAt);
        expect(await takeIn({ events: [], deliveries: [postOf(2), postOf(3)] })).toBe("inserted");
        expect(await store.deliveries.scan("byTime", { limit: 9 })).toHaveLength(3);
      });

      it("are not stored at all where one of them is there, under its own id or another", async () => {
        const takeIn = taking();
        if (!takeIn) return expect(name).toMatch(/MongoDB/);
        await store.events.insert(two.accepted);
        const [there, away] = [two.accepted.id, acceptedOf(8).id];
        const before: Taken = { ...one, unless: [there, away] };
        const after: Taken = { ...one, unless: [away, there] };
        for (const events of [[two], [one, two], [one, three, two], [before], [after], [one, one]])
          expect(await takeIn({ events, deliveries: [postOf(1)] })).toBe("present");
        expect(await store.events.scan("byTime", { limit: 9 })).toEqual([two.accepted]);
        expect(await store.deliveries.scan("byTime", { limit: 9 })).toEqual([]);
        expect(await store.lanes.nextDueAt()).toBeUndefined();
        expect(await takeIn({ events: [one], deliveries: [] })).toBe("inserted");
      });

      it("from 64 writers at once are stored by one", async () => {
        const takeIn = taking();
        if (!takeIn) return expect(name).toMatch(/MongoDB/);
        const answers = await Promise.all(
          writers.map(() => takeIn({ events: [two, one], deliveries: [postOf(1)] })),
        );
        expect(count(answers, "inserted")).toBe(1);
      });
    });

    it("says that it takes writes", async () => {
      await expect(store.probe()).resolves.toBeUndefined();
    });
  });
  describeLanes(name, open);
}
