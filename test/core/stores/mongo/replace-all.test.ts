import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BudgetUse } from "../../../../core/ports/small-records.ts";
import type { Store } from "../../../../core/ports/store.ts";
import { openDatabase } from "../../../../core/stores/mongo/connect.ts";
import type { KeptRecord } from "../../../../core/stores/mongo/records.ts";
import { replaceAll } from "../../../../core/stores/mongo/replace-all.ts";
import { openMongoStore } from "../../../../core/stores/mongo/store.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";
import { organization } from "../../domain/samples.ts";

const mongo = await startMongo();
const use = (id: string, revision: number): BudgetUse => ({
  ...{ id, organization, revision },
  blocks: [],
});

describe.skipIf(mongo.kind === "none")(`replaces that share a question to ${mongo.label}`, () => {
  let stores: readonly Store[] = [];
  const [one, two] = [() => stores[0] as Store, () => stores[1] as Store];
  const replace = (store: Store, id: string, read: number) =>
    store.budgets.replace(use(id, read + 1), read);
  const has = (...ids: readonly string[]) =>
    Promise.all(ids.map((id) => one().budgets.insert(use(id, 1))));
  beforeEach(async () => {
    if (mongo.kind === "none") return;
    const url = mongo.fresh();
    stores = await Promise.all([openMongoStore({ url }), openMongoStore({ url })]);
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

  it("say of each whether it was saved, also where some were stale", async () => {
    await has("a", "b", "c");
    await replace(two(), "b", 1);
    const answers = ["a", "b", "c"].map((id) => replace(one(), id, 1));
    expect(await Promise.all(answers)).toEqual(["saved", "stale", "saved"]);
    expect((await one().budgets.get("c"))?.revision).toBe(2);
  });

  it("are stale for a record that has gone on by several revisions", async () => {
    await has("a", "b");
    for (const read of [1, 2, 3, 4]) await replace(two(), "b", read);
    const answers = ["a", "b"].map((id) => replace(one(), id, 1));
    expect(await Promise.all(answers)).toEqual(["saved", "stale"]);
  });

  it("save one of those that want the same revision, whichever process they are of", async () => {
    const ids = Array.from({ length: 20 }, (_, number) => `${number}`);
    await has(...ids);
    const answers = await Promise.all(
      ids.map((id) =>
        Promise.all([one(), two(), one(), two()].map((store) => replace(store, id, 1))),
      ),
    );
    for (const answer of answers) {
      expect(answer.toSorted()).toEqual(["saved", "stale", "stale", "stale"]);
    }
  });

  it("are stale for a record that was removed, and bring none back", async () => {
    await has("a", "b");
    await two().budgets.remove("b");
    const answers = ["a", "b"].map((id) => replace(one(), id, 1));
    expect(await Promise.all(answers)).toEqual(["saved", "stale"]);
    expect(await one().budgets.get("b")).toBeUndefined();
  });

  it("say that they do not know, where a record has gone on too far to show who wrote", async () => {
    await has("a", "b");
    for (let read = 1; read < 10; read += 1) await replace(two(), "b", read);
    const [a, b] = await Promise.allSettled(["a", "b"].map((id) => replace(one(), id, 1)));
    expect(a).toEqual({ status: "fulfilled", value: "saved" });
    expect(b).toMatchObject({ status: "rejected", reason: { code: "store_unavailable" } });
  });

  it("are saved where another process has noted something at the new revision by then", async () => {
    if (mongo.kind === "none") return;
    const url = mongo.fresh();
    const [store, database] = await Promise.all([openMongoStore({ url }), openDatabase(url)]);
    for (const id of ["a", "b"]) await store.budgets.insert(use(id, 1));
    await replace(store, "b", 1);
    const kept = database.collection<KeptRecord>("budgets");
    // As announcing does: the record changes and its revision stays.
    const later: Pick<typeof kept, "bulkWrite" | "find"> = {
      bulkWrite: async (...asked: Parameters<typeof kept.bulkWrite>) => {
        const written = await kept.bulkWrite(...asked);
        await store.budgets.replace(use("a", 2), 2);
        return written;
      },
      find: kept.find.bind(kept),
    } as never;
    const fields = { organization, revision: 2, body: "{}", keys: {} };
    const changes = ["a", "b"].map((id) => ({ id, readRevision: 1, fields }));
    expect(await replaceAll(later as typeof kept, changes)).toEqual(["saved", "stale"]);
    await Promise.all([store.close(), database.close()]);
  });
});
