import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../../core/stores/mongo/connect.ts";
import { createReads, type Range } from "../../../../core/stores/mongo/reads.ts";
import type { KeptRecord } from "../../../../core/stores/mongo/records.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";

const mongo = await startMongo();
const range = (of: string, from: string, fields: Partial<Range> = {}): Range => ({
  ...{ of, field: "keys.byName", from, to: `${from}~`, order: "ascending", limit: 3 },
  ...fields,
});

describe.skipIf(mongo.kind === "none")(`reads that share a question to ${mongo.label}`, () => {
  let opened: Database;
  let reads: ReturnType<typeof createReads>;
  /** The collections that were asked, once for each question. */
  let asked: string[] = [];
  beforeEach(async () => {
    if (mongo.kind === "none") return;
    opened = await openDatabase(mongo.fresh());
    for (const of of ["people", "places"]) await fill(of);
    asked = [];
    reads = createReads({
      ...opened,
      collection: (name) => {
        asked.push(name);
        return opened.collection(name);
      },
    });
  });
  afterEach(() => opened.close());
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

  const fill = (of: string) =>
    opened.collection<KeptRecord>(of).insertMany(
      ["a1", "a2", "a3", "a4", "b1", "b2", "c\u{1f600}", "c\uffee"].map((name) => ({
        _id: `id ${name}`,
        ...{ organization: "org", revision: 1, body: `${of} ${name}`, keys: { byName: name } },
      })),
    );

  it("get what each names, of several collections at once", async () => {
    const wanted = [
      ...[
        { of: "people", id: "id a1" },
        { of: "places", id: "id b1" },
      ],
      ...[
        { of: "people", id: "id nobody" },
        { of: "people", id: "id a1" },
      ],
    ];
    expect(await Promise.all(wanted.map(reads.get))).toEqual([
      ...["people a1", "places b1", undefined, "people a1"],
    ]);
    expect(asked).toHaveLength(1);
  });

  it("scan each range by itself, in its own order and to its own limit", async () => {
    const ranges = [
      ...[range("people", "a"), range("people", "a", { order: "descending", limit: 2 })],
      ...[range("places", "b"), range("places", "nothing")],
    ];
    expect(
      await Promise.all([...ranges.map(reads.scan), reads.get({ of: "places", id: "id a4" })]),
    ).toEqual([
      ["people a1", "people a2", "people a3"],
      ["people a4", "people a3"],
      ["places b1", "places b2"],
      [],
      "places a4",
    ]);
    expect(asked).toHaveLength(1);
  });

  it("sort as MongoDB does, by code points", async () => {
    const signs = range("people", "c", { to: "d" });
    const alone = await reads.scan(signs);
    const together = [reads.scan(signs), reads.scan(range("people", "b"))];
    expect(await Promise.all(together)).toEqual([alone, ["people b1", "people b2"]]);
    expect(alone).toEqual(["people c\uffee", "people c\u{1f600}"]);
  });

  it("let a long scan go alone", async () => {
    const page = reads.scan(range("people", "a", { limit: 100 }));
    await Promise.all([page, reads.get({ of: "people", id: "id a1" })]);
    expect(await page).toHaveLength(4);
    expect(asked).toHaveLength(2);
  });

  it("take more than one question has room for", async () => {
    const many = Array.from({ length: 1_100 }, (_, number) =>
      reads.scan(range("people", number % 2 === 0 ? "a" : "b", { limit: 1 })),
    );
    const found = await Promise.all(many);
    expect(found.map(([first]) => first)).toEqual(
      found.map((_, number) => (number % 2 === 0 ? "people a1" : "people b1")),
    );
    expect(asked).toHaveLength(3);
  });
});
