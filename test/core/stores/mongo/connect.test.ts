import mongoose from "mongoose";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../../core/stores/mongo/connect.ts";
import { startMongo } from "../../../fixtures/rig/mongo.ts";

const mongo = await startMongo();
afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

describe("the door to MongoDB", () => {
  it.skipIf(mongo.kind !== "stand-in")(
    `asks for what most members keep on disk, whatever the address asks for [${mongo.label}]`,
    async () => {
      if (mongo.kind === "none") return;
      const database = await openDatabase(
        `${mongo.fresh()}?readConcernLevel=local&journal=false&w=1`,
      );
      const { options } = mongoose.connections.at(-1)?.getClient() ?? {};
      expect(options?.readConcern).toMatchObject({ level: "majority" });
      expect(options?.writeConcern).toMatchObject({ w: "majority", j: true });
      await database.close();
    },
  );

  it("keeps nothing of a connection that came to nothing, or that was closed", async () => {
    const { length } = mongoose.connections;
    await expect(openDatabase("mongodb://127.0.0.1:1/x", 100)).rejects.toMatchObject({
      code: "store_unavailable",
    });
    await expect(openDatabase("mongodb://db.invalid/?ssl=1&tls=false")).rejects.toThrow();
    if (mongo.kind !== "none") await (await openDatabase(mongo.fresh())).close();
    expect(mongoose.connections).toHaveLength(length);
  });
});
