import { createConnection } from "mongoose";
import { afterAll, describe, expect, it } from "vitest";
import { openMongoStore } from "../../../../core/stores/mongo/store.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";
import { personOf } from "../../domain/samples.ts";

const none = { kind: "none", label: "a replica set" } as const;
const mongo = process.env["MONGODB_URL"] ? await startMongo() : none;
afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

/** Whether the server is a member of a replica set, which alone can choose another primary. */
async function isReplicaSet(): Promise<boolean> {
  if (mongo.kind !== "server") return false;
  const connection = await createConnection(mongo.fresh()).asPromise();
  const { setName } = (await connection.db?.command({ hello: 1 })) ?? {};
  await connection.close();
  return setName !== undefined;
}

const canElect = await isReplicaSet();

describe(`an election in ${mongo.label}`, () => {
  it.skipIf(!canElect)(
    "takes nothing back that was acknowledged [needs a replica set in MONGODB_URL]",
    async () => {
      if (mongo.kind === "none") return;
      const url = mongo.fresh();
      const store = await openMongoStore({ url, patienceMs: 30_000 });
      const admin = await createConnection(url).asPromise();
      const acknowledged: string[] = [];
      const people = Array.from({ length: 400 }, (_, number) => personOf(`Person ${number}`));
      for (const [number, person] of people.entries()) {
        if (number === 100) {
          // The primary closes the connection on which it is told to go, so this step may reject.
          await admin.db?.admin().command({ replSetStepDown: 10, force: true }).catch(String);
        }
        const answer = await store.people.insert(person).catch(String);
        if (answer === "inserted") acknowledged.push(person.id);
      }
      expect(acknowledged.length).toBeGreaterThan(100);
      for (const id of acknowledged) expect(await store.people.get(id)).toMatchObject({ id });
      await Promise.all([store.close(), admin.close()]);
    },
    120_000,
  );
});
