import { createConnection, type mongo as driver } from "mongoose";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { collections } from "../../../../core/ports/collections.ts";
import { schemaVersion } from "../../../../core/stores/mongo/migrate.ts";
import { openMongoStore } from "../../../../core/stores/mongo/store.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";
import { ann, approval, ben, chloe, later, voteOf } from "../../domain/samples.ts";

const mongo = await startMongo();
const onServer = mongo.kind === "server";
let url = "";
const open = () => openMongoStore({ url });

/** Do something to the database behind the store's back. */
async function behind<Value>(step: (database: driver.Db) => Promise<Value>): Promise<Value> {
  const connection = await createConnection(url).asPromise();
  try {
    return await step(connection.db as driver.Db);
  } finally {
    await connection.close();
  }
}

const setVersion = (version: number) =>
  behind((database) => database.collection("schema").updateOne({}, { $set: { version } }));

describe.skipIf(mongo.kind === "none")(`a database in ${mongo.label}`, () => {
  beforeEach(() => {
    if (mongo.kind !== "none") url = mongo.fresh();
  });
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

  it("holds everything after it was closed and opened again", async () => {
    const voted = { ...approval, votes: [voteOf(ann, "approve")] };
    const first = await open();
    await Promise.all([first.approvals.insert(voted), first.lanes.wake("lane:a:b", later(7))]);
    await first.close();
    const second = await open();
    expect(await second.approvals.get(approval.id)).toEqual(voted);
    expect(await second.approvals.scan("byTime", { limit: 9 })).toEqual([voted]);
    expect(await second.lanes.nextDueAt()).toEqual(later(7));
    await second.close();
  });

  it("is one for many processes: the one that comes later takes no lane from the first", async () => {
    const first = await open();
    await first.lanes.wake("lane:a:b", new Date(0));
    const held = await first.lanes.claim("one", 3_600_000);
    const second = await open();
    expect(await second.lanes.claim("two", 3_600_000)).toBeUndefined();
    expect(held && (await second.lanes.renew(held, 3_600_000))).toMatchObject({ fence: 1 });
    await Promise.all([first.close(), second.close()]);
  });

  it("takes several first starts at once", async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    const answers = await Promise.all(stores.map((store) => store.people.insert(ann)));
    expect(answers.filter((answer) => answer === "inserted")).toHaveLength(1);
    for (const store of stores) await store.close();
    const schemas = await behind((database) => database.collection("schema").find().toArray());
    expect(schemas).toMatchObject([{ version: schemaVersion }]);
    const all = Object.entries(collections).flatMap(([name, { indexes }]) =>
      Object.keys(indexes).map((index) => `${name}.${index}`),
    );
    expect(new Set(schemas[0]?.["indexes"])).toEqual(new Set(all));
  });

  it("has a plain ascending index for every order, and no other", async () => {
    await (await open()).close();
    for (const [name, { indexes }] of Object.entries(collections)) {
      if (Object.keys(indexes).length === 0) continue;
      const made = await behind((database) => database.collection(name).indexes());
      const wanted = Object.keys(indexes).map((index) => ({ [`keys.${index}`]: 1 }));
      const keys = made.map(({ key }) => key).filter((key) => !("_id" in key));
      expect(keys).toHaveLength(wanted.length);
      expect(keys).toEqual(expect.arrayContaining(wanted));
      expect(Object.keys(Object.assign({}, ...made)).toSorted()).toEqual(["key", "name", "v"]);
    }
  });

  it("gets an index that it lacks, filled with what it holds", async () => {
    const first = await open();
    await Promise.all([first.people.insert(ann), first.approvals.insert(approval)]);
    await first.close();
    await behind(async (database) => {
      await database.collection("people").dropIndex("keys.byEmail_1");
      await database.collection("people").updateMany({}, { $unset: { "keys.byEmail": 1 } });
      const schema = database.collection<{ readonly indexes: string[] }>("schema");
      await schema.updateOne({}, { $pull: { indexes: "people.byEmail" } });
    });
    const second = await open();
    expect(await second.people.scan("byEmail", { limit: 9 })).toEqual([ann]);
    expect(await second.people.scan("byName", { limit: 9 })).toEqual([ann]);
    expect(await second.people.replace({ ...ann, revision: 2 }, 1)).toBe("saved");
    await second.close();
  });

  it("has everything in a later program's index that an earlier one wrote, once the later one is back", async () => {
    const first = await open();
    await Promise.all([first.people.insert(ann), first.people.insert(ben)]);
    await first.close();
    const indexes: Partial<typeof collections.people.indexes> = collections.people.indexes;
    const { byEmail } = collections.people.indexes;
    const { email: _, ...annWithout } = ann;
    delete indexes.byEmail;
    try {
      const earlier = await open();
      await earlier.people.replace({ ...annWithout, revision: 2 }, 1);
      await earlier.people.insert(chloe);
      await earlier.close();
    } finally {
      Object.assign(indexes, { byEmail });
    }
    const later = await open();
    expect(await later.people.scan("byEmail", { limit: 9 })).toEqual([ben, chloe]);
    await later.close();
  });

  it("is left alone by a program that knows the schema before it, and refused by an older one", async () => {
    await (await open()).close();
    await setVersion(schemaVersion + 1);
    await (await open()).close();
    const kept = await behind((database) => database.collection("schema").findOne());
    expect(kept?.["version"]).toBe(schemaVersion + 1);
    await setVersion(schemaVersion + 2);
    await expect(open()).rejects.toMatchObject({
      code: "schema_too_new",
      message: expect.stringMatching(/has schema \d+; this program knows \d+/),
    });
  });

  it("takes no call after it was closed", async () => {
    const store = await open();
    await store.close();
    await expect(store.people.get(ann.id)).rejects.toMatchObject({ code: "store_closed" });
    await expect(store.probe()).rejects.toMatchObject({ code: "store_closed" });
  });

  it("is not ready once somebody dropped it", async () => {
    const store = await open();
    await behind((database) => database.dropDatabase());
    await expect(store.probe()).rejects.toMatchObject({ code: "store_unavailable" });
    await store.close();
  });

  it.skipIf(!onServer)(
    "is read through its indexes alone [only a real MongoDB explains its plans]",
    async () => {
      await (await open()).close();
      for (const [name, { indexes }] of Object.entries(collections)) {
        for (const index of Object.keys(indexes)) {
          const range = { [`keys.${index}`]: { $gte: "a", $lt: "b" } };
          const plan = await behind((database) =>
            database
              .collection(name)
              .find(range)
              .sort({ [`keys.${index}`]: 1 })
              .explain(),
          );
          const text = JSON.stringify(plan["queryPlanner"]);
          expect(text).toContain("IXSCAN");
          expect(text).not.toMatch(/COLLSCAN|"SORT"/);
        }
      }
    },
  );
});
